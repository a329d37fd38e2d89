import sql from 'sql-template-tag';
import type { Clock } from '../../../foundation/clock.ts';
import type { Database, Transaction } from '../../../foundation/db/database.ts';
import { forbidden, notFound } from '../../../foundation/errors.ts';
import { announce } from '../../../foundation/events.ts';
import { writeJournal } from '../../../foundation/journal.ts';
import { type Actor, coversTerritory } from '../../../identity/contract.ts';
import type { Territories } from '../../../territory/server/index.ts';
import type { InventoryCentre, InventoryEffector, ListResult } from '../contract.ts';
import { type AgendaModel, type ConventionStatus, type InventorySource, isCoordinated, type ListedEffector, type listSources, type OpinionStatus } from '../domain/inventory.ts';
import { registeredAs } from '../domain/specialties.ts';
import type { Directory } from './index.ts';
import { readList } from './inventory-list.ts';

export interface InventoryDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly territories: Pick<Territories, 'communes'>;
  readonly directory: Pick<Directory, 'membershipsOf' | 'structure'>;
  /** How each takes part in the SAS today, in words; those who do not are absent. */
  readonly participationOf: (nationalIds: string[]) => Promise<ReadonlyMap<string, string>>;
  /** Where and when slots of each were last seen; those never seen are absent. */
  readonly lastSeen: (nationalIds: string[]) => Promise<ReadonlyMap<string, { source: string; at: Temporal.Instant }>>;
  /** Names of the vendors known, to choose from. */
  readonly vendorNames: () => Promise<readonly string[]>;
}

export interface Stated {
  readonly agenda: AgendaModel | null;
  readonly software: string | null;
}
export interface EffectorChange extends Stated {
  readonly territory: string;
  readonly convention: ConventionStatus | null;
  readonly conventionSince: string | null;
}
export interface CentreChange {
  readonly sharedAgenda: boolean;
  readonly dedicatedSlots: boolean;
  readonly opinion: { readonly status: OpinionStatus; readonly givenOn: string } | null;
}

/** Who takes unscheduled care in a territory, with which software, under which convention. */
export interface Inventory {
  /** @throws forbidden `territory-out-of-reach` */
  read(territory: string, actor: Actor): Promise<{ effectors: InventoryEffector[]; centres: InventoryCentre[] }>;
  /** @throws forbidden `territory-out-of-reach` */
  save(nationalId: string, change: EffectorChange, actor: Actor): Promise<void>;
  /** @throws forbidden `territory-out-of-reach`, invalid `list-unreadable` */
  importList(list: { territory: string; source: (typeof listSources)[number]; content: string }, actor: Actor): Promise<ListResult>;
  /** @throws not-found `structure-not-found`, forbidden `territory-out-of-reach` */
  saveCentre(id: string, change: CentreChange, actor: Actor): Promise<void>;
  /** What an effecteur said of his own software. @throws forbidden `no-national-id` */
  own(actor: Actor): Promise<Stated & { declaredAt: string | null; known: string[] }>;
  declare(stated: Stated, actor: Actor): Promise<void>;
}

interface StoredRow extends Stated {
  nationalId: string;
  listedName: string | null;
  listedCity: string | null;
  sources: InventorySource[];
  convention: ConventionStatus | null;
  conventionSince: string | null;
  declaredAt: Temporal.Instant | null;
}
interface KnownRow {
  nationalId: string;
  name: string;
  city: string;
}

const GENERAL_PRACTICE = 'SM54';

const storedColumns = sql`national_id as "nationalId", listed_name as "listedName", listed_city as "listedCity", sources, agenda, software, convention,
  convention_since as "conventionSince", declared_at as "declaredAt"`;

