import { Button } from '../../../../ui/button.tsx';
import { type MeansStatus, meansMayBecome, meansStatuses } from '../../domain/codes.ts';
import type { Dossier } from '../../contract.ts';
import { Age } from '../file/age.tsx';
import { meansStatusWords, meansWords } from '../file/words.ts';
import { nextStatuses } from './means.ts';
import type { Plan } from './use-plan.ts';
import css from './actions-panel.module.css';

/** Each means engaged, and its next steps under the hand (US-N2-02); a bilan brings the dossier back to the doctor. */
export function MeansSteps({ dossier, plan }: { dossier: Dossier; plan: Plan }) {
  if (dossier.means.length === 0) return null;
  const tell = (id: string, status: MeansStatus) => void plan.run(dossier, [{ kind: 'act', action: 'execute', body: { means: [{ id, status }] } }]);
  return (
    <section className={css.part} aria-label="Moyens">
      <h3>Moyens</h3>
      {dossier.means.map(({ id, type, status, at }) => (
        <div key={id} className={css.means}>
          <p><strong>{meansWords(type)}</strong> <span>{meansStatusWords(status)}, <Age since={at} /></span></p>
          {dossier.possible.includes('execute') && (
            <p className={css.buttons}>
              {nextStatuses(status).map((next) => <Button key={next} small isPending={plan.busy} onPress={() => tell(id, next)}>{meansStatusWords(next)}</Button>)}
              {meansMayBecome(status, 'ANNULE') && meansStatuses.includes(status as never) && <Button small look="danger" isPending={plan.busy} onPress={() => tell(id, 'ANNULE')}>Annuler</Button>}
            </p>
          )}
        </div>
      ))}
    </section>
  );
}
