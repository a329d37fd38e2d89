import { Button } from '../../../../ui/button.tsx';
import { Badge } from '../../../../ui/badge.tsx';
import { useApi } from '../../../../ui/query.ts';
import { routes, type RequestView } from '../../contract.ts';
import { Countdown } from './countdown.tsx';
import { attemptWords, currentOf } from './words.ts';
import css from './ensus.module.css';

/** The operator's requests that still wait for something, always at hand. */
export function OngoingRequests({ onOpen }: { onOpen: (requestId: string) => void }) {
  const { data } = useApi(routes.requests, { query: { mine: 'true', open: 'false' } }, { topics: ['request', 'orientation'] });
  const waiting = (data?.requests ?? []).filter(isWaiting);
  if (waiting.length === 0) return null;
  return (
    <section className={css.ongoing} aria-label="Mes demandes en sus">
      <h2>Mes demandes en sus</h2>
      <ul>
        {waiting.map((request) => {
          const current = currentOf(request);
          const { words, tone } = current ? attemptWords(current) : { words: 'Plus personne à solliciter', tone: 'warn' as const };
          return (
            <li key={request.id}>
              <Button small onPress={() => onOpen(request.id)}>{current?.label ?? request.city ?? 'Demande'}</Button>
              <Badge tone={tone}>{words}</Badge>
              {current?.remainingMs != null && <Countdown remainingMs={current.remainingMs} of={current.orientationId} />}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Until the appointment is taken, or everybody has said no and it was not seen. */
const isWaiting = (request: RequestView): boolean => request.state === 'EPUISE' || (request.state !== 'ANNULE' && currentOf(request)?.status !== 'PRIS');
