import { expect, test } from 'vitest';
import { createTestDatabase } from '../../tests/support/database.ts';
import { ManualClock } from '../foundation/clock.ts';
import { chainJournal, verifyJournal, writeJournal } from '../foundation/journal.ts';
import type { Actor } from '../identity/contract.ts';
import { categoryCodes, categories } from '../privacy/contract.ts';
import { assemblePrivacy } from './privacy.ts';

const NOW = '2046-01-01T00:00:00Z';
const OLD = '2030-01-01T00:00:00Z';
const YOUNG = '2045-12-31T23:00:00Z';
const nobody = { names: async () => new Map<string, string>(), holders: async () => [] };
const unsent = { tellContactReceived: async () => true, tellContactAnswered: async () => true, tellSupport: async () => true };
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const national: Actor = {
  accountId: 'national', displayName: 'National', email: null, roles: ['administrateur-national'], territories: ['*'], nationalId: null, structureIds: [],
  delegations: [], editor: null,
};

/** One old record and one young record of everything that is kept for a time, with what depends on them. */
const fill = (at: string, n: number) => `
  insert into identity.account (id, display_name, last_name, first_name) values ('${uuid(n)}', 'A', 'A', 'A');
  insert into identity.session (id_hash, account_id, created_at, expires_at) values ('\\x0${n}', '${uuid(n)}', '${at}', '${at}');
  insert into identity.token (hash, account_id, role, territory, created_at, expires_at) values ('\\x0${n}', '${uuid(n)}', 'osnp', '86', '${at}', '${at}');
  insert into identity.delegation (account_id, national_id, scopes, valid_from, valid_until, granted_by) values ('${uuid(n)}', '8', '{agenda}', '2020-01-01', '${at}', 'x');
  insert into foundation.event (at, topic) values ('${at}', 'x');
  insert into foundation.outbox (id, channel, recipient, payload, state, created_at) values ('${uuid(n)}', 'x', 'x', '{}', 'sent', '${at}');
  insert into messages.sending (id, key, template, asked_at, erase_at) values ('${uuid(n)}', '${n}', 'outcomes-to-tell', '${at}', '${at}');
  insert into directory.import (id, kind, file_name, file_hash, started_at, finished_at) values ('${uuid(n)}', 'x', 'x', 'x', '${at}', '${at}');
  insert into directory.import_rejection (import_id, line, reason) values ('${uuid(n)}', 1, 'x');
  insert into availability.editor_call (editor, flow, at, status, latency_ms, asked, slots) values ('x', 'ps', '${at}', 'ok', 1, 1, 1);
  insert into orientation.search (id, at, territory, actor, role, criteria, seed, ranking, specialty, candidate_count, candidates)
    values ('${uuid(n)}', '${at}', '86', 'x', 'osnp', '{}', 'x', 'distance', 'SM54', 0, '[]');
  insert into orientation.search_event (search_id, at, kind, payload) values ('${uuid(n)}', '${at}', 'chosen', '{}');
  insert into orientation.request (id, territory, actor, actor_role, search_id, empty_search_id, wanted_at, candidates, state, created_at, updated_at)
    values ('${uuid(n)}', '86', 'x', 'osnp', '${uuid(n)}', '${uuid(n)}', '${at}', '[]', 'EPUISE', '${at}', '${at}');
  insert into orientation.orientation (id, territory, search_id, request_id, actor, actor_role, kind, status, category, label, place_label, created_at, updated_at, idempotency_key, request_hash)
    values ('${uuid(n)}', '86', '${uuid(n)}', '${uuid(n)}', 'x', 'osnp', 'phone', 'x', 'PS', 'x', 'x', '${at}', '${at}', '${n}', '\\x00');
  insert into orientation.orientation_event (orientation_id, at, actor, event, to_status) values ('${uuid(n)}', '${at}', 'x', 'x', 'x');
  insert into orientation.attempt (orientation_id, request_id, subject, position, channel) values ('${uuid(n)}', '${uuid(n)}', 'x', 0, 'web');
  insert into orientation.notice (orientation_id, told, start_at, at) values ('${uuid(n)}', 'booked', '${at}', '${at}');
  insert into orientation.notice_due (orientation_id, at) values ('${uuid(n)}', '${at}');
  insert into privacy.request (id, number, territory, account_id, kind, subject, body, at, due_at, state, answered_at, answered_by)
    values ('${uuid(n)}', '${n}', '86', 'x', 'rectification', 'x', '', '${at}', '${at}', 'accepted', '${at}', 'x');
  insert into help.contact (id, number, territory, account_id, role, subject, body, at, state, closed_at)
    values ('${uuid(n)}', '${n}', '86', 'x', 'osnp', 'autre', 'x', '${at}', 'closed', '${at}');
  insert into telephony.command (territory, id, lane, body, created_at, created_by, state, done_at) values ('86', '${uuid(n)}', 'x', '{}', '${at}', 'x', 'accepted', '${at}');
  insert into telephony.call (territory, id, source, state, flow, entry_level, presented_at, ended_at, dossier_id)
    values ('86', 'c${n}', 'api', 'x', 'x', 'x', '${at}', '${at}', null), ('86', 'd${n}', 'api', 'x', 'x', 'x', '${at}', '${at}', 'dossier');
  insert into telephony.leg (territory, call_id, leg, party) values ('86', 'c${n}', 1, 'x');
  insert into telephony.call_event (territory, event_id, call_id, at, version, type, received_at) values ('86', 'e${n}', 'c${n}', '${at}', 0, 'x', '${at}');`;

