import sql from 'sql-template-tag';
import { actorOf, directory as agendaDirectory, doctor, otherDoctor, structureId, territories as agendaTerritories } from '../../../../tests/support/agenda.ts';
import { createTestDatabase } from '../../../../tests/support/database.ts';
import { ManualClock } from '../../../foundation/clock.ts';
import type { BodyOf } from '../../../foundation/http/route.ts';
import type { Actor } from '../../../identity/contract.ts';
import { createVisibility } from '../../availability/server/visibility.ts';
import type { Structure } from '../../directory/contract.ts';
import type { routes } from '../contract.ts';
import { createConventions } from './conventions.ts';
import { createDeclarations } from './declarations.ts';
import { createEligibility } from './eligibility.ts';
import { createParticipations } from './index.ts';
import { createReview } from './review.ts';
import { createStructures, doctorsOf } from './structures.ts';
import { createTerritoryView } from './territory.ts';

/** A Tuesday. */
export const NOW = '2026-01-13T08:00:00Z';
export const SOS = '312345678900011';
export const CDS = '1860000009';
export const CPTS = '1860000008';
export const MSP = structureId;

export const effecteur: Actor = actorOf('effecteur', { nationalId: doctor, displayName: 'Dr Ada Exemple' });
export const colleague: Actor = actorOf('effecteur', { nationalId: otherDoctor, displayName: 'Dr Ada Modèle' });
export const delegate: Actor = actorOf('delegataire', { displayName: 'Sacha Délégué', delegations: [{ nationalId: doctor, structureId: null, scopes: ['participation'] }] });
export const leader: Actor = actorOf('responsable-sas', { displayName: 'Lou Responsable' });
export const managerOf = (id: string): Actor => actorOf('gestionnaire-structure', { structureIds: [id], displayName: 'Gil Gestionnaire' });

type Declared = BodyOf<typeof routes.declare>;

/** A complete declaration of the doctor, alone, by his own agenda. */
export const declared = (change: Partial<Declared> = {}): Declared => ({
  nationalId: doctor, participates: true, via: 'individual', viaStructureId: null, placeIds: [], enSus: true, usesEditor: false, upload: true,
  contact: '05 49 00 00 11', note: null, preferredHours: [], caps: { halfDay: null, week: null }, shown: ['contact', 'note', 'hours'],
  reorientation: false, takesAll: false, statement: 'individuel-1', from: null, ...change,
});

const structures: Record<string, Pick<Structure, 'kind' | 'name'>> = {
  [SOS]: { kind: 'SOS', name: 'SOS Médecins de la Vienne' }, [CDS]: { kind: 'CDS', name: 'Centre des Couronnes' }, [CPTS]: { kind: 'CPTS', name: 'CPTS du Clain' },
  [MSP]: { kind: 'MSP', name: 'Maison de santé du Clain' },
};

async function structureOf(id: string): Promise<Structure> {
  const found = structures[id];
  if (!found) return agendaDirectory.structure(id);
  return { ...(await agendaDirectory.structure(structureId)), id, ...found, contact: '+33549000099' };
}

/** Participation over a small fictional Vienne, launched in 2021; both doctors belong to SOS Médecins and to the centre. */
export async function setUpParticipation({ launchedOn = '2021-03-01' as string | null, members = [doctor, otherDoctor] } = {}) {
  const database = await createTestDatabase();
  const clock = new ManualClock(NOW);
  const territories = { ...agendaTerritories, get: async () => ({ ...(await agendaTerritories.get()), launchedOn }), ofCommune: async () => ({ ...(await agendaTerritories.get()), launchedOn }) };
  const membership = { since: '2024-01-01', until: null };
  const directory = {
    ...agendaDirectory, structure: structureOf,
    structuresAround: async () => Promise.all([SOS, CPTS].map(structureOf)),
    membersOf: async (ids: readonly string[]) => new Map(ids.filter((id) => id === CDS || id === MSP).map((id) => [id, members.map((nationalId) => ({ nationalId, ...membership }))])),
  };
  const deps = { database, clock, directory, territories };
  const eligibility = createEligibility({ ...deps, visibility: createVisibility({ database }), doctorsOf: (ids) => doctorsOf(directory, ids) });
  return {
    ...deps, eligibility,
    participations: createParticipations({ database }),
    declarations: createDeclarations({ ...deps, findPatientWords: (text) => (text.includes('Mme') ? 'elle nomme quelqu’un' : null) }),
    view: createTerritoryView({ ...deps, eligibility }),
    structures: createStructures({ ...deps, eligibility }),
    conventions: createConventions(deps),
    review: createReview({ database, clock, eligibility }).review,
    journal: async (): Promise<string[]> =>
      (await database.for('foundation').query<{ event: string }>(sql`select event from foundation.journal order by seq`)).map(({ event }) => event),
  };
}

export { doctor, otherDoctor };
