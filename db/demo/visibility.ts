import type { DemoOpening, DemoSlot } from './openings.ts';
import type { World } from './model.ts';
import { createRandom, uuidOf } from './random.ts';

const TIME_ZONE = 'Europe/Paris';
/** One doctor in three has no missing week; the others miss one in ten. */
const STEADY = 0.34;
const MISSING = 0.1;

interface EditorWeek {
  readonly nationalId: string;
  readonly week: string;
  readonly editor: string;
  readonly firstAt: string;
  readonly lastAt: string;
}

export interface Convention {
  readonly id: string;
  readonly territory: string;
  readonly kind: 'effecteurs' | 'regulation-snp';
  readonly structureId: string;
  readonly subject: string;
  readonly status: string;
  readonly startsOn: string;
  readonly endsOn: string | null;
  readonly signatories: readonly { readonly party: string; readonly name: string; readonly quality: string; readonly signedOn: string | null }[];
}

/** The Mondays of the ISO year before the week of `now`. */
function pastMondays(now: Temporal.Instant): Temporal.PlainDate[] {
  const today = now.toZonedDateTimeISO(TIME_ZONE).toPlainDate();
  const present = today.subtract({ days: today.dayOfWeek - 1 });
  return Array.from({ length: present.weekOfYear! - 1 }, (_, index) => present.subtract({ days: 7 * (index + 1) }));
}

/** Whether somebody showed his hours that week: the same answer whenever it is asked. */
function shows(seed: number, id: string, monday: Temporal.PlainDate): boolean {
  return createRandom(seed, `steady/${id}`).chance(STEADY) || !createRandom(seed, `week/${id}/${monday}`).chance(MISSING);
}

/** The weeks gone by of the year: what was shown on the platform's agenda, and the weeks in which a vendor showed slots. */
export function pastVisibility(world: World, now: Temporal.Instant): { openings: DemoOpening[]; slots: DemoSlot[]; editorWeeks: EditorWeek[] } {
  const participants = new Set(world.participations.map(({ nationalId, structureId }) => nationalId ?? structureId!));
  for (const { viaStructureId } of world.participations) if (viaStructureId) participants.add(viaStructureId);
  const mondays = pastMondays(now);
  const weeks = [...world.agendas].flatMap(([id, source]) =>
    participants.has(id) ? mondays.filter((monday) => shows(world.seed, id, monday)).map((monday) => ({ id, source, monday })) : []);
  const openings = weeks.flatMap(({ id, source, monday }) => (source === 'platform' ? evenings(world, id, monday) : []));
  const editorWeeks = weeks.flatMap(({ id, source, monday }) => (source === 'platform' ? [] : [{
    nationalId: id, week: monday.toString(), editor: source, firstAt: `${monday}T08:00:00Z`, lastAt: `${monday.add({ days: 4 })}T16:00:00Z`,
  }]));
  return { openings, slots: openings.map((opening) => slotOf(world.seed, opening)), editorWeeks };
}

/** Two ranges of an hour for a doctor; a centre shows its doctors' hours on two mornings. */
function evenings(world: World, id: string, monday: Temporal.PlainDate): DemoOpening[] {
  const structure = world.structurePlaces.find(({ structureId }) => structureId === id);
  const placeId = structure?.placeId ?? world.activities.find(({ nationalId }) => nationalId === id)!.placeId;
  const [starts, ends] = structure ? ['08:00', '12:00'] : ['18:00', '19:00'];
  return [1, 3].map((days): DemoOpening => ({
    id: uuidOf(world.seed, `past-opening/${id}/${monday}/${days}`), territory: '86', nationalId: structure ? null : id, structureId: structure ? id : null, placeId,
    kind: 'range', day: monday.add({ days }).toString(), starts, ends, timeZone: TIME_ZONE, modalities: ['AMB'], slotTypes: ['SNP'], withAppointment: true, capacity: 4,
  }));
}

function slotOf(seed: number, { id, territory, nationalId, structureId, placeId, kind, modalities, slotTypes, withAppointment, capacity, day, starts, ends }: DemoOpening): DemoSlot & { kind: string } {
  const instant = (time: string) => Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(TIME_ZONE).toInstant().toString();
  return {
    id: uuidOf(seed, `slot/${id}`), openingId: id, territory, nationalId, structureId, placeId, kind, startAt: instant(starts), endAt: instant(ends),
    modalities, slotTypes, withAppointment, capacity,
  };
}

/** The equivalents of the doctors of SOS Médecins: five full-time, the others at half. */
export function fullTimeEquivalents(world: World): { structureId: string; nationalId: string; etp: number }[] {
  const [sos] = world.structures.filter(({ kind }) => kind === 'SOS');
  const members = world.members.filter(({ structureId }) => structureId === sos!.id);
  const full = Math.round(2 * world.sosFullTimeEquivalents - members.length);
  return members.map(({ nationalId }, index) => ({ structureId: sos!.id, nationalId, etp: index < full ? 1 : 0.5 }));
}

/** A convention in force with SOS Médecins, one being read with an MSP, one of regulation with a CPTS. */
export function conventions(world: World): Convention[] {
  const first = (kind: string) => world.structures.find((structure) => structure.kind === kind)!;
  const signatory = (party: string, name: string, quality: string, signedOn: string | null) => ({ party, name, quality, signedOn });
  const one = (kind: Convention['kind'], structureKind: string, status: string, subject: string, signed: boolean): Convention => {
    const structure = first(structureKind);
    return {
      id: uuidOf(world.seed, `convention/${structure.id}`), territory: '86', kind, structureId: structure.id, subject, status, startsOn: '2024-01-01', endsOn: '2027-12-31',
      signatories: [signatory('sas', 'Maud Exemple', 'Directrice du SAS', signed ? '2023-12-11' : null), signatory('structure', 'Paul Fictif', 'Président', signed ? '2023-12-14' : null)],
    };
  };
  return [
    one('effecteurs', 'SOS', 'ACTIF', 'Participation de SOS Médecins au SAS 86', true),
    one('effecteurs', 'MSP', 'RELU_MG', 'Participation de la maison de santé au SAS 86', false),
    one('regulation-snp', 'CPTS', 'VALIDE_GOUVERNANCE', 'Régulation des soins non programmés par la CPTS', false),
  ];
}
