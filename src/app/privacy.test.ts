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
  insert into identity.delegation (account_id, national_id, scopes, valid_from, valid_until, granted_by) values ('${uuid(n)}', '8${n}', '{agenda}', '2020-01-01', '${at}', 'x');
  insert into identity.account (id, display_name, last_name, first_name, state, closed_at) values ('${uuid(n + 10)}', 'F', 'F', 'F', 'suspended', '${at}');
  insert into identity.grant (account_id, role, territory, granted_at) values ('${uuid(n + 10)}', 'osnp', '86', '${at}');
  insert into identity.credential (account_id, password_hash, code_secret, changed_at) values ('${uuid(n + 10)}', 'x', '\\x00', '${at}');
  insert into identity.grant (account_id, role, territory, granted_at, revoked_at) values ('${uuid(n)}', 'osnp', '86', '2020-01-01', '${at}');
  insert into identity.link (hash, purpose, account_id, email, created_at, expires_at) values ('\\x0${n}', 'invitation', '${uuid(n)}', 'x', '${at}', '${at}');
  insert into identity.account_request (email, last_name, first_name, territory, structure_id, asked_at, state, decided_at, account_id) values ('x', 'x', 'x', '86', 's', '${at}', 'accepted', '${at}', '${uuid(n)}');
  insert into participation.participation (id, territory, national_id, via, valid_from, valid_to) values ('${uuid(n)}', '86', '8${n}', 'individual', '2020-01-01'::timestamptz + interval '${n} day', '${at}');
  insert into participation.full_time_equivalent (structure_id, national_id, valid_from, etp, author, author_name, recorded_at)
    values ('s${n}', '8${n}', '2020-01-01', 1, 'x', 'x', '${at}'), ('s${n}', '8${n}', '${at}', 0.5, 'x', 'x', '${at}');
  insert into participation.convention (id, territory, kind, structure_id, subject, status, starts_on, created_at, updated_at) values ('${uuid(n)}', '86', 'effecteurs', 's', 'xxx', 'REMPLACE', '2020-01-01', '${at}', '${at}');
  insert into participation.convention_event (convention_id, at, event, to_status, author_name) values ('${uuid(n)}', '${at}', 'x', 'REMPLACE', 'x');
  insert into availability.series (id, territory, national_id, place_id, kind, weekdays, first_day, last_day, anchor, starts, ends, time_zone, skip_holidays, modalities, slot_types, with_appointment, capacity, expanded_until, created_by, created_at)
    values ('${uuid(n)}', '86', '8${n}', 'p', 'range', '{1}', '2020-01-01', '${at}'::timestamptz::date, '2020-01-01', '09:00', '10:00', 'Europe/Paris', true, '{AMB}', '{SNP}', true, 1, '2020-01-01', 'x', '${at}');
  insert into availability.series_exception (series_id, day) values ('${uuid(n)}', '2020-01-01');
  insert into availability.opening (id, territory, national_id, place_id, kind, day, starts, ends, time_zone, modalities, capacity, created_by, created_at, series_id)
    values ('${uuid(n)}', '86', '8${n}', 'p', 'range', '${at}'::timestamptz::date, '09:00', '10:00', 'Europe/Paris', '{AMB}', 1, 'x', '${at}', '${uuid(n)}');
  insert into availability.slot (id, opening_id, territory, national_id, place_id, start_at, end_at, modalities, slot_types, with_appointment, capacity)
    values ('${uuid(n)}', '${uuid(n)}', '86', '8${n}', 'p', '${at}', '${at}'::timestamptz + interval '1 hour', '{AMB}', '{SNP}', true, 1);
  insert into availability.seat (id, slot_id, seat_no, state, actor, created_at) values ('${uuid(n)}', '${uuid(n)}', 1, 'booked', 'x', '${at}');
  insert into availability.agenda_change (object_id, version, at, by_name, changed) values ('${uuid(n)}', 1, '${at}', 'x', '{}');
  insert into availability.leave (id, territory, national_id, from_at, to_at, time_zone, created_by, created_by_name, created_at) values ('${uuid(n)}', '86', '8${n}', '2020-01-01', '${at}', 'Europe/Paris', 'x', 'x', '${at}');
  insert into availability.feed (id, secret_hash, territory, national_id, created_by, created_at, revoked_at) values ('${uuid(n)}', '\\x0${n}', '86', '8${n}', 'x', '${at}', '${at}');
  insert into availability.editor (name, base_url, flows) values ('E${n}', 'x', '{ps}');
  insert into availability.editor_week (national_id, week, editor, first_at, last_at) values ('8${n}', date_trunc('week', '${at}'::timestamptz), 'E${n}', '${at}', '${at}');
  insert into availability.regulator_account (account_id, wanted, planned) values ('${uuid(n)}', '{"active":false}', 1);
  insert into availability.vendor_account (account_id, editor, synchronised_at, last_attempt_at) values ('${uuid(n)}', 'E${n}', '${at}', '${at}');
  insert into orientation.outcome_ask (receiver, day, at, territory, appointments) values ('8${n}', '${at}'::timestamptz::date, '${at}', '86', 1);
  insert into orientation.duty (structure_id, day, half, national_id, author, updated_at) values ('s', '${at}'::timestamptz::date, 'am', '8${n}', 'x', '${at}');
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
  insert into orientation.attempt (orientation_id, request_id, subject, position, channel) values ('${uuid(n)}', '${uuid(n)}', '8${n}', 0, 'web');
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
  accounts: "identity.account where state = 'suspended'", grants: 'identity.grant where revoked_at is not null', 'account-links': 'identity.link', participations: 'participation.participation',
  agendas: 'availability.opening', 'visible-weeks': 'availability.editor_week', duties: 'orientation.duty', 'vendor-accounts': 'availability.regulator_account',
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
  for (const table of ['directory.import_rejection', 'orientation.search_event', 'orientation.orientation_event', 'orientation.request', 'orientation.attempt', 'orientation.notice', 'orientation.notice_due', 'telephony.leg', 'telephony.call_event',
    'identity.credential', 'identity.account_request', 'participation.convention', 'participation.convention_event', 'availability.series', 'availability.series_exception', 'availability.slot',
    'availability.seat', 'availability.agenda_change', 'availability.leave', 'availability.feed', 'availability.vendor_account', 'orientation.outcome_ask',
    "identity.grant where revoked_at is null",
  ]) {
    expect([table, await rows(`select 1 from ${table}`)]).toEqual([table, [expect.anything()]]);
  }
  expect(await rows('select 1 from telephony.call where dossier_id is not null')).toHaveLength(2);
  expect((await verifyJournal(database)).broken).toBeNull();
  expect((await verifyJournal(database)).sealed).toBe(1);

  const purged = categoryCodes.filter((code) => categories[code].ending === 'purge');
  const { runs } = await retention.overview('86', national);
  expect(new Set(runs.filter((run) => run.purged >= 1).map(({ category }) => category))).toEqual(new Set(purged));
});

