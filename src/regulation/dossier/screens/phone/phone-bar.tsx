import { useState } from 'react';
import { Badge } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { useCommand } from '../../../../ui/commands.ts';
import { PhoneIcon } from '../../../../ui/icons.tsx';
import { useNow } from '../../../../ui/moments.tsx';
import { useAccount } from '../../../../ui/session.ts';
import { formatCountdown } from '../../../../ui/time.ts';
import { formatPhone } from '../../../../ui/phone.ts';
import { levelLabels } from '../../../telephony/contract.ts';
import { AddPartyDialog } from './add-party-dialog.tsx';
import { HangUp } from './hang-up.tsx';
import { isAtPost, isTalking, peopleOn, positionOf, positionWords, stateWords, toggleOf } from './post-model.ts';
import { PostMenu } from './post-menu.tsx';
import { TransferDialog } from './transfer-dialog.tsx';
import { type Post, usePost } from './use-post.ts';
import css from './phone-bar.module.css';

const GROUP = 'Téléphone';

/**
 * My post and the call in line, across the top of a desk. `caution`: why this caller is neither put on hold nor cut off
 * without thinking (P0 engaged).
 */
export function PhoneBar({ caution = null }: { caution?: string | null }) {
  const post = usePost();
  if (!post.ready) return <div className={css.bar} aria-busy="true" />;
  return (
    <section className={css.bar} aria-label="Téléphone">
      {isAtPost(post.agent) ? <MyPost post={post} /> : <NoPost post={post} />}
      {post.call && <InLine post={post} />}
      <span className={css.space} />
      {post.call && isTalking(post.agent) && <Orders post={post} caution={caution} />}
    </section>
  );
}

function NoPost({ post }: { post: Post }) {
  const [usual] = post.levels;
  useCommand({ id: 'phone.take', label: 'Prendre mon poste', group: GROUP, keys: 'F4', enabled: usual !== undefined, run: () => void post.take(usual!) });
  return (
    <div className={css.post}>
      <Badge>Hors poste</Badge>
      <span className={css.soft}>{post.agent?.pauseReason ?? 'Aucun appel ne vous sera donné.'}</span>
      {post.levels.map((level, at) => (
        <Button key={level} small {...(at === 0 ? { keys: 'F4' } : {})} look={at === 0 ? 'main' : 'plain'} isPending={post.busy} onPress={() => void post.take(level)}>Prendre le poste {levelLabels[level]}</Button>
      ))}
      {post.levels.length === 0 && <span className={css.soft}>Votre rôle ne tient pas de poste téléphonique.</span>}
    </div>
  );
}

const tones = { offline: 'neutral', available: 'ok', ringing: 'accent', 'in-call': 'accent', 'wrap-up': 'warn', pause: 'warn' } as const;

function MyPost({ post }: { post: Post }) {
  const { level, state, since, pauseReason } = post.agent!;
  const toggle = toggleOf(state);
  const position = positionOf(post.agent!);
  const go = () => void (toggle.to === 'pause' ? post.pause() : post.available());
  useCommand({ id: 'phone.toggle', label: toggle.label, group: GROUP, keys: 'F4', run: go });
  return (
    <div className={css.post}>
      <PostMenu post={post}><strong>{levelLabels[level]}</strong>{position && <span className={css.soft}>{positionWords[position]}</span>}</PostMenu>
      <Badge tone={tones[state]}>{state === 'pause' ? (pauseReason ?? 'Pause') : stateWords[state]} <Elapsed since={since} /></Badge>
      {state !== 'in-call' && state !== 'ringing' && (
        <Button small look={toggle.to === 'available' ? 'main' : 'quiet'} keys="F4" isPending={post.busy} onPress={go}>{toggle.label}</Button>
      )}
    </div>
  );
}

function InLine({ post }: { post: Post }) {
  const account = useAccount();
  const { call, agent, held } = post;
  const { caller, origin, callback, answeredAt, presentedAt, waiting } = call!;
  const others = peopleOn(call!, account.id).filter(({ mine }) => !mine);
  return (
    <div className={css.call}>
      <PhoneIcon />
      <strong className={css.number}>{caller ? formatPhone(caller) : 'Numéro masqué'}</strong>
      <span className={css.soft}>{callback ? 'rappel' : origin}</span>
      {isTalking(agent) ? <Elapsed since={answeredAt ?? presentedAt} /> : <span>{stateWords[agent!.state]}</span>}
      {held && <Badge tone="warn">En attente musicale</Badge>}
      {waiting?.accompanied && <Badge tone="accent">{levelLabels[waiting.level]} appelé <Elapsed since={waiting.since} /></Badge>}
      {others.map(({ leg, label, mayDrop }) => (
        <span key={leg} className={css.person}>
          {label}
          {mayDrop && <Button small look="quiet" aria-label={`Retirer ${label}`} onPress={() => void post.dropParty(leg)}>✕</Button>}
        </span>
      ))}
    </div>
  );
}

function Orders({ post, caution }: { post: Post; caution: string | null }) {
  const [open, setOpen] = useState<'transfer' | 'add' | null>(null);
  const { held, busy } = post;
  const hold = () => void post.hold(!held);
  const mayHold = caution === null || held;
  useCommand({ id: 'phone.hold', label: held ? 'Reprendre l’appel' : 'Mettre en attente', group: GROUP, keys: 'F7', enabled: mayHold, run: hold });
  useCommand({ id: 'phone.transfer', label: 'Transférer l’appel', group: GROUP, keys: 'F9', run: () => setOpen('transfer') });
  useCommand({ id: 'phone.add', label: 'Ajouter quelqu’un à l’appel', group: GROUP, keys: 'F10', run: () => setOpen('add') });
  return (
    <div className={css.orders}>
      <Button small keys="F7" isDisabled={!mayHold} isPending={busy} onPress={hold}>{held ? 'Reprendre' : 'Attente'}</Button>
      <Button small keys="F9" onPress={() => setOpen('transfer')}>Transférer</Button>
      <Button small keys="F10" onPress={() => setOpen('add')}>Ajouter</Button>
      <HangUp post={post} caution={caution} />
      {open === 'transfer' && <TransferDialog post={post} mustAccompany={caution !== null} onClose={() => setOpen(null)} />}
      {open === 'add' && <AddPartyDialog post={post} onClose={() => setOpen(null)} />}
    </div>
  );
}

/** Minutes and seconds since then. */
function Elapsed({ since }: { since: string }) {
  const present = useNow(1_000);
  return <span className={css.elapsed}>{formatCountdown(present.epochMilliseconds - Temporal.Instant.from(since).epochMilliseconds)}</span>;
}
