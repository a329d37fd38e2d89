import { Badge, Note } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { cx } from '../../../../ui/class-names.ts';
import { CheckIcon, CrossIcon, WaitIcon, WarnIcon } from '../../../../ui/icons.tsx';
import { useNow, useZone } from '../../../../ui/moments.tsx';
import { useAction, useApi } from '../../../../ui/query.ts';
import { QueryView } from '../../../../ui/states.tsx';
import { formatMoment, formatTime } from '../../../../ui/time.ts';
import { answererLabels, passReasonLabels, refusalLabels, routes, type RequestAttempt, type RequestView } from '../../contract.ts';
import { formatDistance } from '../search/run.ts';
import { AttemptActions } from './attempt-actions.tsx';
import { Countdown } from './countdown.tsx';
import { attemptWords, currentOf } from './words.ts';
import css from './ensus.module.css';

/** A request en sus as it goes: who was asked, who answers now, who comes next. */
export function RequestChain({ requestId, onClose }: { requestId: string; onClose: () => void }) {
  const query = useApi(routes.request, { params: { id: requestId } }, { topics: ['request', 'orientation'], everyMs: 30_000 });
  return <QueryView query={query}>{(request) => <Chain request={request} onChanged={() => void query.refetch()} onClose={onClose} />}</QueryView>;
}

function Chain({ request, onChanged, onClose }: { request: RequestView; onChanged: () => void; onClose: () => void }) {
  const zone = useZone();
  const present = useNow();
  const current = currentOf(request);
  const cancel = useAction(routes.actOnOrientation, { onSuccess: onChanged });
  const stoppable = current !== null && request.state === 'EN_COURS' && current.possible.includes('cancel');
  return (
    <div className={css.chain}>
      <p className={css.need}>
        Demandé pour <strong>{formatMoment(request.wantedAt, zone, present)}</strong>{request.city && `, ${request.city}`}.
        {request.missingSources.length > 0 && ` Sources qui n’avaient pas répondu : ${request.missingSources.join(', ')}.`}
      </p>
      <Outcome request={request} current={current} />
      <ol className={css.attempts} aria-label="Personnes sollicitées">
        {request.attempts.map((attempt) => (
          <li key={attempt.orientationId} className={cx(css.attempt, attempt === current && css.current)} aria-current={attempt === current ? 'step' : undefined}>
            <Attempt attempt={attempt} />
            {attempt === current && attempt.status !== 'PRIS' && <AttemptActions key={`${attempt.orientationId} ${attempt.status}`} attempt={attempt} onChanged={onChanged} />}
          </li>
        ))}
      </ol>
      {request.passed.length > 0 && (
        <p className={css.soft}>Non sollicités : {request.passed.map(({ label, why }) => `${label} (${passReasonLabels[why].toLowerCase()})`).join(', ')}.</p>
      )}
      {request.next.length > 0 && (
        <div className={css.soft}>
          <p>Ensuite, si besoin :</p>
          <ol className={css.next}>{request.next.map(({ label, distanceM }) => <li key={label}>{label}{distanceM !== null && `, ${formatDistance(distanceM)}`}</li>)}</ol>
        </div>
      )}
      {cancel.error && <Note tone="bad" live title={cancel.error.title}>{cancel.error.message}</Note>}
      <div className={css.actions}>
        <Button look="quiet" onPress={onClose} keys="Échap">Fermer</Button>
        {stoppable && <Button look="danger" isPending={cancel.isPending} onPress={() => cancel.mutate({ params: { id: current.orientationId, action: 'cancel' }, body: {} })}>Arrêter la demande</Button>}
      </div>
    </div>
  );
}

/** Where the whole stands, in one sentence, read aloud when it changes. */
function Outcome({ request: { state }, current }: { request: RequestView; current: RequestAttempt | null }) {
  const zone = useZone();
  const present = useNow();
  const when = current?.start ? formatMoment(current.start, zone, present) : '';
  if (state === 'EPUISE') return <Note tone="warn" live icon={<WarnIcon />} title="Plus personne à solliciter">Élargissez le rayon de la recherche, ou voyez avec le médecin régulateur.</Note>;
  if (state === 'ANNULE') return <Note live title="Demande arrêtée">Personne d’autre ne sera sollicité.</Note>;
  if (current?.status === 'PRIS') return <Note tone="ok" live icon={<CheckIcon />} title={`Rendez-vous pris, ${when}`}>{current.doctor ? `${current.doctor.name}, ${current.label}` : current.label}</Note>;
  if (current?.status === 'ACCEPTE_SANS_NOM') return <Note tone="ok" live icon={<WaitIcon />} title={`${current.label} accepte, ${when}`}>Le nom du médecin s’affichera ici dès qu’il sera donné.</Note>;
  if (state === 'ACCEPTE' && current) return <Note tone="ok" live icon={<CheckIcon />} title={`${current.doctor?.name ?? current.label} reçoit ${when}`}>Prévenez le patient, puis prenez le rendez-vous.</Note>;
  return null;
}

function Attempt({ attempt }: { attempt: RequestAttempt }) {
  const zone = useZone();
  const { words, tone } = attemptWords(attempt);
  const details = [
    attempt.answeredAt && `à ${formatTime(attempt.answeredAt, zone)}`,
    attempt.answeredBy && answererLabels[attempt.answeredBy].toLowerCase(),
    attempt.refusal && refusalLabels[attempt.refusal].toLowerCase(),
    attempt.status === 'SOLLICITE' && attempt.askedAt && `depuis ${formatTime(attempt.askedAt, zone)}`,
  ].filter(Boolean);
  return (
    <div className={css.head}>
      <h3>{attempt.label}</h3>
      <Badge tone={tone} icon={tone === 'ok' ? <CheckIcon size={12} /> : tone === 'neutral' ? <CrossIcon size={12} /> : <WaitIcon size={12} />}>{words}</Badge>
      {attempt.remainingMs !== null && <Countdown remainingMs={attempt.remainingMs} of={attempt.orientationId} />}
      {details.length > 0 && <span className={css.details}>{details.join(' · ')}</span>}
    </div>
  );
}
