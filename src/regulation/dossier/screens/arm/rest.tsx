import { levelLabels } from '../../../telephony/contract.ts';
import { isAtPost } from '../phone/post-model.ts';
import type { Post } from '../phone/use-post.ts';
import { Callbacks } from './callbacks.tsx';
import { QueueColumn } from './queue-column.tsx';
import css from './arm-screen.module.css';

/** Between two calls: what to expect, whom to call back, what waits. */
export function Rest({ post, onOpen }: { post: Post; onOpen: (id: string) => void }) {
  const level = post.agent?.level ?? 'N1';
  return (
    <div className={css.rest}>
      <aside className={css.queues} aria-label="Dossiers en attente"><QueueColumn level={level} shownId={null} onOpen={onOpen} /></aside>
      <div className={css.middle}>
        <p className={css.say} role="status">{sayOf(post)}</p>
        <Callbacks post={post} />
      </div>
    </div>
  );
}

function sayOf({ agent }: Post): string {
  if (!isAtPost(agent)) return 'Prenez un poste pour recevoir des appels.';
  if (agent.state === 'available') return `Vous êtes disponible, poste ${levelLabels[agent.level]}. Le prochain appel se décroche seul et son dossier s’ouvre ici.`;
  if (agent.state === 'pause') return 'Vous êtes en pause : aucun appel ne vous est donné. F4 pour reprendre.';
  if (agent.state === 'wrap-up') return 'Après-appel : terminez vos notes. F4 pour reprendre tout de suite.';
  if (agent.state === 'in-call') return 'Vous êtes encore en ligne. F8 pour raccrocher, F9 pour transférer.';
  return 'L’appel arrive…';
}
