import type { Database } from '../../../foundation/db/database.ts';
import { forbidden, notFound } from '../../../foundation/errors.ts';
import { writeJournal } from '../../../foundation/journal.ts';
import { type Actor, actsFor, coversTerritory, hasRole } from '../../../identity/contract.ts';
import type { Territories } from '../../../territory/server/index.ts';
import type { Candidate, Structure, StructureKind } from '../../directory/contract.ts';
import type { Directory } from '../../directory/server/index.ts';
import { leaderRoles, type Via } from '../contract.ts';
import { idOf, type SubjectId } from './records.ts';

export interface SubjectDependencies {
  readonly directory: Pick<Directory, 'placesOf' | 'structure' | 'structuresAround' | 'membershipsOf' | 'names'>;
  readonly territories: Pick<Territories, 'get' | 'ofCommune'>;
}

type Place = Candidate['place'];
export interface StructureChoice {
  readonly id: string;
  readonly via: Via;
  readonly name: string;
  readonly city: string;
  readonly contact: string | null;
}

/** Somebody whose participation is looked at, with what the directory knows. */
export interface SubjectFile extends SubjectId {
  readonly name: string;
  readonly territory: string;
  readonly timeZone: string;
  /** `YYYY-MM-DD`; null while the SAS is not launched. */
  readonly launchedOn: string | null;
  readonly places: readonly Place[];
  /** The way a structure takes part, when it is one. */
  readonly kind: Via | null;
  readonly salariedOnly: boolean;
}

/** The way in which a structure of this kind takes part; undefined for those that do not. */
export const viaOfKind: Partial<Record<StructureKind, Via>> = { CPTS: 'cpts', MSP: 'msp', SOS: 'sos', CDS: 'cds' };
/** How far an association or a maison de santé can be from a doctor who takes part through it. */
const WITHIN_M = 30_000;

export function createSubjects({ directory, territories }: SubjectDependencies) {
  async function territoryOf(places: readonly Place[]) {
    for (const { insee } of places) {
      const territory = await territories.ofCommune(insee);
      if (territory) return territory;
    }
    throw notFound('subject-without-territory', "Aucun SAS n'est déclaré pour la commune de ces lieux d'exercice. Rien n'a été enregistré.");
  }

  async function professional(nationalId: string): Promise<SubjectFile> {
    const [practices, memberships] = await Promise.all([directory.placesOf(nationalId), directory.membershipsOf([nationalId])]);
    const [first] = practices;
    if (!first) throw notFound('professional-not-found', "Ce professionnel n'exerce nulle part selon l'annuaire.");
    const places = practices.map(({ place }) => place);
    const { code, timeZone, launchedOn } = await territoryOf(places);
    const centres = await Promise.all((memberships.get(nationalId) ?? []).filter(({ kind }) => kind === 'CDS').map(({ structureId }) => directory.structure(structureId)));
    const salaried = new Set(centres.flatMap((centre) => [centre.id, ...centre.places.map(({ id }) => id)]));
    return {
      nationalId, structureId: null, name: `${first.firstName} ${first.lastName}`, territory: code, timeZone, launchedOn, places, kind: null,
      salariedOnly: places.every(({ id }) => salaried.has(id)),
    };
  }

  async function structure(structureId: string): Promise<SubjectFile> {
    const found = await directory.structure(structureId);
    const { timeZone, launchedOn } = await territories.get(found.territory);
    return {
      nationalId: null, structureId, name: found.name, territory: found.territory, timeZone, launchedOn, places: found.places,
      kind: viaOfKind[found.kind] ?? null, salariedOnly: false,
    };
  }

  return {
    /** @throws not-found `professional-not-found`, `structure-not-found`, `subject-without-territory` */
    open: ({ nationalId, structureId }: SubjectId): Promise<SubjectFile> => (nationalId !== null ? professional(nationalId) : structure(structureId!)),

    /** The structures through which a doctor may take part: his own, and those that cover the communes where he practises. */
    async choices({ nationalId, places }: SubjectFile): Promise<StructureChoice[]> {
      if (nationalId === null) return [];
      const memberships = (await directory.membershipsOf([nationalId])).get(nationalId) ?? [];
      const own = await Promise.all(memberships.map(({ structureId }) => directory.structure(structureId)));
      const around = await Promise.all(places.map((place) => covering(directory, place)));
      const found = new Map([...own, ...around.flat()].map((one) => [one.id, one]));
      return [...found.values()].flatMap(({ id, kind, name, city, contact }) => {
        const via = viaOfKind[kind];
        return via && via !== 'cds' ? [{ id, via, name, city, contact }] : [];
      });
    },
  };
}

export type Subjects = ReturnType<typeof createSubjects>;

/** The CPTS that answer for the commune, its maisons de santé, the associations nearby. */
async function covering(directory: SubjectDependencies['directory'], { lat, lon, insee }: Place): Promise<Structure[]> {
  if (lat === null || lon === null) return [];
  const around = await directory.structuresAround({ kinds: ['CPTS', 'MSP', 'SOS'], center: { lat, lon }, radiusM: WITHIN_M, insee });
  return around.filter((one) => one.kind !== 'MSP' || one.insee === insee);
}

/** What the actor may do: change it for its subject, or lead the SAS of its territory. */
export const rightsOn = (actor: Actor, subject: SubjectId, territory: string) => ({
  changes: actsFor(actor, 'participation', subject),
  leads: hasRole(actor, ...leaderRoles) && coversTerritory(actor, territory),
});

/** True when somebody else's delegate acts, not the person concerned nor the structure's manager. */
export const byDelegation = (actor: Actor, { nationalId, structureId }: SubjectId): boolean =>
  nationalId !== null ? actor.nationalId !== nationalId : !(hasRole(actor, 'gestionnaire-structure') && actor.structureIds.includes(structureId!));

/** Refuses and keeps a trace of it. @throws forbidden */
export async function refuse(database: Database, actor: Actor, what: SubjectId & { territory: string; event: string }, at: Temporal.Instant): Promise<never> {
  await database.for('participation').transaction((tx) => writeJournal(tx, {
    at, territory: what.territory, actor: actor.accountId, role: actor.roles[0] ?? null, objectType: 'participation', objectId: idOf(what), event: `${what.event}-refused`,
  }));
  throw forbidden('participation-not-yours', "Cette participation n'est ni la vôtre, ni celle d'une structure que vous gérez, ni celle de quelqu'un qui vous l'a déléguée. Rien n'a été modifié.");
}