test('[SEC-07] dossiers are never erased by the software: those whose time is over are only counted', async () => {
  const database = await createTestDatabase();
  const { retention } = assemblePrivacy({ database, clock: new ManualClock(NOW), accounts: nobody, messages: unsent, territories: { list: async () => [] } });
  expect(await retention.forecast('86', 'dossiers', undefined, national)).toMatchObject({ days: 7_305, due: 0 });
  await expect(retention.forecast('86', 'audio', undefined, national)).rejects.toMatchObject({ code: 'category-without-purge' });
});

/** Kept without end, and why. */
const keptBecause: Record<string, string> = {
  'directory.professional': 'public directory, ended by the import', 'directory.place': 'public directory', 'directory.activity': 'public directory', 'directory.specialty': 'labels',
  'directory.structure': 'public directory', 'directory.structure_place': 'public directory', 'directory.structure_member': 'public directory', 'directory.structure_zone': 'communes',
  'directory.enrichment': 'corrections of the directory', 'directory.inventory': 'inventory in force, one row a professional', 'directory.csnp_opinion': 'opinions on a centre, nobody named',
  'directory.csnp_coordination': 'a centre, nobody named', 'directory.pdsa_sector': 'communes', 'directory.import_line': 'empty between two imports',
  'identity.newcomer': 'erased within the hour by its own work', 'identity.attempt': 'erased within a day by its own work',
  'identity.recovery_code': 'replaced with the telephone, erased with the account', 'messages.refusal': 'a choice that holds until it is changed',
  'participation.tolerance': 'rules of a territory', 'availability.editor': 'vendors', 'availability.editor_stage': 'vendors', 'availability.editor_kit': 'vendors',
  'availability.editor_problem': 'vendors, nobody named', 'availability.editor_slot_day': 'counts, nobody named', 'availability.local_tool': 'tools, nobody named',
  'availability.editor_knowledge': 'one row a professional and vendor, replaced at each answer', 'orientation.charter': 'rules of a territory', 'orientation.answer_delay': 'rules of a territory',
  'orientation.duty_mode': 'how a structure works now',
};
/** Erased with the record that they depend on, or in the same category. */
const gone = [
  'directory.import_rejection', 'orientation.search_event', 'orientation.orientation_event', 'orientation.request', 'orientation.attempt', 'orientation.notice', 'orientation.notice_due',
  'orientation.outcome_ask', 'identity.credential', 'identity.account_request', 'identity.account', 'identity.grant', 'participation.full_time_equivalent', 'participation.convention',
  'participation.convention_event', 'availability.series', 'availability.series_exception', 'availability.slot', 'availability.seat', 'availability.agenda_change', 'availability.leave', 'availability.feed',
  'availability.vendor_account',
];

