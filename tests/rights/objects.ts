/** In every text of what belongs to territory 86 and that nobody else may read. */
export const MARK = 'RESERVE-86';

/** Prefixed national id of the doctor of territory 86. */
export const doctor = '886000000001';
export const structure = { own: '1860000001', other: '1860000002', centre: '1860000003', elsewhere: '1790000001' } as const;
export const place = 'adr:place86';

const names = [
  'account', 'grant', 'accountRequest', 'delegate', 'delegation', 'opening', 'slot', 'seat', 'series', 'leave', 'feed', 'tool', 'search', 'orientation', 'request', 'convention',
  'participation', 'contact', 'rightsRequest', 'hold', 'regulator', 'message', 'manager', 'administrator', 'leader', 'accountManager', 'operator',
] as const;
/** The ids of what belongs to territory 86. */
export const ids = Object.fromEntries(names.map((name, index) => [name, `86000000-0000-4000-8000-${String(index + 1).padStart(12, '0')}`])) as Record<(typeof names)[number], string>;

const structureRow = (id: string, kind: string, territory: string) => `
  insert into directory.structure (id, kind, name, search_name, territory, address, postcode, city, insee, source, updated_at)
    values ('${id}', '${kind}', 'Structure ${id}', 'structure', '${territory}', '1 rue', '86000', 'Poitiers', '86194', 'test', '2025-01-01');`;
const accountRow = (id: string, role: string, more: { nationalId?: string; structureId?: string } = {}) => `
  insert into identity.account (id, display_name, last_name, first_name, national_id) values ('${id}', '${role} de 86', '${role}', 'Camille', ${more.nationalId ? `'${more.nationalId}'` : 'null'});
  insert into identity.grant (account_id, role, territory, structure_id) values ('${id}', '${role}', '86', ${more.structureId ? `'${more.structureId}'` : 'null'});`;

