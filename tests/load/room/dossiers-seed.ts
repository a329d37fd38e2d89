import { systemClock } from '../../../src/foundation/clock.ts';
import type { Database } from '../../../src/foundation/db/database.ts';
import type { Actor } from '../../../src/identity/contract.ts';
import { createDossiers, type Dossiers } from '../../../src/regulation/dossier/server/index.ts';
import { actor, territory } from './ground.ts';

/** People of the room; they had a hand in every dossier, so that they may read the closed ones. */
export const staff = { arm: actor('arm'), second: actor('arm', 1), osnp: actor('osnp'), mru: actor('mru'), supervisor: actor('superviseur') };

/** Dossiers that wait somewhere, the same number whatever lies closed beside them. */
export const LIVE = 400;
/** Queues of the room; live dossiers wait in each, one queue after the other. */
export const QUEUES = ['P0', 'N1', 'AMU', 'SNP', 'MRU', 'MRG', 'VALIDATION', 'REPORTE', 'SUIVI', 'PSY'] as const;

export const openDossiers = (database: Database): Dossiers =>
  createDossiers({
    database, clock: systemClock, territories: { get: async () => territory }, accounts: { byId: async () => null, names: async () => new Map(), holders: async () => [] }, searchAddress: () => '', pseudonymOf: (id) => id, remind: null, tellCancelled: null,
    telephony: {
      call: async (_tx, id) => ({ id, territory: '86', presentedAt: systemClock.now(), answered: true, ended: true, caller: '+33549000001' }),
      link: async () => undefined, follow: async () => undefined, bilevelOpen: async () => true,
    },
  });

/**
 * Fills a database with `size` dossiers of five years: copies of one that was regulated and decided through the use cases, each
 * with its own number, patient, telephone, call, note and act. The last `LIVE` ones wait in the queues, the others are closed.
 */
export async function seedDossiers(database: Database, size: number): Promise<void> {
  const model = await oneDecided(openDossiers(database));
  // Two connections write, each its half.
  const clients = [await database.connect(), await database.connect()] as const;
  const [first] = clients;
  try {
    const { rows: indexes } = await first.query<{ name: string; definition: string }>(`
      select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
      where indrelid in ('dossier.dossier'::regclass, 'dossier.call'::regclass, 'dossier.act'::regclass) and not indisunique`);
    for (const { name } of indexes) await first.query(`drop index ${name}`);
    await Promise.all(clients.map(async (client, half) => {
      // Copies of rows that hold: their links need not be checked again one by one.
      await client.query(`set session_replication_role = replica; set synchronous_commit = off; set maintenance_work_mem = '256MB'; select setseed(0.${86 + half})`);
      await client.query(copies(size, model, half));
    }));
    const [call, note, act] = beside(model);
    await Promise.all([first.query(call), clients[1].query(note).then(() => clients[1].query(act))]);
    for (const { definition } of indexes) await first.query(definition);
    await first.query('vacuum (analyze) dossier.dossier, dossier.call, dossier.note, dossier.act');
  } finally {
    for (const client of clients) await client.end();
  }
}

async function oneDecided(dossiers: Dossiers): Promise<string> {
  const { arm, second, mru } = staff;
  const opened = await dossiers.open(arm, { callId: 'model' });
  const steps: [Actor, { action: string; [field: string]: unknown }][] = [
    [arm, {
      action: 'qualify', motive: { code: 'M03.14', label: 'Fièvre, problème infectieux' }, priority: 'P2', filiere: 'AMU', callback: '0549000001',
      location: { address: '3 rue des Tilleuls', city: 'Poitiers', insee: '86194' },
    }],
    [arm, { action: 'send-to-n2' }], [second, { action: 'take' }], [second, { action: 'send-to-doctor' }], [mru, { action: 'start-regulation' }],
    [mru, { action: 'decide', decisions: [{ type: 'CONSULTATION', careLevel: 'R3' }, { type: 'CONSEIL', careLevel: 'R4' }] }],
  ];
  let { version } = opened;
  for (const [by, step] of steps) ({ version } = await dossiers.act(by, opened.id, step, `"${version}"`));
  await dossiers.addNote(mru, opened.id, { kind: 'medicale', text: 'Fièvre depuis deux jours, bien tolérée. Consultation demain, consignes données.' });
  return opened.id;
}

