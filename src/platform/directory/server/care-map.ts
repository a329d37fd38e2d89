import sql from 'sql-template-tag';
import type { Database } from '../../../foundation/db/database.ts';
import { forbidden } from '../../../foundation/errors.ts';
import { writeJournal } from '../../../foundation/journal.ts';
import type { Clock } from '../../../foundation/clock.ts';
import { type Actor, coversTerritory } from '../../../identity/contract.ts';
import type { Territories } from '../../../territory/server/index.ts';
import type { OrganisedArea } from '../contract.ts';
import { areasOf, type DeclaredArea, type Participant } from '../domain/care-map.ts';
import type { Directory } from './index.ts';

export interface CareMapDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly territories: Pick<Territories, 'communes'>;
  readonly directory: Pick<Directory, 'placesOfAll'>;
  /** Those who take part today: professionals and structures, how, and through which structure. */
  readonly participants: () => Promise<readonly (Omit<Participant, 'insee'> & { readonly structure: boolean })[]>;
  /** How a CPTS answers beyond its slots (« médecin du jour »…), in words; absent: nothing particular. */
  readonly onCallOf: (structureIds: readonly string[], territory: string) => Promise<ReadonlyMap<string, string>>;
}

/** Who organises unscheduled care where: the CPTS, and the sectors of the out-of-hours service elsewhere (ANN-06). */
export interface CareMap {
  /** @throws forbidden `territory-out-of-reach` */
  read(territory: string, actor: Actor): Promise<OrganisedArea[]>;
}

export function createCareMap({ database, clock, territories, directory, participants, onCallOf }: CareMapDependencies): CareMap {
  const db = database.for('directory');

  const cptsOf = (territory: string) => db.query<DeclaredArea>(sql`
    select s.id, s.name, s.contact_channel as "contactChannel", s.hours, coalesce((select array_agg(z.insee order by z.insee) from directory.structure_zone z where z.structure_id = s.id), '{}') as communes
    from directory.structure s where s.kind = 'CPTS' and s.territory = ${territory} and s.ended_at is null order by s.name`);
  const sectorsOf = (territory: string) => db.query<{ name: string; communes: string[] }>(sql`
    select name, array_agg(insee order by insee) as communes from directory.pdsa_sector where territory = ${territory} group by name order by name`);

  /** The commune of each participant: that of his first place, or the structure's own. */
  async function located(): Promise<Participant[]> {
    const all = await participants();
    const ids = (structures: boolean) => all.filter(({ structure }) => structure === structures).map(({ id }) => id);
    const [places, structures] = await Promise.all([
      directory.placesOfAll(ids(false)),
      db.query<{ id: string; insee: string }>(sql`select id, insee from directory.structure where id = any(${ids(true)})`),
    ]);
    const communeOf = new Map([...places.toReversed().map(({ nationalId, place }) => [nationalId, place.insee] as const), ...structures.map(({ id, insee }) => [id, insee] as const)]);
    return all.map((one) => ({ ...one, insee: communeOf.get(one.id) ?? null }));
  }

  return {
    async read(territory, actor) {
      if (!coversTerritory(actor, territory)) {
        await db.transaction((tx) => writeJournal(tx, {
          at: clock.now(), territory, actor: actor.accountId, role: actor.roles[0] ?? null, objectType: 'organisation', objectId: territory, event: 'organisation-refused',
        }));
        throw forbidden('territory-out-of-reach', `Vos droits ne couvrent pas le territoire ${territory}.`);
      }
      const [communes, cpts, sectors, taking] = await Promise.all([territories.communes(territory), cptsOf(territory), sectorsOf(territory), located()]);
      const onCall = await onCallOf(cpts.map(({ id }) => id), territory);
      const areas = areasOf({ communes: communes.map(({ insee }) => insee), cpts, sectors, participants: taking });
      return areas.map((area) => ({ ...area, onCall: onCall.get(area.id) ?? null }));
    },
  };
}
