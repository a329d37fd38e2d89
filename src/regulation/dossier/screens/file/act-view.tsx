import { Badge } from '../../../../ui/badge.tsx';
import { Moment } from '../../../../ui/moments.tsx';
import { decisionTypeLabels, type Dossier } from '../../contract.ts';
import css from './act-view.module.css';
import { detailWords } from './detail-words.ts';
import { PrescriptionButton } from './prescription.tsx';

type Act = Dossier['acts'][number];

/** An act as it was signed: what was thought, advised and decided, and what has been carried out since. It never changes. */
export function ActView({ dossier, act }: { dossier: Dossier; act: Act }) {
  return (
    <div className={css.act}>
      {(act.hypothesis || act.careLevel) && <p>{act.careLevel && <Badge>{act.careLevel}</Badge>} {act.hypothesis}</p>}
      {act.decisions.length > 0 && (
        <ul className={css.decisions}>
          {act.decisions.map((one) => (
            <li key={one.id}>
              <strong>{decisionTypeLabels[one.type]}</strong>
              {detailWords(one.type, one.details) && <span>{detailWords(one.type, one.details)}</span>}
              {one.executedAt ? <span className={css.done}>✓ fait à <Moment at={one.executedAt} /></span> : <span className={css.pending}>à faire</span>}
              {one.type === 'PMT' && <PrescriptionButton dossier={dossier} act={act} decision={one} />}
            </li>
          ))}
        </ul>
      )}
      {act.advice && <p className={css.advice}>{act.advice}</p>}
      {act.reason && <p className={css.soft}>Raison : {act.reason}</p>}
      <p className={css.soft}>{act.attribution}{act.mode === 'validation' ? ', sans appel' : ''}</p>
    </div>
  );
}
