import { useState } from 'react';
import { Note } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { PhoneIcon } from '../../../../ui/icons.tsx';
import { formatPhone } from '../../../../ui/phone.ts';
import { useAction } from '../../../../ui/query.ts';
import { routes, type RequestAttempt } from '../../contract.ts';
import { AnswerForm } from './answer-form.tsx';
import { isCall } from './words.ts';
import css from './ensus.module.css';

type Simple = 'ask' | 'no-answer' | 'accept' | 'decline';

/** What the operator can do about the one who is asked now. The first button is the next thing to do. */
export function AttemptActions({ attempt, onChanged }: { attempt: RequestAttempt; onChanged: () => void }) {
  const [answer, setAnswer] = useState<'accept' | 'refuse' | null>(null);
  const act = useAction(routes.actOnOrientation, { onSuccess: onChanged });
  const may = (action: string) => attempt.possible.includes(action);
  const run = (action: Simple) => act.mutate({ params: { id: attempt.orientationId, action }, body: {} });
  const awaited = attempt.status === 'SOLLICITE' || attempt.status === 'DEMANDE';
  const agreed = attempt.status === 'ACCEPTE' || attempt.status === 'ACCEPTE_NOMME';
  if (answer && awaited) return <AnswerForm attempt={attempt} answer={answer} onDone={() => (setAnswer(null), onChanged())} />;
  return (
    <>
      {isCall(attempt) && attempt.contact && <a className={css.call} href={`tel:${attempt.contact.replaceAll(' ', '')}`}><PhoneIcon /> {formatPhone(attempt.contact)}</a>}
      {act.error && <Note tone="bad" live title={act.error.title}>{act.error.message}</Note>}
      <div className={css.actions}>
        {may('ask') && <Button look="main" autoFocus isPending={act.isPending} onPress={() => run('ask')}>J’appelle</Button>}
        {awaited && may('accept') && <Button look={attempt.channel === 'phone' ? 'main' : 'plain'} onPress={() => setAnswer('accept')}>{attempt.channel === 'phone' ? 'Accepté…' : 'Accord reçu par téléphone…'}</Button>}
        {awaited && may('refuse') && <Button onPress={() => setAnswer('refuse')}>{attempt.channel === 'phone' ? 'Refusé…' : 'Refus reçu par téléphone…'}</Button>}
        {may('no-answer') && attempt.channel === 'phone' && <Button isPending={act.isPending} onPress={() => run('no-answer')}>Sans réponse</Button>}
        {agreed && may('accept') && <Button look="main" autoFocus isPending={act.isPending} onPress={() => run('accept')}>Patient prévenu : prendre le rendez-vous</Button>}
        {may('decline') && <Button isPending={act.isPending} onPress={() => run('decline')}>L’heure ne convient pas</Button>}
      </div>
    </>
  );
}
