import type { ReactNode } from 'react';
import { roleLabels, type Role } from '../../../identity/contract.ts';
import { Badge, type Tone } from '../../../ui/badge.tsx';
import { CheckIcon, ClockIcon, PersonIcon, WaitIcon } from '../../../ui/icons.tsx';
import { Moment } from '../../../ui/moments.tsx';
import { contactSubjects, type Contact, type ContactState } from '../../contract.ts';
import css from './contact.module.css';

const states: Record<ContactState, { label: string; tone: Tone; icon: ReactNode }> = {
  received: { label: 'Reçue', tone: 'warn', icon: <WaitIcon size={12} /> },
  taken: { label: 'Prise en charge', tone: 'accent', icon: <ClockIcon size={12} /> },
  answered: { label: 'Répondue', tone: 'ok', icon: <CheckIcon size={12} /> },
  closed: { label: 'Close', tone: 'neutral', icon: <CheckIcon size={12} /> },
};
export const stateLabel = (state: ContactState): string => states[state].label;

export const ContactBadge = ({ state }: { state: ContactState }) => <Badge tone={states[state].tone} icon={states[state].icon}>{states[state].label}</Badge>;

/** A request for help with its answer; `withAuthor`: for whoever answers. */
export function ContactCard({ contact, withAuthor = false, actions }: { contact: Contact; withAuthor?: boolean; actions?: ReactNode }) {
  const { number, subject, body, at, state, answer, answeredBy, answeredAt, takenBy, author, role, page } = contact;
  return (
    <article className={css.card} aria-label={`Demande ${number}`}>
      <header><strong>{contactSubjects[subject]}</strong><ContactBadge state={state} /></header>
      <p className={css.soft}>{number} · <Moment at={at} day />{withAuthor && <> · <PersonIcon size={12} /> {author} ({roleLabels[role as Role] ?? role})</>}{page && <> · page <code>{page}</code></>}</p>
      <p className={css.words}>{body}</p>
      {takenBy && !answer && <p className={css.soft}>Prise par {takenBy}</p>}
      {answer && <div className={css.answer}><strong>Réponse de {answeredBy}</strong>{answeredAt && <span className={css.soft}><Moment at={answeredAt} day /></span>}<p className={css.words}>{answer}</p></div>}
      {actions && <footer>{actions}</footer>}
    </article>
  );
}
