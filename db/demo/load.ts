import sql, { raw } from 'sql-template-tag';
import type { Database, Transaction } from '../../src/foundation/db/database.ts';
import { conflict } from '../../src/foundation/errors.ts';
import { writeJournal } from '../../src/foundation/journal.ts';
import { delegationScopes } from '../../src/identity/contract.ts';
import { normaliseName } from '../../src/territory/server/index.ts';
import { accountLife, actorCard } from './account-life.ts';
import { demoAccounts } from './accounts.ts';
import { demoInventory, demoLocalTools, demoOpinions } from './inventory.ts';
import type { World } from './model.ts';
import { openingsFrom, seriesFrom } from './openings.ts';
import { declarationsOf } from './participation.ts';
import { uuidOf } from './random.ts';
import { conventions, fullTimeEquivalents, pastVisibility } from './visibility.ts';

const SOURCE = 'demo';
const ACTOR = 'demonstration';
/** Participation and memberships of the demonstration hold since that day. */
const SINCE = '2023-01-09';

/**
 * Puts the world in the database with a week of openings, in one transaction; does nothing when it is already there.
 * @throws conflict `demo-world-other-seed` when the database holds the world of another seed.
 */
export async function loadWorld(database: Database, world: World, { now }: { now: Temporal.Instant }): Promise<'loaded' | 'already-there'> {
  return database.for('foundation').transaction(async (tx) => {
    await tx.run(sql`select pg_advisory_xact_lock(7386004)`);
    const loaded = await tx.maybeOne<{ seed: string }>(
      sql`select object_id as seed from foundation.journal where object_type = 'demo-world' order by seq limit 1`,
    );
    if (loaded?.seed === String(world.seed)) return 'already-there';
    if (loaded) throw conflict('demo-world-other-seed', otherSeed(loaded.seed, world.seed));
    const stamp = now.toString();
    await loadTerritories(tx, world, stamp);
    await loadDirectory(tx, world, stamp);
    await insertRows(tx, 'participation', 'participation', declarationsOf(world).map((participation) => ({
      id: uuidOf(world.seed, `participation/${participation.nationalId ?? participation.structureId}`),
      territory: '86', ...participation, validFrom: `${SINCE}T00:00:00Z`, statementAt: participation.statement && `${SINCE}T00:00:00Z`,
      author: ACTOR, recordedAt: `${SINCE}T00:00:00Z`,
    })));
    await loadVisibility(tx, world, now);
    await loadAccounts(tx, world, stamp);
    await insertOpenings(tx, world, now);
    await insertRows(tx, 'availability', 'local_tool', demoLocalTools(world, now));
    await insertRows(tx, 'availability', 'series', seriesFrom(world, now).map((series) => ({ ...series, version: 1, createdBy: ACTOR, createdAt: stamp })));
    await writeJournal(tx, { at: now, territory: '86', actor: ACTOR, objectType: 'demo-world', objectId: String(world.seed), event: 'loaded' });
    return 'loaded';
  });
}

const otherSeed = (there: string, wanted: number): string =>
  `Cette base contient déjà la démonstration de graine ${there} : elle a été gardée. Relancez avec --seed ${there}, ou avec un autre dossier --data pour la graine ${wanted}.`;

/**
 * Adds the openings of the days that have come within the week, so that a demonstration kept for days still has slots.
 * Those already there, even withdrawn by their owner, are left as they are. Gives the number added.
 */
export async function extendOpenings(database: Database, world: World, { now }: { now: Temporal.Instant }): Promise<number> {
  return database.for('availability').transaction((tx) => insertOpenings(tx, world, now));
}

async function insertOpenings(tx: Transaction, world: World, now: Temporal.Instant): Promise<number> {
  const { openings, slots } = openingsFrom(world, now);
  const added = await insertRows(tx, 'availability', 'opening', openings.map((opening) => ({ ...opening, createdBy: ACTOR, createdAt: now.toString() })));
  await insertRows(tx, 'availability', 'slot', slots.map((slot) => ({ ...slot, taken: 0 })));
  return added;
}

/** What was shown in the weeks gone by, the equivalents of the associations' doctors, the conventions. */
async function loadVisibility(tx: Transaction, world: World, now: Temporal.Instant): Promise<void> {
  const { openings, slots, editorWeeks } = pastVisibility(world, now);
  const stamp = now.toString();
  await insertRows(tx, 'availability', 'opening', openings.map((opening) => ({ ...opening, createdBy: ACTOR, createdAt: stamp })));
  await insertRows(tx, 'availability', 'slot', slots.map((slot) => ({ ...slot, taken: 0 })));
  await insertRows(tx, 'availability', 'editor_week', editorWeeks);
  await insertRows(tx, 'participation', 'full_time_equivalent', fullTimeEquivalents(world).map((one) => ({ ...one, validFrom: SINCE, author: ACTOR, authorName: 'Démonstration', recordedAt: stamp })));
  await insertRows(tx, 'participation', 'convention', conventions(world).map((one) => ({ ...one, version: 1, createdAt: stamp, updatedAt: stamp })));
}