const tables: Record<string, string> = {
  sessions: 'identity.session', tokens: 'identity.token', delegations: 'identity.delegation', announcements: 'foundation.event', messages: 'foundation.outbox', sendings: 'messages.sending',
  imports: 'directory.import', 'vendor-calls': 'availability.editor_call', orientations: 'orientation.orientation', searches: 'orientation.search',
  'rights-requests': 'privacy.request', contacts: 'help.contact', 'phone-commands': 'telephony.command', calls: 'telephony.call where dossier_id is null',
};

test('[SEC-07] every category erases what has outlived its duration, with what depends on it, and keeps what has not; the journal still verifies', async () => {
  const database = await createTestDatabase();
  const clock = new ManualClock(NOW);
  const rows = async (text: string) => (await database.owner.pool.query(text)).rows;
  await rows(`${fill(OLD, 1)} ${fill(YOUNG, 2)}`);
  for (const at of [OLD, YOUNG]) {
    await database.for('foundation').transaction((tx) => writeJournal(tx, { at: Temporal.Instant.from(at), actor: 'x', objectType: 'x', objectId: 'x', event: 'x' }));
  }
  while ((await verifyJournal(database)).waiting > 0) await chainJournal(database);
  const { retention } = assemblePrivacy({ database, clock, accounts: nobody, messages: unsent, territories: { list: async () => [{ code: '86' }] as never } });
  await retention.run();

  for (const [category, table] of Object.entries(tables)) expect([category, await rows(`select 1 from ${table}`)]).toEqual([category, [expect.anything()]]);
  for (const table of ['directory.import_rejection', 'orientation.search_event', 'orientation.orientation_event', 'orientation.request', 'orientation.attempt', 'orientation.notice', 'orientation.notice_due', 'telephony.leg', 'telephony.call_event']) {
    expect([table, await rows(`select 1 from ${table}`)]).toEqual([table, [expect.anything()]]);
  }
  expect(await rows('select 1 from telephony.call where dossier_id is not null')).toHaveLength(2);
  expect((await verifyJournal(database)).broken).toBeNull();
  expect((await verifyJournal(database)).sealed).toBe(1);

  const purged = categoryCodes.filter((code) => categories[code].ending === 'purge');
  const { runs } = await retention.overview('86', national);
  expect(new Set(runs.filter((run) => run.purged === 1).map(({ category }) => category))).toEqual(new Set(purged));
});

test('[SEC-07] dossiers are never erased by the software: those whose time is over are only counted', async () => {
  const database = await createTestDatabase();
  const { retention } = assemblePrivacy({ database, clock: new ManualClock(NOW), accounts: nobody, messages: unsent, territories: { list: async () => [] } });
  expect(await retention.forecast('86', 'dossiers', undefined, national)).toMatchObject({ days: 7_305, due: 0 });
  await expect(retention.forecast('86', 'audio', undefined, national)).rejects.toMatchObject({ code: 'category-without-purge' });
});

test('[SEC-07] every table that refers to one kept for a time goes with it: a new one is named among the dependents', async () => {
  const database = await createTestDatabase();
  const kept = Object.values(tables).map((table) => table.split(' ')[0]);
  const { rows } = await database.owner.pool.query(
    `select conrelid::regclass::text as "from" from pg_constraint where contype = 'f' and confrelid::regclass::text = any($1) order by 1`, [kept],
  );
  expect(rows.map(({ from }) => from)).toEqual([
    'directory.import_rejection', 'orientation.attempt', 'orientation.notice', 'orientation.notice_due', 'orientation.orientation', 'orientation.orientation_event',
    // By the search followed, and by the one that came back empty.
    'orientation.request', 'orientation.request', 'orientation.search_event', 'telephony.leg',
  ]);
});

test('[SEC-08] somebody reads what every context keeps about him, and nothing of anybody else', async () => {
  const database = await createTestDatabase();
  await database.owner.pool.query(`${fill(OLD, 1)} ${fill(YOUNG, 2)}
    update orientation.orientation set actor = '${uuid(1)}' where id = '${uuid(1)}'; update orientation.search set actor = '${uuid(2)}' where id = '${uuid(2)}';`);
  const { rights } = assemblePrivacy({ database, clock: new ManualClock(NOW), accounts: nobody, messages: unsent, territories: { list: async () => [] } });
  const { sections } = await rights.dataOf({ ...national, accountId: uuid(1) });
  expect(sections.map(({ title, rows }) => `${title.split(' (')[0]}: ${rows.length}`)).toEqual([
    'Compte: 1', 'Droits: 0', 'Délégations: 1', 'Sessions encore gardées: 1', 'Jetons et codes de secours: 1', 'Annuaire santé: 0', 'Participation au SAS: 0',
    'Disponibilités déclarées: 0', 'Orientations: 1', 'Recherches: 0', 'Courriels reçus du SAS: 0', 'Courriels refusés: 0', 'Demandes d’assistance: 0', 'Journal : vos actes: 1', 'Demandes sur vos données: 0',
  ]);
});
