import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { afterAll, describe, expect, test } from 'vitest';
import { startEditorSimulator } from '../../../../simulators/editors/server.ts';
import { testCatalog } from '../../../../simulators/testing/catalog.ts';
import { createTestDatabase } from '../../../../tests/support/database.ts';
import { fixturesDir } from '../../../../tests/support/fixtures.ts';
import { ManualClock } from '../../../foundation/clock.ts';
import { silentLogger } from '../../../foundation/log.ts';
import type { Actor } from '../../../identity/contract.ts';
import { createAccounts, ensureAccount } from '../../../identity/server/accounts.ts';
import type { Editor } from '../../../platform/availability/contract.ts';
import { createVendorAccounts } from '../../../platform/availability/server/vendor-accounts.ts';
import { createEditorHttp } from '../editor/http.ts';
import { editor as editorAt } from '../editor/testing.ts';
import { createAccountSender } from './client.ts';
import { regulatorResource } from './regulator.ts';

const http = createEditorHttp({ responseBytes: 100_000, redirects: 0, silenceMs: 5_000 });
afterAll(() => http.close());

const manager: Actor = {
  accountId: 'manager', displayName: 'Test', email: null, roles: ['gestionnaire-comptes'], territories: ['86'], nationalId: null, structureIds: [], delegations: [], editor: null,
};