export function createInventory(dependencies: InventoryDependencies): Inventory {
  const { database, clock, territories, directory, participationOf, lastSeen, vendorNames } = dependencies;
  const db = database.for('directory');

  const entry = (actor: Actor, territory: string, objectId: string, event: string) => ({
    at: clock.now(), territory, actor: actor.accountId, role: actor.roles[0] ?? null, objectType: 'inventory', objectId, event,
  });

  async function mayReach(actor: Actor, territory: string, objectId: string): Promise<void> {
    if (coversTerritory(actor, territory)) return;
    await db.transaction((tx) => writeJournal(tx, entry(actor, territory, objectId, 'inventory-refused')));
    throw forbidden('territory-out-of-reach', `Vos droits ne couvrent pas le territoire ${territory}. Rien n'a été lu ni modifié.`);
  }

  /** General practitioners of the territory, and whoever a list or a declaration names. */
  async function effectorsOf(territory: string): Promise<InventoryEffector[]> {
    const communes = (await territories.communes(territory)).map(({ insee }) => insee);
    const stored = await db.query<StoredRow>(sql`select ${storedColumns} from directory.inventory where territory = ${territory}`);
    const known = await db.query<KnownRow>(sql`
      select distinct on (p.national_id) p.national_id as "nationalId", p.last_name || ' ' || p.first_name as name, pl.city
      from directory.professional p join directory.activity a on a.national_id = p.national_id and a.ended_at is null join directory.place pl on pl.id = a.place_id
      where (pl.insee = any(${communes}) and a.specialty = any(${registeredAs(GENERAL_PRACTICE)})) or p.national_id = any(${stored.map(({ nationalId }) => nationalId)})
      order by p.national_id, pl.insee = any(${communes}) desc, a.id`);
    const ids = [...new Set([...known, ...stored].map(({ nationalId }) => nationalId))];
    const [memberships, participations, seen] = await Promise.all([directory.membershipsOf(ids), participationOf(ids), lastSeen(ids)]);
    const inDirectory = new Map(known.map((row) => [row.nationalId, row]));
    const stated = new Map(stored.map((row) => [row.nationalId, row]));
    return ids.map((nationalId) => {
      const [person, row, last] = [inDirectory.get(nationalId), stated.get(nationalId), seen.get(nationalId)];
      return {
        nationalId, name: person?.name ?? row?.listedName ?? nationalId, city: person?.city ?? row?.listedCity ?? null, inDirectory: person !== undefined,
        structures: (memberships.get(nationalId) ?? []).map(({ name }) => name),
        sources: row?.sources ?? [], agenda: row?.agenda ?? null, software: row?.software ?? null,
        convention: row?.convention ?? null, conventionSince: row?.conventionSince ?? null, declaredAt: row?.declaredAt?.toString() ?? null,
        participation: participations.get(nationalId) ?? null, seen: last ? { source: last.source, at: last.at.toString() } : null,
      };
    });
  }

  function centresOf(territory: string): Promise<InventoryCentre[]> {
    return db.query<InventoryCentre>(sql`
      select s.id, s.name, s.city, coalesce(c.shared_agenda, s.coordinated, false) as "sharedAgenda", coalesce(c.dedicated_slots, s.coordinated, false) as "dedicatedSlots",
        coalesce(s.coordinated, false) as coordinated,
        coalesce((select jsonb_agg(jsonb_build_object('status', o.status, 'givenOn', o.given_on) order by o.given_on desc, o.at desc)
          from directory.csnp_opinion o where o.structure_id = s.id), '[]') as opinions
      from directory.structure s left join directory.csnp_coordination c on c.structure_id = s.id
      where s.kind = 'CSNP' and s.territory = ${territory} and s.ended_at is null order by s.name`);
  }

  const changed = (tx: Transaction, territory: string) => announce(tx, { topic: 'inventory', ids: { territory }, audience: { territories: [territory, '*'] } });

  function ownOf(actor: Actor): { nationalId: string; territory: string } {
    const [territory] = actor.territories;
    if (!actor.nationalId || !territory) throw forbidden('no-national-id', "Votre compte ne porte pas d'identifiant national : votre gestionnaire de comptes peut l'ajouter. Rien n'a été enregistré.");
    return { nationalId: actor.nationalId, territory };
  }

  return {
    async read(territory, actor) {
      await mayReach(actor, territory, territory);
      const [effectors, centres] = await Promise.all([effectorsOf(territory), centresOf(territory)]);
      return { effectors: effectors.toSorted((a, b) => a.name.localeCompare(b.name, 'fr')), centres };
    },

    async save(nationalId, { territory, agenda, software, convention, conventionSince }, actor) {
      await mayReach(actor, territory, nationalId);
      await db.transaction(async (tx) => {
        await tx.run(sql`
          insert into directory.inventory (territory, national_id, sources, agenda, software, convention, convention_since, updated_at, updated_by)
          values (${territory}, ${nationalId}, '{}', ${agenda}, ${software}, ${convention}, ${conventionSince}, ${clock.now()}, ${actor.accountId})
          on conflict (territory, national_id) do update set agenda = excluded.agenda, software = excluded.software, convention = excluded.convention,
            convention_since = excluded.convention_since, updated_at = excluded.updated_at, updated_by = excluded.updated_by`);
        await writeJournal(tx, { ...entry(actor, territory, nationalId, 'inventory-changed'), payload: { agenda, software, convention, conventionSince } });
        await changed(tx, territory);
      });
    },

    async importList({ territory, source, content }, actor) {
      await mayReach(actor, territory, territory);
      const { lines, effectors, rejected } = readList(content);
      return db.transaction(async (tx) => {
        const stored = await tx.query<StoredRow>(sql`
          select ${storedColumns} from directory.inventory where territory = ${territory} and national_id = any(${effectors.map(({ nationalId }) => nationalId)}) for update`);
        const before = new Map(stored.map((row) => [row.nationalId, row]));
        const rows = effectors.map((listed) => merged(listed, before.get(listed.nationalId) ?? null, source));
        const wanted = rows.filter((row) => !same(row, before.get(row.nationalId)));
        await upsert(tx, territory, wanted, clock.now(), actor.accountId);
        const created = wanted.filter(({ nationalId }) => !before.has(nationalId)).length;
        const figures = { lines, created, updated: wanted.length - created, unchanged: rows.length - wanted.length };
        await writeJournal(tx, { ...entry(actor, territory, territory, 'inventory-list-imported'), payload: { source, ...figures, rejected: rejected.length } });
        if (wanted.length > 0) await changed(tx, territory);
        return { ...figures, rejected: [...rejected] };
      });
    },

    async saveCentre(id, { sharedAgenda, dedicatedSlots, opinion }, actor) {
      const { kind, territory } = await directory.structure(id);
      if (kind !== 'CSNP') throw notFound('structure-not-found', `${id} n'est pas un centre de soins non programmés.`);
      await mayReach(actor, territory, id);
      await db.transaction(async (tx) => {
        await tx.run(sql`
          insert into directory.csnp_coordination (structure_id, shared_agenda, dedicated_slots) values (${id}, ${sharedAgenda}, ${dedicatedSlots})
          on conflict (structure_id) do update set shared_agenda = excluded.shared_agenda, dedicated_slots = excluded.dedicated_slots`);
        await tx.run(sql`update directory.structure set coordinated = ${isCoordinated({ sharedAgenda, dedicatedSlots })}, updated_at = ${clock.now()} where id = ${id}`);
        if (opinion) {
          await tx.run(sql`
            insert into directory.csnp_opinion (structure_id, status, given_on, author, at)
            values (${id}, ${opinion.status}, ${opinion.givenOn}, ${actor.accountId}, ${clock.now()}) on conflict do nothing`);
        }
        await writeJournal(tx, { ...entry(actor, territory, id, 'csnp-changed'), payload: { sharedAgenda, dedicatedSlots, opinion } });
        await changed(tx, territory);
      });
    },

    async own(actor) {
      const { nationalId, territory } = ownOf(actor);
      const row = await db.maybeOne<StoredRow>(sql`select ${storedColumns} from directory.inventory where territory = ${territory} and national_id = ${nationalId}`);
      const used = await db.query<{ software: string }>(sql`select distinct software from directory.inventory where software is not null order by software limit 200`);
      const known = [...new Set([...(await vendorNames()), ...used.map(({ software }) => software)])].toSorted((a, b) => a.localeCompare(b, 'fr'));
      return { agenda: row?.agenda ?? null, software: row?.software ?? null, declaredAt: row?.declaredAt?.toString() ?? null, known };
    },

    async declare({ agenda, software }, actor) {
      const { nationalId, territory } = ownOf(actor);
      await db.transaction(async (tx) => {
        await tx.run(sql`
          insert into directory.inventory as i (territory, national_id, sources, agenda, software, declared_at, updated_at, updated_by)
          values (${territory}, ${nationalId}, '{DECLARATION}', ${agenda}, ${software}, ${clock.now()}, ${clock.now()}, ${actor.accountId})
          on conflict (territory, national_id) do update set agenda = excluded.agenda, software = excluded.software, declared_at = excluded.declared_at,
            sources = case when 'DECLARATION' = any(i.sources) then i.sources else i.sources || excluded.sources end,
            updated_at = excluded.updated_at, updated_by = excluded.updated_by`);
        await writeJournal(tx, { ...entry(actor, territory, nationalId, 'software-declared'), payload: { agenda, software } });
        await changed(tx, territory);
      });
    },
  };
}