const list = (values: readonly string[]): string => `array[${values.map((value) => `'${value}'`).join(', ')}]`;
/** Pronounceable enough, and as frequent as French surnames are: the first one is borne by 3 in 1,000. */
const surname = "initcap(substr(translate(md5('s' || floor(5000 * power(random(), 1.5))), '0123456789', 'aeiouaeiou'), 1, 7))";
const firstName = "initcap(substr(translate(md5('f' || floor(200 * random())), '0123456789', 'aeiouaeiou'), 1, 6))";
const { arm, second, osnp, mru, supervisor } = staff;
const participants = JSON.stringify([arm, second, osnp, mru, supervisor].map(({ accountId }) => accountId));

const copies = (size: number, model: string, half: number): string => `
  with drawn as materialized (
    select i, ('86000000-0000-4000-8000-' || lpad(to_hex(i), 12, '0'))::uuid as id, i > ${size - LIVE} as live, ${surname} as surname, ${firstName} as first_name,
      now() - (${size} - i) * (interval '5 years' / ${size}) as at, date '1930-01-01' + floor(33000 * random())::int as born,
      5 * 100000000 + floor(random() * ${Math.max(1, size / 3)})::bigint as phone, (${list(QUEUES)})[1 + i % ${QUEUES.length}] as waits, 10 * (1 + i % 3) as place
    from generate_series(${1 + (size / 2) * half}, ${(size / 2) * (1 + half)}) i
  )
  insert into dossier.dossier (territory, id, number, version, type, state, step, filiere, priority, queue, rank, opened_at, updated_at, next_at, phone_key, name_key, birth_date, body)
  select m.territory, d.id, 'DRFR1586A' || lpad(d.i::text, 10, '0'), m.version, m.type, case when live then 'ACTIF' else 'CLOTURE' end, case when live then s.step end,
    m.filiere, 'P' || (place / 10)::text, case when live then waits end, place, at, at, case when live then at + interval '1 day' else at + interval '20 years' end,
    phone::text, lower(surname || ' ' || first_name), born,
    m.body || jsonb_build_object('id', d.id, 'number', 'DRFR1586A' || lpad(d.i::text, 10, '0'), 'openedAt', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
      'callback', '0' || phone, 'patient', m.body->'patient' || jsonb_build_object('lastName', surname, 'firstName', first_name, 'birthDate', born),
      'state', case when live then 'ACTIF' else 'CLOTURE' end, 'step', case when live then s.step end, 'owner', null, 'queue', case when live then waits end,
      'priority', 'P' || (place / 10)::text, 'participants', '${participants}'::jsonb)
  from dossier.dossier m, drawn d, lateral (select case waits when 'N1' then 'QUALIFIE' when 'P0' then 'P0_ENGAGE' when 'REPORTE' then 'REPORTE' when 'SUIVI' then 'EN_SUIVI'
    when 'VALIDATION' then 'A_VALIDER_MR' when 'AMU' then 'ATTENTE_N2' when 'SNP' then 'ATTENTE_N2' else 'ATTENTE_MR' end as step) s
  where m.id = '${model}'`;

const beside = (model: string): [string, string, string] => [
  `insert into dossier.call (territory, call_id, dossier_id, at, repeated, number, phone_key, ended_at)
  select territory, 'call-' || number, id, opened_at, false, '+33' || phone_key, phone_key, opened_at + interval '6 minutes' from dossier.dossier where id <> '${model}'`,
  `insert into dossier.note (territory, dossier_id, id, at, author, author_id, role, kind, text)
  select d.territory, d.id, gen_random_uuid(), d.opened_at, n.author, n.author_id, n.role, n.kind, n.text
  from dossier.dossier d, dossier.note n where n.dossier_id = '${model}' and d.id <> '${model}'`,
  `insert into dossier.act (territory, dossier_id, id, at, role, status, mode, filiere, care_level, attribution, amends, content)
  select d.territory, d.id, a.id, d.opened_at, a.role, a.status, a.mode, a.filiere, a.care_level, a.attribution, a.amends, a.content
  from dossier.dossier d, dossier.act a where a.dossier_id = '${model}' and d.id <> '${model}'`,
];