async function loadTerritories(tx: Transaction, world: World, stamp: string): Promise<void> {
  await insertRows(tx, 'territory', 'territory', world.territories);
  await insertRows(tx, 'territory', 'territory_commune', world.territoryCommunes);
  await insertRows(tx, 'orientation', 'charter', [
    { territory: '86', version: 1, levels: world.charter, status: 'ACTIF', author: 'Démonstration', createdAt: stamp, activeFrom: stamp },
  ]);
}

async function loadDirectory(tx: Transaction, world: World, stamp: string): Promise<void> {
  const insert = (table: string, rows: readonly object[]) => insertRows(tx, 'directory', table, rows);
  const places = new Map(world.places.map((place) => [place.id, place]));
  await insert('professional', world.professionals.map((one) => ({
    ...one, searchName: normaliseName(`${one.lastName} ${one.firstName}`), source: SOURCE, updatedAt: stamp,
  })));
  await insert('place', world.places.map((place) => ({
    ...place, geoSource: 'address', searchText: normaliseName(`${place.name} ${place.city}`), source: SOURCE, updatedAt: stamp,
  })));
  await insert('activity', world.activities.map((activity) => {
    const { lat, lon } = places.get(activity.placeId)!;
    const id = `${activity.nationalId}@${activity.placeId}#${activity.specialty}/${activity.mode}`;
    return { id, ...activity, lat, lon, source: SOURCE, startedAt: `${SINCE}T00:00:00Z`, updatedAt: stamp };
  }));
  await insert('structure', world.structures.map((structure) => ({
    ...structure, territory: '86', searchName: normaliseName(structure.name), source: SOURCE, updatedAt: stamp,
  })));
  await insert('structure_place', world.structurePlaces);
  await insert('structure_member', world.members.map((member) => ({ ...member, since: SINCE })));
  await insert('structure_zone', world.zones);
  await insert('inventory', demoInventory(world, stamp));
  await insert('csnp_opinion', demoOpinions(world, stamp));
}

async function loadAccounts(tx: Transaction, world: World, stamp: string): Promise<void> {
  const accounts = demoAccounts(world);
  await insertRows(tx, 'identity', 'account', accounts.map((account, rank) => {
    const { id, displayName, lastName, firstName, email, nationalId } = account;
    return { id, displayName, lastName, firstName, email, nationalId, createdAt: stamp, ...actorCard(account, rank) };
  }));
  await insertRows(tx, 'identity', 'grant', accounts.map(({ id, role, territory, structureId }) => ({
    accountId: id, role, territory, structureId: role === 'delegataire' ? null : structureId, grantedAt: stamp,
  })));
  const delegates = accounts.filter(({ role, structureId }) => role === 'delegataire' && structureId !== null);
  await insertRows(tx, 'identity', 'delegation', delegates.map(({ id, structureId }) => ({
    id: uuidOf(world.seed, `delegation/${id}`), accountId: id, structureId, scopes: delegationScopes, territory: '86', validFrom: stamp,
    validUntil: Temporal.Instant.from(stamp).add({ hours: 24 * 180 }).toString(), grantedBy: ACTOR, grantedAt: stamp,
  })));
  const life = accountLife(world, accounts, Temporal.Instant.from(stamp));
  await insertRows(tx, 'identity', 'account', life.accounts);
  await insertRows(tx, 'identity', 'grant', life.grants);
  await insertRows(tx, 'identity', 'account_request', life.requests);
  await insertRows(tx, 'identity', 'delegation', life.delegations);
}

/** Inserts the rows in one statement, columns named after their keys; a row already there stays as it is. Gives how many came. */
async function insertRows(tx: Transaction, schema: string, table: string, rows: readonly object[]): Promise<number> {
  const [first] = rows;
  if (!first) return 0;
  const column = (key: string) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const columns = raw(Object.keys(first).map(column).join(', '));
  const target = raw(`${schema}.${table}`);
  const records = rows.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [column(key), value])));
  return tx.for(schema).run(sql`
    insert into ${target} (${columns})
    select ${columns} from jsonb_populate_recordset(null::${target}, ${JSON.stringify(records)}::jsonb)
    on conflict do nothing`);
}