/** The platform's accounts, the work that provisions them and two vendors on real sockets. */
async function room(names: readonly string[] = ['Rapide']) {
  const database = await createTestDatabase();
  const clock = new ManualClock('2026-01-15T08:00:00Z');
  const vendors = await Promise.all(names.map((name) => startEditorSimulator({ name, behaviour: { ...quick, label: name }, catalog: testCatalog })));
  afterAll(() => Promise.all(vendors.map((vendor) => vendor.close())));
  const editors: Editor[] = vendors.map(({ name, baseUrl }) => editorAt(baseUrl, { name }));
  for (const { name, baseUrl } of editors) {
    await database.owner.for('availability').run(sql`insert into availability.editor (name, base_url, flows) values (${name}, ${baseUrl}, '{ps}')`);
  }
  const provisioning = createVendorAccounts({
    database, clock, log: silentLogger, accounts: createAccounts(database, clock), editors: { list: async () => editors }, send: createAccountSender(http),
  });
  const identity = database.for('identity');
  const change = (statement: ReturnType<typeof sql>, accountId: string) =>
    identity.transaction(async (tx) => {
      await tx.run(statement);
      await provisioning.regulatorChanged(tx, accountId);
    });
  return {
    database, clock, vendors, editors, provisioning,
    async regulator(nationalId: string | null, email: string | null = 'zoe@samu.example') {
      const { id } = await ensureAccount(identity, { nationalId, email, displayName: 'Zoé Regul', lastName: 'Regul', firstName: 'Zoé' });
      await identity.run(sql`insert into identity.grant (account_id, role, territory) values (${id}, 'osnp', '86')`);
      return id;
    },
    change,
    suspend: (id: string) => change(sql`update identity.account set state = 'suspended' where id = ${id}`, id),
    async signIn(id: string) {
      const owner = database.owner.for('availability');
      const planned = async () => (await owner.maybeOne<{ planned: number }>(sql`select planned from availability.regulator_account where account_id = ${id} and planned = revision`))?.planned ?? 0;
      const before = await planned();
      provisioning.onSignIn(id);
      await until(async () => (await planned()) > before);
      await provisioning.work();
      await until(async () => (await owner.query(sql`select 1 from availability.vendor_account where claimed_until > ${clock.now()}`)).length === 0);
    },
    at: async (name = names[0]!) => (await provisioning.list(manager)).accounts.flatMap(({ vendors: all }) => all.filter(({ editor }) => editor === name))[0],
    written: (n = 0) => vendors[n]!.requests.filter(({ method }) => method === 'POST' || method === 'PUT').map(({ method, url }) => `${method} ${decodeURIComponent(url)}`),
  };
}
const quick = { flows: ['ps' as const], latency: [{ share: 1, fromMs: 0, toMs: 1 }], bursts: null, negligences: {} };

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; !(await condition()); turn++) {
    if (turn > 500) throw new Error('the condition never held');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
const national = 'urn:oid:1.2.250.1.71.4.2.1|';
const technical = 'urn:oid:1.2.250.1.213.3.6|';

test('[INT-03] P17 at sign-in the account is created once at each vendor; signing in again sends nothing; a vendor that fails is tried again', async () => {
  const { regulator, signIn, written, vendors, clock, provisioning, at } = await room(['Rapide', 'Fragile']);
  const id = await regulator('3860000001/OSNP1');
  vendors[1]!.setFault('http-500');
  await signIn(id);
  expect(written(0)).toEqual(['POST /fhir/Practitioner']);
  expect(vendors[0]!.accounts()).toMatchObject([{ active: true, email: 'zoe@samu.example', lastName: 'Regul', firstName: 'Zoé', identifiers: [{ value: '3860000001/OSNP1' }] }]);
  expect(await at('Rapide')).toMatchObject({ state: 'ready', pending: null, attempts: 0, lastError: null, synchronisedAt: '2026-01-15T08:00:00Z' });
  expect(await at('Fragile')).toMatchObject({ state: 'retrying', pending: 'create', attempts: 1, lastStatus: 500, nextAttemptAt: '2026-01-15T08:00:10Z' });

  vendors[1]!.setFault('none');
  await provisioning.work();
  expect(written(1)).toHaveLength(1);
  clock.advance({ seconds: 10 });
  await provisioning.work();
  // It may have kept the account before it failed: an update creates when nobody has the id, and never a second one.
  expect(written(1)).toEqual(['POST /fhir/Practitioner', `PUT /fhir/Practitioner?identifier=${national}3860000001/OSNP1`]);
  expect(await at('Fragile')).toMatchObject({ state: 'ready', lastError: null });
  await signIn(id);
  expect([written(0).length, written(1).length]).toEqual([1, 2]);
});

test('[INT-03] P18 without national id the technical one is used; when it comes, the update names the former and carries the new; then an e-mail', async () => {
  const { regulator, signIn, written, vendors, change, provisioning, at } = await room();
  const id = await regulator(null);
  await signIn(id);
  expect(vendors[0]!.accounts()[0]!.identifiers).toEqual([{ system: 'urn:oid:1.2.250.1.213.3.6', value: id }]);
  await change(sql`update identity.account set national_id = '3860000001/OSNP1' where id = ${id}`, id);
  await provisioning.work();
  expect(await at()).toMatchObject({ state: 'waiting-sign-in', pending: 'update' });
  expect(written()).toHaveLength(1);
  await signIn(id);
  await change(sql`update identity.account set email = 'nouvelle@samu.example' where id = ${id}`, id);
  await signIn(id);
  expect(written().slice(1)).toEqual([`PUT /fhir/Practitioner?identifier=${technical}${id}`, `PUT /fhir/Practitioner?identifier=${national}3860000001/OSNP1`]);
  expect(vendors[0]!.accounts()).toMatchObject([{ email: 'nouvelle@samu.example', identifiers: [{ value: '3860000001/OSNP1' }] }]);
});

test('[INT-03] P19 suspended, or his habilitation removed, he is closed at the vendor at once, without signing in; a refusal to close is tried for ever', async () => {
  const { regulator, signIn, vendors, suspend, change, provisioning, clock, at, database } = await room();
  const id = await regulator('3860000001/OSNP1');
  await signIn(id);
  vendors[0]!.setFault('reset');
  await suspend(id);
  await provisioning.work();
  expect(vendors[0]!.accounts()[0]!.active).toBe(true);
  expect(await at()).toMatchObject({ state: 'retrying', pending: 'deactivate', lastStatus: null, lastError: expect.stringContaining('a coupé la connexion') });
  for (let hours = 0; hours < 8; hours++) {
    clock.advance({ hours: 1 });
    await provisioning.work();
  }
  vendors[0]!.setFault('none');
  clock.advance({ hours: 1 });
  await provisioning.work();
  expect(vendors[0]!.accounts()[0]!.active).toBe(false);
  expect(await at()).toMatchObject({ state: 'deactivated', pending: null });

  const other = await regulator(null, 'leo@samu.example');
  await signIn(other);
  await change(sql`update identity.grant set revoked_at = now() where account_id = ${other}`, other);
  await provisioning.work();
  expect(vendors[0]!.accounts().map(({ email, active }) => [email, active])).toEqual([['zoe@samu.example', false], ['leo@samu.example', false]]);
  expect(await database.owner.for('foundation').query(sql`select distinct event from foundation.journal order by event`)).toEqual([{ event: 'vendor-account-created' }, { event: 'vendor-account-deactivated' }]);
});

test('[INT-03] a right that ended without anybody saying so is found by the background work', async () => {
  const { regulator, signIn, vendors, database, provisioning } = await room();
  const id = await regulator(null);
  await signIn(id);
  await database.for('identity').run(sql`update identity.grant set revoked_at = now() where account_id = ${id}`);
  await provisioning.tasks.find(({ name }) => name === 'vendor-accounts-lost')!.work();
  await provisioning.work();
  expect(vendors[0]!.accounts()[0]!.active).toBe(false);
});

test('[INT-03] the id of a closed account goes to another person; that of an active one is refused in words, and retrying is for those of the territory', async () => {
  const { regulator, signIn, vendors, suspend, change, provisioning, at, database } = await room();
  const first = await regulator('3860000001/OSNP1');
  await signIn(first);
  const stranger = `${vendors[0]!.baseUrl}/Practitioner`;
  const foreign = regulatorResource({ identifier: { kind: 'national', value: '3860000001/PRIS' }, active: true, lastName: 'Autre', firstName: 'Léa', email: 'lea@samu.example', baseUrl: '' });
  await fetch(stranger, { method: 'POST', headers: { 'content-type': 'application/fhir+json' }, body: JSON.stringify(foreign) });
  await change(sql`update identity.account set national_id = '3860000001/PRIS' where id = ${first}`, first);
  await signIn(first);
  expect(await at()).toMatchObject({ state: 'refused', pending: 'update', lastStatus: 422, lastError: "L'éditeur refuse ce compte (422). Il dit : Un autre compte actif porte déjà cet identifiant.", nextAttemptAt: null });

  await expect(provisioning.retry(first, 'Rapide', { ...manager, territories: ['79'] })).rejects.toMatchObject({ code: 'territory-out-of-reach' });
  expect(await database.owner.for('foundation').query(sql`select event from foundation.journal where event like '%retry-refused'`)).toHaveLength(1);
  expect((await provisioning.list({ ...manager, territories: ['79'] })).accounts).toEqual([]);
  await provisioning.retry(first, 'Rapide', manager);
  expect(await at()).toMatchObject({ nextAttemptAt: '2026-01-15T08:00:00Z' });

  await suspend(first);
  await provisioning.work();
  const second = await regulator('3860000001/OSNP1', 'leo@samu.example');
  await signIn(second);
  expect(vendors[0]!.accounts().filter(({ active }) => active).map(({ email }) => email)).toEqual(['lea@samu.example', 'leo@samu.example']);
});

test('[INT-03] without an e-mail nothing is sent, and it is said; somebody who is no regulator leaves no trace', async () => {
  const { regulator, signIn, written, at, database, provisioning } = await room();
  await signIn(await regulator('3860000001/OSNP1', null));
  expect(written()).toEqual([]);
  expect(await at()).toMatchObject({ state: 'refused', lastError: expect.stringContaining('adresse électronique') });
  const { id } = await ensureAccount(database.for('identity'), { nationalId: '810000000017', email: 'e@e.example', displayName: 'E', lastName: 'E', firstName: 'E' });
  provisioning.onSignIn(id);
  await until(async () => (await database.owner.for('availability').query(sql`select 1 from availability.regulator_account where account_id = ${id}`)).length === 0);
});

describe.skipIf(!fixturesDir)('[INT-03] what is written', () => {
  test.each([1, 2, 3, 4])('the official account %i, written by us, is element for element the official one', (n) => {
    const { id: _, text: __, ...official } = JSON.parse(readFileSync(join(fixturesDir!, 'ig-sas', `Practitioner-ExamplePractitionerRegul${n}.json`), 'utf8'));
    const [{ system, value }] = official.identifier;
    expect(regulatorResource({
      identifier: { kind: system.endsWith('213.3.6') ? 'technical' : 'national', value }, active: official.active, lastName: official.name[0].family,
      firstName: official.name[0].given[0], email: official.telecom[0].value, baseUrl: '',
    })).toEqual(official);
  });
});
