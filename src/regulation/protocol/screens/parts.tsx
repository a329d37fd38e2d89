import { Badge } from '../../../ui/badge.tsx';
import { CheckIcon, ClockIcon } from '../../../ui/icons.tsx';
import { PriorityMark } from '../../../ui/priority-mark.tsx';
import { approvalParties, type DraftOutcome, type ProtocolStatus, protocolStatusLabels, type VersionLine } from '../contract.ts';
import { meansWord, partyShort, statusTones } from './words.ts';
import css from './parts.module.css';

/** Where a version stands, in a word. */
export const StatusBadge = ({ status }: { status: ProtocolStatus }) => (
  <Badge tone={statusTones[status]} icon={status === 'en-vigueur' ? <CheckIcon size={12} /> : status === 'a-valider' ? <ClockIcon size={12} /> : undefined}>{protocolStatusLabels[status]}</Badge>
);

/** The three approvals in one line: given or awaited. */
export function ApprovalMarks({ version: { approvals, status } }: { version: Pick<VersionLine, 'approvals' | 'status'> }) {
  if (status === 'brouillon') return <span className={css.soft}>pas encore demandées</span>;
  if (approvals.length === approvalParties.length) return <span className={css.given} title={approvals.map(({ name }) => name).join(', ')}>✓ les trois</span>;
  return (
    <span className={css.marks}>
      {approvalParties.map((party) => {
        const given = approvals.find((one) => one.party === party);
        if (!given && status !== 'a-valider') return null;
        return <span key={party} className={given ? css.given : css.awaited} title={given ? `validé par ${given.name}` : 'attendue'}>{given ? '✓' : '…'} {partyShort[party]}<span className={css.unseen}>{given ? ' validé' : ' attendue'}</span></span>;
      })}
    </span>
  );
}

/** What comes out of a tree, as an assistant reads it. */
export function OutcomeCard({ outcome: { priority, filiere, motive, reason, means, advice, answer } }: { outcome: DraftOutcome }) {
  return (
    <div className={css.outcome}>
      <p className={css.direction}>{priority ? <PriorityMark priority={priority} large /> : 'priorité ?'} <strong>{filiere ?? 'filière ?'}</strong> <span>{motive.label || 'motif ?'}</span> {motive.code && <span className={css.soft}>{motive.code}</span>}</p>
      {reason && <p>{reason}</p>}
      {answer && <p><strong>Réponse de l’ARM, à valider par un médecin :</strong> {answer}</p>}
      {means.length > 0 && <p><strong>Moyens réflexes :</strong> {means.map(meansWord).join(', ')}</p>}
      {advice.length > 0 && (
        <div>
          <strong>À dire :</strong>
          <ol className={css.advice}>{advice.map((line) => <li key={line}>{line}</li>)}</ol>
        </div>
      )}
    </div>
  );
}
