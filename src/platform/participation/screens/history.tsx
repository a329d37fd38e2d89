import { Badge } from '../../../ui/badge.tsx';
import { Moment } from '../../../ui/moments.tsx';
import { useApi } from '../../../ui/query.ts';
import { EmptyState, QueryView } from '../../../ui/states.tsx';
import { eventLabels, routes, statusLabels } from '../contract.ts';
import type { Subject } from './subjects.ts';
import { statusTones, viaChoices } from './words.ts';
import css from './participation.module.css';

/** Everything that was declared, the latest first: when it held, by whom. */
export function History({ subject }: { subject: Subject }) {
  const query = useApi(routes.participationHistory, { query: subject }, { topics: ['participation'] });
  return (
    <QueryView query={query} isEmpty={({ records }) => records.length === 0} empty={<EmptyState title="Rien n’a encore été déclaré" />}>
      {({ records }) => (
        <ol className={css.history} aria-label="Historique de la participation">
          {records.map(({ id, validFrom, validTo, event, status, via, authorName, byDelegation, reason, statement }) => (
            <li key={id}>
              <span className={css.soft}><Moment at={validFrom} day />{validTo && <> – <Moment at={validTo} day /></>}</span>
              <div>
                <span><strong>{eventLabels[event]}</strong> <Badge tone={statusTones[status]}>{statusLabels[status]}</Badge></span>
                <span className={css.soft}>
                  {[viaChoices[via], authorName && `par ${authorName}${byDelegation ? ', par délégation' : ''}`, statement && `déclaration sur l’honneur ${statement}`, reason].filter(Boolean).join(' · ')}
                </span>
              </div>
            </li>
          ))}
        </ol>
      )}
    </QueryView>
  );
}
