import type { Flow } from '../../src/platform/availability/contract.ts';
import type { CatalogInput } from '../../simulators/editors/catalog.ts';
import { type DemoPlace, type EditorName, editorNames, type World } from './model.ts';
import { uuidOf } from './random.ts';

/** The fictional vendors and what each is asked for. */
export const demoEditors: readonly { readonly name: EditorName; readonly flows: readonly Flow[] }[] = editorNames.map((name) => ({
  name,
  flows: name === 'AgendaRapide' ? ['ps', 'cpts', 'sos'] : ['ps'],
}));

/** What each fictional vendor knows of this world. */
export function editorCatalogs(world: World): Record<EditorName, CatalogInput> {
  const catalog = (editor: EditorName): CatalogInput => ({
    practitioners: practitionersOf(world, editor),
    associations: associationsOf(world, editor),
  });
  return Object.fromEntries(editorNames.map((name) => [name, catalog(name)])) as Record<EditorName, CatalogInput>;
}

function practitionersOf(world: World, editor: EditorName): CatalogInput['practitioners'] {
  const activities = Map.groupBy(world.activities, ({ nationalId }) => nationalId);
  const places = new Map(world.places.map((place) => [place.id, place]));
  const cpts = world.structures.filter(({ kind }) => kind === 'CPTS');
  const asksCpts = demoEditors.some(({ name, flows }) => name === editor && flows.includes('cpts'));
  const cptsOf = (nationalId: string) => {
    const own = cpts.filter(({ id }) => world.members.some((member) => member.structureId === id && member.nationalId === nationalId));
    // One doctor in ten also opens his slots to the next CPTS: a slot may be seen by several (AGR-13).
    const shared = own.length > 0 && nationalId.endsWith('0') ? [cpts[(cpts.indexOf(own[0]!) + 1) % cpts.length]!] : [];
    return [...own, ...shared].map(({ id, name, phone }) => ({ finess: id.slice(1), name, phone }));
  };
  return world.professionals
    .filter(({ nationalId }) => world.agendas.get(nationalId) === editor)
    .map(({ nationalId, lastName, firstName }) => {
      const theirs = activities.get(nationalId)!;
      return {
        nationalId,
        lastName,
        firstName,
        specialties: [{ code: theirs[0]!.specialty, label: theirs[0]!.specialtyLabel }],
        cpts: asksCpts ? cptsOf(nationalId) : [],
        places: theirs.map(({ placeId }) => catalogPlace(world, editor, places.get(placeId)!)),
      };
    });
}

function catalogPlace({ seed }: World, editor: EditorName, place: DemoPlace): CatalogInput['practitioners'][number]['places'][number] {
  const { id, name, address, city, postcode, phone, lat, lon } = place;
  const internalId = uuidOf(seed, `${editor}/place/${id}`);
  return { id: id.startsWith('adr:') ? null : id, internalId, name, line: address, city, postcode, phone, lat, lon };
}

const weekDays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

function associationsOf(world: World, editor: EditorName): CatalogInput['associations'] {
  return world.structures
    .filter(({ id, kind }) => kind === 'SOS' && world.agendas.get(id) === editor)
    .map((sos) => ({
      siret: sos.id.slice(1),
      name: sos.name,
      places: world.structurePlaces
        .filter(({ structureId }) => structureId === sos.id)
        .map(({ placeId }) => world.places.find(({ id }) => id === placeId)!)
        .map((place) => {
          const { internalId, name, line, city, postcode, phone } = catalogPlace(world, editor, place);
          const hours = sos.hours.map(({ day, from, to }) => ({ days: [weekDays[day - 1]!], opens: from, closes: to }));
          return { internalId, name, line, city, postcode, phone, hours };
        }),
      doctors: world.members
        .filter(({ structureId }) => structureId === sos.id)
        .map((member) => world.professionals.find(({ nationalId }) => nationalId === member.nationalId)!)
        .map(({ nationalId, lastName, firstName }) => ({ nationalId, lastName, firstName })),
    }));
}
