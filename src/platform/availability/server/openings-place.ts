import { ruleBroken } from '../../../foundation/errors.ts';
import type { OpeningDependencies } from './openings.ts';

interface Subject {
  readonly nationalId: string | null;
  readonly structureId: string | null;
  readonly placeId: string;
}

const refused = (path: string, message: string) =>
  ruleBroken('opening-refused', `Cette disponibilité n'a pas été enregistrée. ${message}`, [{ path, message }]);

/**
 * The place of an availability, checked in the directory: it must be one where the professional practises, or one of the
 * structure's. Gives the territory whose clock and administrators apply.
 * @throws rule `opening-refused` naming the field; not-found `structure-not-found`
 */
export async function findPlace(
  { directory, territories }: Pick<OpeningDependencies, 'directory' | 'territories'>,
  { nationalId, structureId, placeId }: Subject,
): Promise<{ territory: string }> {
  if (!nationalId && !structureId) throw refused('nationalId', 'Indiquez le professionnel ou la structure qui reçoit.');
  const structure = structureId ? await directory.structure(structureId) : null;
  const practised = nationalId ? await directory.placesOf(nationalId) : [];
  if (nationalId && practised.length === 0) throw refused('nationalId', "Ce professionnel n'est pas dans l'annuaire.");
  if (nationalId && structure) {
    const memberships = (await directory.membershipsOf([nationalId])).get(nationalId) ?? [];
    if (!memberships.some((membership) => membership.structureId === structure.id)) {
      throw refused('structureId', "Ce professionnel n'est pas membre de cette structure.");
    }
  }
  if (structure && (structure.id === placeId || structure.places.some((place) => place.id === placeId))) {
    return { territory: structure.territory };
  }
  const place = practised.find((candidate) => candidate.place.id === placeId)?.place;
  if (!place) throw refused('placeId', "Ce lieu n'est pas un lieu d'exercice connu de l'annuaire pour ce professionnel ou cette structure.");
  const territory = await territories.ofCommune(place.insee);
  if (!territory) throw refused('placeId', "Aucun SAS n'est déclaré pour la commune de ce lieu.");
  return { territory: territory.code };
}

/** The territory whose clock and administrators apply to an agenda. @throws rule `opening-refused`; not-found `structure-not-found` */
export async function territoryOf(deps: Pick<OpeningDependencies, 'directory' | 'territories'>, { nationalId, structureId }: Pick<Subject, 'nationalId' | 'structureId'>): Promise<string> {
  if (structureId) return (await findPlace(deps, { nationalId, structureId, placeId: structureId })).territory;
  const [first] = nationalId ? await deps.directory.placesOf(nationalId) : [];
  if (!first) throw refused('nationalId', "Ce professionnel n'est pas dans l'annuaire.");
  return (await findPlace(deps, { nationalId, structureId: null, placeId: first.place.id })).territory;
}
