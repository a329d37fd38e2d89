import type { Clock } from '../../../foundation/clock.ts';
import { type Actor, subjectsOf } from '../../../identity/contract.ts';
import type { Candidate, Structure } from '../../directory/contract.ts';
import type { Directory } from '../../directory/server/index.ts';
import type { KeptAgenda } from '../contract.ts';

type Place = KeptAgenda['places'][number];

const MOST_MEMBERS = 500;

const shownPlace = ({ id, name, address, city }: Candidate['place']): Place => ({ id, label: [name, address, city].filter(Boolean).join(', ') });
const ofProfessional = (candidates: readonly Candidate[]): Place[] => [...new Map(candidates.map(({ place }) => [place.id, shownPlace(place)])).values()];
const ofStructure = ({ places, ...structure }: Structure): Place[] => (places.length > 0 ? places.map(shownPlace) : [shownPlace(structure)]);
const nameOf = ({ lastName, firstName }: { lastName: string; firstName: string }): string => `${firstName} ${lastName}`.trim();

/** The agendas that a person keeps: his own, those delegated, those of structures and of each of their members. */
export function createAgendas({ clock, directory }: { clock: Clock; directory: Pick<Directory, 'placesOf' | 'placesOfAll' | 'structure' | 'membersOf' | 'names'> }) {
  async function agendaOf(nationalId: string, actor: Actor): Promise<KeptAgenda | null> {
    const places = await directory.placesOf(nationalId);
    const [first] = places;
    if (!first) return null;
    return { nationalId, structureId: null, label: nationalId === actor.nationalId ? 'Mon agenda' : nameOf(first), within: null, places: ofProfessional(places) };
  }

  async function agendasOf(structureId: string, today: string): Promise<KeptAgenda[]> {
    const structure = await directory.structure(structureId).catch(() => null);
    if (!structure) return [];
    const own = ofStructure(structure);
    const members = (await directory.membersOf([structureId])).get(structureId) ?? [];
    const present = [...new Set(members.filter(({ since, until }) => since <= today && (until === null || until > today)).map(({ nationalId }) => nationalId))].slice(0, MOST_MEMBERS);
    const [names, practised] = await Promise.all([directory.names(present), directory.placesOfAll(present)]);
    const byPerson = Map.groupBy(practised, ({ nationalId }) => nationalId);
    const agendas = present.flatMap((nationalId): KeptAgenda[] => {
      const name = names.get(nationalId);
      // A CPTS has no place of its own: its members receive where they practise.
      const places = structure.places.length > 0 ? own : ofProfessional(byPerson.get(nationalId) ?? []);
      return name && places.length > 0 ? [{ nationalId, structureId, label: nameOf(name), within: structure.name, places }] : [];
    });
    return [{ nationalId: null, structureId, label: structure.name, within: null, places: own }, ...agendas.sort((a, b) => a.label.localeCompare(b.label, 'fr'))];
  }

  /** In the order of a menu: one's own first, then each structure with its members. */
  return async (actor: Actor): Promise<KeptAgenda[]> => {
    const today = clock.now().toZonedDateTimeISO('UTC').toPlainDate().toString();
    const { professionals, structures } = subjectsOf(actor, 'agenda');
    const people = await Promise.all(professionals.map((id) => agendaOf(id, actor)));
    const kept = await Promise.all(structures.map((id) => agendasOf(id, today)));
    return [...people.filter((one) => one !== null), ...kept.flat()];
  };
}
