import { useApi } from '../../../../ui/query.ts';
import { EmptyState, QueryView } from '../../../../ui/states.tsx';
import { routes, type InboxItem } from '../../contract.ts';
import { RequestCard } from './request-card.tsx';
import { stageOf, type InboxStage } from './words.ts';
import css from './requests.module.css';

const headings: Record<InboxStage, string> = { answer: 'À répondre', name: 'Médecin à nommer', done: 'Dernières heures' };

/** The requests received: to answer, to name, over. Two gestures answer one. `brief`: only what waits, one line when nothing does. */
export function RequestsSection({ brief = false }: { brief?: boolean }) {
  const inbox = useApi(routes.inbox, {}, { topics: ['request', 'orientation'], everyMs: 30_000 });
  const stagesShown: readonly InboxStage[] = brief ? ['answer', 'name'] : ['answer', 'name', 'done'];
  const nothing = brief ? <p className={css.nothing}>Aucune demande en sus n’attend de réponse.</p> : <NothingYet />;
  return (
    <QueryView query={inbox} isEmpty={({ items }) => items.length === 0} empty={nothing}>
      {({ items }) => {
        const stages = Map.groupBy(items, (item) => stageOf(item.status));
        return (
          <div className={css.inbox}>
            {!stages.has('answer') && !stages.has('name') && nothing}
            {stagesShown.map((stage) => stages.has(stage) && (
              <section key={stage} aria-label={headings[stage]}>
                <h2>{headings[stage]}</h2>
                <ul className={css.list}>
                  {stages.get(stage)!.map((item: InboxItem) => <RequestCard key={item.orientationId} item={item} onChanged={() => void inbox.refetch()} />)}
                </ul>
              </section>
            ))}
          </div>
        );
      }}
    </QueryView>
  );
}

const NothingYet = () => (
  <EmptyState title="Aucune demande en attente"><p>Une demande s’affiche ici dès que la régulation vous sollicite, et un courriel vous prévient.</p></EmptyState>
);
