import { randomUUID } from 'node:crypto';
import { ManualClock } from '../../src/foundation/clock.ts';
import { ruleBroken } from '../../src/foundation/errors.ts';
import { silentLogger } from '../../src/foundation/log.ts';
import { createMetrics } from '../../src/foundation/metrics.ts';
import type { Actor } from '../../src/identity/contract.ts';
import type { EditorSlot } from '../../src/platform/availability/domain/editor.ts';
import { createAgenda } from '../../src/platform/availability/server/slots.ts';
import { createAppointmentIntake } from '../../src/platform/orientation/server/appointments.ts';
import { createOrientations, type OrientationDependencies } from '../../src/platform/orientation/server/orientations.ts';
import { noParticipation, type Participation } from '../../src/platform/participation/contract.ts';
import { actorOf, directory, doctor, territories } from './agenda.ts';
import { createTestDatabase } from './database.ts';

export const NOW = '2026-01-13T08:00:00Z';

const editorSlot: EditorSlot & { editor: string; origin: string } = {
  editor: 'Rapide', origin: 'sas-test', nationalId: doctor, structureId: null,
  place: { id: '312345678900011', name: 'Cabinet du Test', address: '1 rue du Test', postcode: '86000', city: 'Poitiers', phone: null, lat: null, lon: null },
  start: Temporal.Instant.from('2026-01-13T15:00:00Z'), end: Temporal.Instant.from('2026-01-13T15:20:00Z'),
  modalities: ['AMB'], types: ['SNP'], withAppointment: true, specialties: ['SM54'], reasons: [], cptsIds: [], bookingUrl: 'https://editeur.example/rdv?s=1',
};

/** Orientations on a fresh database; vendors' slots are those of `sealed`, the search says what `choice` holds. */
export async function setUpOrientations(more: Partial<Pick<OrientationDependencies, 'directory' | 'chosen'>> = {}) {
  const database = await createTestDatabase();
  const clock = new ManualClock(NOW);
  const agenda = createAgenda({ database, clock });
  const sealed = new Map<string, typeof editorSlot>();
  const choice = { level: null as number | null, distanceM: null as number | null, skipped: false };
  const people = new Map<string, Actor>();
  /** How each one takes part; nobody when the test says nothing. */
  const taking = new Map<string, Partial<Participation>>();
  const told: string[] = [];
  const closed: string[] = [];
  const forgotten: string[] = [];
  const accountOf = (actor: Actor | undefined) =>
    actor ? { id: actor.accountId, displayName: actor.displayName, lastName: 'Exemple', firstName: 'Camille', email: actor.email, nationalId: actor.nationalId, active: true } : null;
  const accounts = {
    names: async (ids: string[]) => new Map(ids.flatMap((id) => (people.has(id) ? [[id, people.get(id)!.displayName] as const] : []))),
    byId: async (id: string) => accountOf(people.get(id)),
    byNationalId: async (id: string) => accountOf([...people.values()].find((actor) => actor.nationalId === id)),
    actor: async (id: string) => people.get(id) ?? null,
  };
  const availability = {
    ...agenda,
    openSealedSlot: async (id: string) => {
      const slot = sealed.get(id);
      if (!slot) throw ruleBroken('slot-id-invalid', "Ce créneau n'a pas été proposé par la plateforme.");
      return slot;
    },
  };
  const participations = {
    of: async (ids: string[]) => new Map(ids.flatMap((id) => (taking.has(id) ? [[id, { ...noParticipation, ...taking.get(id) }] as const] : []))),
    enSusThrough: async (ids: string[]) => new Set([...taking.values()].flatMap(({ viaStructureId, enSus }) => (enSus && viaStructureId && ids.includes(viaStructureId) ? [viaStructureId] : []))),
  };
  const shared = { database, clock, metrics: createMetrics(), accounts, directory: more.directory ?? directory, territories };
  const person = (...args: Parameters<typeof actorOf>): Actor => {
    const actor = actorOf(...args);
    people.set(actor.accountId, actor);
    return actor;
  };
  return {
    database, clock, agenda, choice, people, taking, told, closed, forgotten, person,
    /** A vendor's slot as a search would have proposed it; gives its id. */
    seal(more: Partial<typeof editorSlot> = {}): string {
      const id = `e1.${'x'.repeat(80)}.${randomUUID().replaceAll('-', '')}`;
      sealed.set(id, { ...editorSlot, ...more });
      return id;
    },
    orientations: createOrientations({
      ...shared, log: silentLogger, participations, tellRequested: async (_tx, { orientationId }) => void told.push(orientationId), tellClosed: async (_tx, { structureId }) => void closed.push(structureId), availability, chosen: more.chosen ?? (async () => choice), bookingUrl: (url, origin) => (url.startsWith('http') ? `${url}&origin=${origin}` : null),
    }),
    intake: createAppointmentIntake({ ...shared, forgetSlots: (nationalId) => void forgotten.push(nationalId) }),
  };
}

export const newKey = (): string => randomUUID();
