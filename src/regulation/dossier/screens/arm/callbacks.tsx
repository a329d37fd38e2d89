import { useRef } from 'react';
import { Badge } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { useCommand } from '../../../../ui/commands.ts';
import { PhoneIcon } from '../../../../ui/icons.tsx';
import { useAction, useApi, useRefresh } from '../../../../ui/query.ts';
import { QueryView } from '../../../../ui/states.tsx';
import { toast } from '../../../../ui/toast.tsx';
import type { AnswerOf } from '../../../../ui/api.ts';
import { formatPhone } from '../../../../ui/phone.ts';
import { routes } from '../../../telephony/contract.ts';
import { Age } from '../file/age.tsx';
import { isAtPost } from '../phone/post-model.ts';
import type { Post } from '../phone/use-post.ts';
import css from './callbacks.module.css';

type Line = AnswerOf<typeof routes.callbacks>['callbacks'][number];
const outcomes = [['reached', 'Joint'], ['unreachable', 'Injoignable'], ['called-again', 'A rappelé']] as const;

/** People who hung up before anybody answered, or whose call broke off: one line a number, until its issue is noted (US-N1-07). */
export function Callbacks({ post }: { post: Post }) {
  const callbacks = useApi(routes.callbacks, {}, { topics: ['callback'] });
  const box = useRef<HTMLElement>(null);
  useCommand({ id: 'desk.callbacks', label: 'Aller aux appels à rappeler', group: 'Poste', keys: 'Alt+B', run: () => box.current?.querySelector<HTMLElement>('button:not([disabled])')?.focus() });
  return (
    <section ref={box} className={css.callbacks}>
      <h2>À rappeler</h2>
      <QueryView query={callbacks} lines={3} isEmpty={(data) => data.callbacks.every(({ outcome }) => outcome !== null)} empty={<p className={css.none}>Aucun appel abandonné à rappeler.</p>}>
        {(data) => <ul className={css.list}>{data.callbacks.filter(({ outcome }) => outcome === null).map((line) => <CallbackItem key={line.id} line={line} post={post} />)}</ul>}
      </QueryView>
    </section>
  );
}

function CallbackItem({ line, post }: { line: Line; post: Post }) {
  const refresh = useRefresh();
  const close = useAction(routes.closeCallback, { onSuccess: () => void refresh(routes.callbacks), onError: ({ message }) => toast({ tone: 'bad', words: message }) });
  const words = formatPhone(line.number);
  return (
    <li className={css.item}>
      <span className={css.number}><PhoneIcon size={14} /> <strong>{words}</strong></span>
      <span className={css.facts}>
        {line.reason === 'coupure' && <Badge tone="bad">Appel coupé</Badge>} <Age since={line.lastAt} />
        {line.callCount > 1 && `, ${line.callCount} appels`}{line.attempts > 0 && `, ${line.attempts} essai${line.attempts > 1 ? 's' : ''}`}
      </span>
      <span className={css.actions}>
        <Button small look="main" aria-label={`Rappeler ${words}`} isPending={post.busy} isDisabled={!isAtPost(post.agent) || post.call !== null} onPress={() => void post.callOut(line.number, { callbackId: line.id })}>Rappeler</Button>
        {line.attempts > 0 && outcomes.map(([outcome, label]) => (
          <Button key={outcome} small aria-label={`${label} : ${words}`} isPending={close.isPending} onPress={() => close.mutate({ params: { id: line.id }, body: { outcome } })}>{label}</Button>
        ))}
      </span>
    </li>
  );
}
