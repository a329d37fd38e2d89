import type { InputOf } from '../../../../ui/api.ts';
import type { KeptAgenda, Modality, routes, Series } from '../../contract.ts';
import { clockOf, STEP, type Chosen } from './grid-model.ts';
import type { Scope } from './scope-choice.tsx';
import type { Opening } from './week.ts';

/** What the form holds, as it is being typed. */
export interface Draft {
  readonly placeId: string;
  readonly day: string;
  readonly starts: string;
  readonly ends: string;
  readonly kind: 'single' | 'range';
  /** Cuts the period into slots; null: in one piece. */
  readonly slotMinutes: number | null;
  readonly capacity: number;
  readonly modalities: Modality[];
  readonly withAppointment: boolean;
  /** Empty: once. */
  readonly weekdays: number[];
  readonly lastDay: string;
  readonly everyWeeks: number;
  readonly skipHolidays: boolean;
}

/** A new availability, at the hours chosen. */
export function newDraft(agenda: KeptAgenda, monday: Temporal.PlainDate, chosen: Chosen | null): Draft {
  const { day, from, to } = chosen ?? { day: 0, from: 9 * 60, to: 9 * 60 + STEP };
  return {
    placeId: agenda.places[0]?.id ?? '', day: monday.add({ days: day }).toString(), starts: clockOf(from), ends: clockOf(Math.min(to, 24 * 60 - 1)),
    kind: to - from > 60 ? 'range' : 'single', slotMinutes: null, capacity: 4, modalities: ['AMB'], withAppointment: true, weekdays: [], lastDay: '', everyWeeks: 1, skipHolidays: true,
  };
}

/** An availability to change. */
export function draftOf({ placeId, day, starts, ends, kind, capacity, modalities, withAppointment }: Opening): Draft {
  return {
    placeId, day, starts, ends, kind, capacity: kind === 'single' ? 4 : capacity, modalities, withAppointment, slotMinutes: null, weekdays: [], lastDay: '', everyWeeks: 1,
    skipHolidays: true,
  };
}

/** What the form takes from the rule, or from the occurrence, when the person says which of them changes. */
export const scoped = (scope: Scope, opening: Opening, series: Series): Partial<Draft> =>
  scope === 'one'
    ? { starts: opening.starts, ends: opening.ends, weekdays: [], slotMinutes: null }
    : {
        starts: series.starts, ends: series.ends, slotMinutes: series.slotMinutes, weekdays: series.weekdays, lastDay: series.lastDay ?? '', everyWeeks: series.everyWeeks,
        skipHolidays: series.skipHolidays,
      };

/** Why the form cannot be sent yet, or null. */
export function whyNot(draft: Draft, scope: Scope): string | null {
  if (!draft.day) return 'Choisissez une date.';
  if (!draft.starts || !draft.ends) return 'Donnez les heures, de et à.';
  if (draft.starts >= draft.ends) return "L'heure de fin doit suivre l'heure de début, le même jour.";
  if (draft.modalities.length === 0) return 'Choisissez au moins un type de consultation.';
  if (scope !== 'one' && draft.weekdays.length === 0) return 'Choisissez au moins un jour de la semaine.';
  return null;
}

const offerOf = ({ placeId, kind, capacity, modalities, withAppointment, starts, ends }: Draft) => ({
  placeId, kind, modalities, withAppointment, starts, ends, capacity: kind === 'single' ? 1 : capacity,
});

const weeklyOf = ({ weekdays, lastDay, everyWeeks, skipHolidays }: Draft) => ({ weekdays, lastDay: lastDay || null, everyWeeks, skipHolidays });

export const toPublication = (draft: Draft, agenda: KeptAgenda, id: string): InputOf<typeof routes.publish>['body'] => ({
  id, nationalId: agenda.nationalId, structureId: agenda.structureId, ...offerOf(draft), day: draft.day, slotMinutes: draft.kind === 'single' ? draft.slotMinutes : null,
  weekly: draft.weekdays.length > 0 ? weeklyOf(draft) : null,
});

export const toOpeningChange = (draft: Draft, opening: Opening): InputOf<typeof routes.changeOpening>['body'] => ({ ...offerOf(draft), day: draft.day, slotTypes: opening.slotTypes });

export const toSeriesChange = (draft: Draft, series: Series, from: string | null): InputOf<typeof routes.changeSeries>['body'] => ({
  ...offerOf(draft), from, slotTypes: series.slotTypes, slotMinutes: draft.kind === 'single' ? draft.slotMinutes : null, weekly: weeklyOf(draft),
});