/** The row that a line of a list makes of the one before: it adds its source and what it says, and leaves what he declared himself. */
function merged(listed: ListedEffector, before: StoredRow | null, source: InventorySource): StoredRow {
  const declared = before?.declaredAt ?? null;
  return {
    nationalId: listed.nationalId, listedName: listed.name ?? before?.listedName ?? null, listedCity: listed.city ?? before?.listedCity ?? null,
    sources: [...new Set([...(before?.sources ?? []), source])],
    agenda: declared ? before!.agenda : (listed.agenda ?? before?.agenda ?? null),
    software: declared ? before!.software : (listed.software ?? before?.software ?? null),
    convention: listed.convention ?? before?.convention ?? null,
    conventionSince: listed.conventionSince ?? before?.conventionSince ?? null, declaredAt: declared,
  };
}

const compared = ['listedName', 'listedCity', 'agenda', 'software', 'convention', 'conventionSince'] as const;
const same = (row: StoredRow, before: StoredRow | undefined): boolean =>
  before !== undefined && compared.every((key) => row[key] === before[key]) && row.sources.join() === before.sources.join();

async function upsert(tx: Transaction, territory: string, rows: readonly StoredRow[], now: Temporal.Instant, author: string): Promise<void> {
  if (rows.length === 0) return;
  const values = rows.map(({ declaredAt: _, ...row }) => row);
  await tx.run(sql`
    insert into directory.inventory (territory, national_id, listed_name, listed_city, sources, agenda, software, convention, convention_since, updated_at, updated_by)
    select ${territory}, r."nationalId", r."listedName", r."listedCity", r.sources, r.agenda, r.software, r.convention, r."conventionSince", ${now}, ${author}
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as r ("nationalId" text, "listedName" text, "listedCity" text, sources text[], agenda text,
      software text, convention text, "conventionSince" date)
    on conflict (territory, national_id) do update set listed_name = excluded.listed_name, listed_city = excluded.listed_city, sources = excluded.sources,
      agenda = excluded.agenda, software = excluded.software, convention = excluded.convention, convention_since = excluded.convention_since,
      updated_at = excluded.updated_at, updated_by = excluded.updated_by`);
}
