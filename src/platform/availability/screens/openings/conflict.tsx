import type { ApiProblem } from '../../../../ui/api.ts';
import { Note } from '../../../../ui/badge.tsx';
import { WarnIcon } from '../../../../ui/icons.tsx';

interface Change {
  readonly by: string;
  readonly changed: Readonly<Record<string, readonly [unknown, unknown]>>;
}

const fields: Readonly<Record<string, string>> = {
  day: 'date', starts: 'début', ends: 'fin', capacity: 'nombre de patients', kind: 'créneau ou plage', modalities: 'type de consultation', withAppointment: 'rendez-vous',
  placeId: 'lieu', weekdays: 'jours', lastDay: 'fin de la récurrence', everyWeeks: 'rythme', slotMinutes: 'durée des créneaux', skipHolidays: 'jours fériés', removed: 'retrait',
};

const shown = (value: unknown): string => (value === null || value === undefined ? '—' : typeof value === 'boolean' ? (value ? 'oui' : 'non') : String(value));

/** Somebody else changed the same availability: what, and who. What was typed stays in the form. */
export function Conflict({ problem }: { problem: ApiProblem }) {
  const changes = (problem.extra['changes'] ?? []) as readonly Change[];
  return (
    <Note tone="warn" live icon={<WarnIcon />} title="Modifiée entre-temps">
      <p>{problem.message}</p>
      <ul>
        {changes.flatMap(({ by, changed }, index) => Object.entries(changed).map(([field, [before, after]]) => (
          <li key={`${index}/${field}`}>{by} : {fields[field] ?? field}, {shown(before)} → {shown(after)}</li>
        )))}
      </ul>
      <p>Ce que vous avez saisi est gardé : « Enregistrer » l’applique à cette nouvelle version, « Annuler » la laisse.</p>
    </Note>
  );
}
