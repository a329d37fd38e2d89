import type { Flow } from '../../src/platform/availability/contract.ts';
import { type DemoPlace, type EditorName, editorNames, type OpenHours, type World } from './model.ts';
import { uuidOf } from './random.ts';

/** The fictional vendors and what each is asked for. */
export const demoEditors: readonly { readonly name: EditorName; readonly flows: readonly Flow[] }[] = editorNames.map((name) => ({
  name,
  flows: name === 'AgendaRapide' ? ['ps', 'cpts', 'sos'] : ['ps'],
}));

interface CatalogPlace {
  /** Prefixed national id, when the place has one. */
  readonly id: string | null;
  /** The vendor's own id. */
  readonly internalId: string;
  readonly name: string;
  readonly line: string;
  readonly city: string;
  readonly postcode: string;
  readonly phone: string;
  readonly lat: number;
  readonly lon: number;
}

/** What a vendor knows: its customers and where they work. */
export interface DemoCatalog {
  readonly practitioners: readonly {
    readonly nationalId: string;
    readonly lastName: string;
    readonly firstName: string;
    readonly specialties: readonly { readonly code: string; readonly label: string }[];
    /** CPTS to which the slots are also shown; FINESS without prefix. */
    readonly cpts: readonly { readonly finess: string; readonly name: string; readonly phone: string }[];
    readonly places: readonly CatalogPlace[];
  }[];
  /** SOS Médecins associations; SIRET without prefix. */
  readonly associations: readonly {
    readonly siret: string;
    readonly name: string;
    readonly places: readonly (Omit<CatalogPlace, 'id' | 'lat' | 'lon'> & { readonly hours: readonly OpenHours[] })[];
  }[];
}

/** What each fictional vendor knows of this world. */
export function editorCatalogs(world: World): Record<EditorName, DemoCatalog> {
  const catalog = (editor: EditorName): DemoCatalog => ({
    practitioners: practitionersOf(world, editor),
    associations: associationsOf(world, editor),
  });
  return Object.fromEntries(editorNames.map((name) => [name, catalog(name)])) as Record<EditorName, DemoCatalog>;
}

function practitionersOf(world: World, editor: EditorName): DemoCatalog['practitioners'] {
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

function catalogPlace({ seed }: World, editor: EditorName, place: DemoPlace): CatalogPlace {
  const { id, name, address, city, postcode, phone, lat, lon } = place;
  const internalId = uuidOf(seed, `${editor}/place/${id}`);
  return { id: id.startsWith('adr:') ? null : id, internalId, name, line: address, city, postcode, phone, lat, lon };
}

function associationsOf(world: World, editor: EditorName): DemoCatalog['associations'] {
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
          return { internalId, name, line, city, postcode, phone, hours: sos.hours };
        }),
    }));
}