/** One object of each kind, all of territory 86. */
export const fill = (at: string): string => `
  insert into territory.territory (code, name, departments, time_zone, holiday_set, radius_km, launched_on, status)
    values ('86', 'Vienne', '{86}', 'Europe/Paris', 'metropole', 30, '2024-01-01', 'NOMINAL'), ('79', 'Deux-Sèvres', '{79}', 'Europe/Paris', 'metropole', 30, '2024-01-01', 'NOMINAL')
    on conflict (code) do nothing;
  ${structureRow(structure.own, 'CPTS', '86')} ${structureRow(structure.other, 'MSP', '86')} ${structureRow(structure.centre, 'CSNP', '86')} ${structureRow(structure.elsewhere, 'CPTS', '79')}
  insert into directory.professional (national_id, last_name, first_name, profession_code, profession, search_name, source, updated_at)
    values ('${doctor}', 'Exemple', 'Camille', '10', 'Médecin', 'exemple camille', 'test', '${at}');
  insert into directory.place (id, name, address, postcode, city, insee, source, updated_at) values ('${place}', 'Cabinet', '1 rue', '86000', 'Poitiers', '86194', 'test', '${at}');
  insert into directory.activity (id, national_id, place_id, specialty, specialty_label, source, started_at, updated_at)
    values ('a86', '${doctor}', '${place}', 'SM54', 'Médecine générale', 'test', '2025-01-01', '${at}');
  insert into directory.structure_member (structure_id, national_id, since) values ('${structure.own}', '${doctor}', '2025-01-01');
  insert into directory.structure_place (structure_id, place_id, name) values ('${structure.own}', '${place}', 'Cabinet');
  insert into directory.inventory (territory, national_id, listed_name, sources, software, updated_at, updated_by) values ('86', '${doctor}', '${MARK}', '{URPS}', 'Agenda', '${at}', 'x');
  ${accountRow(ids.account, 'effecteur', { nationalId: doctor })} ${accountRow(ids.manager, 'gestionnaire-structure', { structureId: structure.own })}
  ${accountRow(ids.administrator, 'administrateur')} ${accountRow(ids.leader, 'responsable-sas')} ${accountRow(ids.accountManager, 'gestionnaire-comptes')}
  ${accountRow(ids.operator, 'osnp')} ${accountRow(ids.delegate, 'delegataire')}
  update identity.account set display_name = '${MARK}', email = 'reserve86@exemple.fr' where id = '${ids.account}';
  update identity.grant set id = '${ids.grant}' where account_id = '${ids.account}';
  insert into identity.account_request (id, email, last_name, first_name, territory, structure_id, asked_at) values ('${ids.accountRequest}', 'x@exemple.fr', '${MARK}', 'x', '86', '${structure.own}', '${at}');
  insert into identity.delegation (id, account_id, national_id, scopes, valid_from, valid_until, granted_by, territory)
    values ('${ids.delegation}', '${ids.delegate}', '${doctor}', '{agenda}', '2025-01-01', '2027-01-01', '${ids.account}', '86');
  insert into availability.series (id, territory, national_id, place_id, kind, weekdays, first_day, anchor, starts, ends, time_zone, skip_holidays, modalities, slot_types, with_appointment, capacity, expanded_until, created_by, created_at)
    values ('${ids.series}', '86', '${doctor}', '${place}', 'range', '{3}', '2026-01-14', '2026-01-14', '14:00', '16:00', 'Europe/Paris', true, '{AMB}', '{SNP}', true, 3, '2026-12-31', 'x', '${at}');
  insert into availability.opening (id, territory, national_id, place_id, kind, day, starts, ends, time_zone, modalities, capacity, created_by, created_at)
    values ('${ids.opening}', '86', '${doctor}', '${place}', 'range', '2026-01-14', '09:00', '12:00', 'Europe/Paris', '{AMB}', 5, 'x', '${at}');
  insert into availability.slot (id, opening_id, territory, national_id, place_id, kind, start_at, end_at, modalities, slot_types, with_appointment, capacity, taken)
    values ('${ids.slot}', '${ids.opening}', '86', '${doctor}', '${place}', 'range', '2026-01-14T08:00Z', '2026-01-14T11:00Z', '{AMB}', '{SNP}', true, 5, 1);
  insert into availability.seat (id, slot_id, seat_no, state, actor, held_until, created_at) values ('${ids.seat}', '${ids.slot}', 1, 'held', '${ids.operator}', '2027-01-01', '${at}');
  insert into availability.leave (id, territory, national_id, from_at, to_at, time_zone, created_by, created_by_name, created_at)
    values ('${ids.leave}', '86', '${doctor}', '2026-02-01', '2026-02-03', 'Europe/Paris', 'x', '${MARK}', '${at}');
  insert into availability.feed (id, secret_hash, territory, national_id, created_by, created_at) values ('${ids.feed}', '\\x01', '86', '${doctor}', 'x', '${at}');
  insert into availability.local_tool (id, territory, name, used_by, registered_on, due_on, author) values ('${ids.tool}', '86', '${MARK}', 'x', '2025-01-01', '2027-01-01', 'x');
  insert into availability.editor (name, base_url, flows) values ('Editeur', 'http://127.0.0.1:1/', '{ps}');
  insert into availability.editor_stage (editor, stage, started_on, author) values ('Editeur', 'CADRAGE', '2025-01-01', 'x') on conflict do nothing;
  insert into availability.regulator_account (account_id, wanted, territories, planned) values ('${ids.operator}', '{"displayName":"${MARK}"}', '{86}', 1);
  insert into availability.vendor_account (account_id, editor, pending) values ('${ids.operator}', 'Editeur', 'create');
  insert into orientation.charter (territory, version, levels, status, author, created_at) values ('86', 1, '[{"name":"Tous","match":{}}]', 'ACTIF', 'x', '${at}') on conflict do nothing;
  insert into orientation.search (id, at, territory, place_territory, actor, role, criteria, seed, ranking, specialty, candidate_count, candidates)
    values ('${ids.search}', '${at}', '86', '86', '${ids.operator}', 'osnp', '{"note":"${MARK}"}', 'x', 'distance', 'SM54', 0, '[]');
  insert into orientation.request (id, territory, actor, actor_role, search_id, empty_search_id, wanted_at, candidates, state, created_at, updated_at)
    values ('${ids.request}', '86', '${ids.operator}', 'osnp', '${ids.search}', '${ids.search}', '2026-01-13T15:00Z', '[]', 'ACCEPTE', '${at}', '${at}');
  insert into orientation.orientation (id, territory, search_id, request_id, actor, actor_role, kind, status, category, national_id, structure_id, place_id, label, place_label, slot_id, start_at, end_at, created_at, updated_at, idempotency_key, request_hash)
    values ('${ids.orientation}', '86', '${ids.search}', '${ids.request}', '${ids.operator}', 'osnp', 'slot', 'PRIS', 'PS', '${doctor}', '${structure.own}', '${place}', '${MARK}', 'x', '${ids.slot}', '2026-01-13T10:00Z', '2026-01-13T10:20Z', '${at}', '${at}', 'k86', '\\x00');
  insert into orientation.orientation_event (orientation_id, at, actor, event, to_status) values ('${ids.orientation}', '${at}', 'x', 'book', 'PRIS');
  insert into orientation.attempt (orientation_id, request_id, subject, position, channel, asked_at) values ('${ids.orientation}', '${ids.request}', '${structure.own}', 0, 'web', '${at}');
  insert into orientation.duty_mode (structure_id, mode, author, updated_at) values ('${structure.own}', 'day-doctor', '${MARK}', '${at}');
  insert into participation.participation (id, territory, national_id, via, en_sus, contact, note, valid_from, status) values ('${ids.participation}', '86', '${doctor}', 'individual', true, '${MARK}', '${MARK}', '2025-01-01', 'EFFECTIF');
  insert into participation.convention (id, territory, kind, structure_id, subject, status, starts_on, created_at, updated_at)
    values ('${ids.convention}', '86', 'effecteurs', '${structure.own}', '${MARK}', 'BROUILLON', '2026-01-01', '${at}', '${at}');
  insert into privacy.request (id, number, territory, account_id, kind, subject, body, at, due_at) values ('${ids.rightsRequest}', 'D1', '86', '${ids.account}', 'rectification', 'compte', '${MARK}', '${at}', '2026-02-13');
  insert into privacy.hold (id, territory, category, reason, author, at) values ('${ids.hold}', '86', 'orientations', 'litige', '${MARK}', '${at}');
  insert into help.contact (id, number, territory, account_id, role, subject, body, at) values ('${ids.contact}', 'A1', '86', '${ids.account}', 'effecteur', 'autre', '${MARK}', '${at}');
  insert into foundation.outbox (id, channel, recipient, payload, state, created_at) values ('${ids.message}', 'x', 'x', '{}', 'dead', '${at}');`;
