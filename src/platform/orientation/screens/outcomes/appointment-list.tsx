import { type KeyboardEvent, useRef, useState } from 'react';
import { useCommand } from '../../../../ui/commands.ts';
import { useAccount } from '../../../../ui/session.ts';
import type { Received } from '../../contract-outcomes.ts';
import { AppointmentRow } from './appointment-row.tsx';
import { useTell } from './use-tell.ts';
import { neighbour, tellingOf } from './words.ts';
import css from './outcomes.module.css';

export interface AppointmentListProps {
  /** Read aloud as the list's name. */
  readonly label: string;
  readonly appointments: readonly Received[];
  readonly dated?: boolean;
}

/** Appointments whose outcome can be said: arrows go through them, `V` says seen, `N` says not come, for the one in focus. */
export function AppointmentList({ label, appointments, dated = false }: AppointmentListProps) {
  const list = useRef<HTMLUListElement>(null);
  const [current, setCurrent] = useState<string | null>(null);
  const account = useAccount();
  const { tell, pending } = useTell();
  useCommand({ id: 'outcomes:seen', label: 'Vu (rendez-vous sous le curseur)', group: 'Mes patients', keys: 'v' });
  useCommand({ id: 'outcomes:not-come', label: 'Pas venu (rendez-vous sous le curseur)', group: 'Mes patients', keys: 'n' });

  const ids = appointments.map(({ id }) => id);
  const reachable = current !== null && ids.includes(current) ? current : ids[0];
  const focus = (id: string | null) => id && list.current?.querySelector<HTMLElement>(`[data-id="${id}"]`)?.focus();

  function onKeyDown(event: KeyboardEvent<HTMLUListElement>) {
    const id = (event.target as HTMLElement).closest<HTMLElement>('[data-id]')?.dataset['id'] ?? null;
    const appointment = appointments.find((one) => one.id === id);
    const step = ({ ArrowDown: 1, ArrowUp: -1 } as const)[event.key];
    const told = ({ v: 'honoured', n: 'no-show' } as const)[event.key.toLowerCase()];
    if (step) focus(neighbour(ids, id, step));
    else if (told && appointment && tellingOf(appointment) === 'here' && !event.ctrlKey && !event.metaKey && !event.altKey) {
      focus(neighbour(ids, id, 1));
      tell(appointment, told);
    } else return;
    event.preventDefault();
  }

  return (
    <ul ref={list} className={css.list} aria-label={label} onKeyDown={onKeyDown}>
      {appointments.map((appointment) => (
        <li key={appointment.id} data-id={appointment.id} tabIndex={appointment.id === reachable ? 0 : -1} className={css.row} onFocus={() => setCurrent(appointment.id)}>
          <AppointmentRow appointment={appointment} named={appointment.nationalId !== account.nationalId} dated={dated} pending={pending === appointment.id} onTell={(told) => tell(appointment, told)} />
        </li>
      ))}
    </ul>
  );
}