test('[SEC-07] every table of the platform and of the accounts is kept for a time, or is said to be kept and why', async () => {
  const database = await createTestDatabase();
  const { rows } = await database.owner.pool.query<{ name: string }>(
    `select schemaname || '.' || tablename as name from pg_tables where schemaname in ('identity', 'messages', 'directory', 'participation', 'availability', 'orientation') order by 1`);
  const covered = new Set([...Object.values(tables).map((table) => table.split(' ')[0]!), ...gone]);
  expect(rows.map(({ name }) => name).filter((name) => !covered.has(name) && !(name in keptBecause))).toEqual([]);
  expect(Object.keys(keptBecause).filter((name) => covered.has(name) || !rows.some((row) => row.name === name))).toEqual([]);
});

test('[SEC-07] every table that refers to one kept for a time goes with it: a new one is named among the dependents', async () => {
  const database = await createTestDatabase();
  const kept = [...Object.values(tables).map((table) => table.split(' ')[0]!), ...gone];
  const { rows } = await database.owner.pool.query<{ from: string }>(
    `select distinct conrelid::regclass::text as "from" from pg_constraint where contype = 'f' and confrelid::regclass::text = any($1) order by 1`, [kept],
  );
  expect(rows.map(({ from }) => from)).toEqual([
    'availability.opening', 'availability.seat', 'availability.series_exception', 'availability.slot', 'availability.vendor_account',
    'directory.import_rejection', 'identity."grant"', 'identity.account_request', 'identity.credential', 'identity.delegation', 'identity.link', 'identity.recovery_code', 'identity.session', 'identity.token',
    'orientation.attempt', 'orientation.notice', 'orientation.notice_due', 'orientation.orientation', 'orientation.orientation_event', 'orientation.request', 'orientation.search_event',
    'participation.convention_event', 'telephony.leg',
  ]);
});

test('[SEC-08] somebody reads what every context keeps about him, and nothing of anybody else', async () => {
  const database = await createTestDatabase();
  await database.owner.pool.query(`${fill(OLD, 1)} ${fill(YOUNG, 2)}
    update orientation.orientation set actor = '${uuid(1)}' where id = '${uuid(1)}'; update orientation.search set actor = '${uuid(2)}' where id = '${uuid(2)}';`);
  const { rights } = assemblePrivacy({ database, clock: new ManualClock(NOW), accounts: nobody, messages: unsent, territories: { list: async () => [] } });
  const { sections } = await rights.dataOf({ ...national, accountId: uuid(1), nationalId: '81' });
  expect(sections.map(({ title, rows }) => `${title.split(' (')[0]}: ${rows.length}`)).toEqual([
    'Compte: 1', 'Droits: 1', 'Délégations: 1', 'Sessions encore gardées: 1', 'Jetons et codes de secours: 1', 'Demandes de compte: 1', 'Annuaire santé: 0', 'Inventaire des effecteurs: 0',
    'Participation au SAS: 1', 'Temps de travail déclaré par vos structures: 2', 'Disponibilités déclarées: 1', 'Disponibilités de chaque semaine: 1', 'Congés: 1',
    "Adresses d'abonnement à l'agenda: 1", 'Semaines visibles chez un éditeur: 1', 'Comptes chez les éditeurs: 1', 'Orientations: 1', 'Demandes en sus reçues: 1', 'Suites demandées: 1',
    'Jours de permanence: 1', 'Recherches: 0', 'Courriels reçus du SAS: 0', 'Courriels refusés: 0', 'Demandes d’assistance: 0', 'Journal : vos actes: 1', 'Demandes sur vos données: 0',
  ]);
});
