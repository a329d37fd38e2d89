import { buffer } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { actorOf, doctor, otherDoctor, structureId } from '../../../../tests/support/agenda.ts';
import { routes } from '../contract-outcomes.ts';
import { createActCounts } from './outcome-acts.ts';
import { createOutcomeLists } from './outcome-lists.ts';
import { make, setUpOutcomes } from './supervision.fixture.ts';
import { createFollowUp } from './supervision-list.ts';
import { createStudy } from './supervision-study.ts';
import { createSummary } from './supervision-summary.ts';

const january = { from: '2026-01-01', to: '2026-01-31' };
const listQuery = (more: Record<string, unknown> = {}) => routes.followUp.query!.parse({ ...january, ...more });
const question = (more: Record<string, unknown> = {}) => routes.followUpSummary.query!.parse({ ...january, ...more });
const read = async (file: Promise<NodeJS.ReadableStream>) => parse((await buffer(await file)).toString().replace('\ufeff', ''), { columns: true, delimiter: ';' }) as Record<string, string>[];

test('[RDV-12] rates by SAS, structure, channel, effecteur and month, among what was notified; untold apart, too few is said', async () => {
  const { database, deps, structureName } = await setUpOutcomes();
  await make(database, { count: 60, structure: structureId });
  await make(database, { count: 6, status: 'NON_HONORE', structure: structureId });
  await make(database, { count: 2, status: 'NON_RENSEIGNE', structure: structureId });
  await make(database, { count: 4, status: 'NON_HONORE', notified: false });
  await make(database, { count: 3, kind: 'editor', editor: 'Rapide', status: 'NON_HONORE', notified: false, nationalId: otherDoctor });
  await make(database, { count: 5, territory: '79', status: 'NON_HONORE' });
  const { absence } = await createSummary(deps)(actorOf('responsable-sas'), question());
  expect(absence).toMatchObject({ reference: 0.1, minimum: 20, overall: { honoured: 60, noShow: 9, untold: 2, unnotified: 4, denominator: 69, rate: 9 / 69 } });
  expect(absence.territories.map(({ key, label }) => [key, label])).toEqual([['86', 'SAS Vienne (86)']]);
  expect(absence.structures).toMatchObject([{ label: structureName, denominator: 66, rate: 6 / 66, untold: 2 }]);
  expect(absence.channels).toMatchObject([{ key: 'slot', denominator: 66, unnotified: 4 }, { key: 'Rapide', noShow: 3, rate: null }]);
  expect(absence.professionals.map(({ key, rate }) => [key, rate])).toEqual([[doctor, 6 / 66], [otherDoctor, null]]);
  expect(absence.months).toMatchObject([{ key: '2026-01', denominator: 69 }]);
});

test('[RDV-14] [SEC-05] the ARS reads aggregates without anybody; another territory is refused and the refusal journaled', async () => {
  const { database, deps } = await setUpOutcomes();
  await make(database, { count: 30 });
  const summary = createSummary(deps);
  expect((await summary(actorOf('ars'), question())).absence).toMatchObject({ professionals: [], overall: { honoured: 30 } });
  expect(routes.followUp.access, 'and no list at all').not.toContain('ars');
  await expect(summary(actorOf('responsable-sas'), question({ territory: '79' }))).rejects.toMatchObject({ code: 'territory-not-covered', status: 403 });
  const { rows } = await database.owner.pool.query("select object_id from foundation.journal where event = 'follow-up-refused'");
  expect(rows).toEqual([{ object_id: '79' }]);
});

test('[RDV-14] delays, distance, level, channel, outcome and their reasons; the figures and the list agree under every filter', async () => {
  const { database, deps } = await setUpOutcomes();
  await make(database, { count: 3, level: 0, inHours: 2, distanceM: 500 });
  await make(database, { count: 2, level: 2, inHours: 50, lateReason: 'patient-choice', status: 'PRIS', createdAt: '2026-01-06T09:00:00Z' });
  await make(database, { kind: 'surnumeraire', status: 'REFUSE', level: 3, skipReason: 'too-far', structure: structureId, createdAt: '2026-01-07T09:00:00Z' });
  const leader = actorOf('responsable-sas');
  const [followUp, summary] = [createFollowUp(deps), createSummary(deps)];
  const all = await followUp.page(leader, listQuery());
  expect(all.orientations).toHaveLength(6);
  expect(all.orientations[0]).toMatchObject({ channel: 'surnumeraire', skipReason: 'too-far', charterLevel: 3, by: 'Olga Opératrice' });
  expect(all.orientations[1]).toMatchObject({ minutesFromBooking: 3000, minutesFromRegulation: 3000, beyond48h: true, lateReason: 'patient-choice' });
  expect(await summary(leader, question())).toMatchObject({
    total: 6, beyond48h: 2, byLevel: [{ key: '0', count: 3 }, { key: '2', count: 2 }, { key: '3', count: 1 }], lateReasons: [{ key: 'patient-choice', count: 2 }],
    skipReasons: [{ key: 'too-far', count: 1 }], medians: { distanceM: 750 },
  });
  for (const filter of [{ level: 0 }, { outcome: 'awaited' }, { channel: 'surnumeraire' }, { structure: structureId }, { beyond48h: 'true' }, { from: '2026-01-06', to: '2026-01-06' }]) {
    const { orientations } = await followUp.page(leader, listQuery(filter));
    expect((await summary(leader, question(filter))).total, JSON.stringify(filter)).toBe(orientations.length);
    expect(await read(followUp.csv(leader, listQuery(filter)))).toHaveLength(orientations.length);
  }
});

test('[RDV-14] pages follow each other without loss nor double, and the file has every row whatever its length', async () => {
  const { database, deps } = await setUpOutcomes();
  await make(database, { count: 1_203 });
  const followUp = createFollowUp(deps);
  const leader = actorOf('superviseur');
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await followUp.page(leader, listQuery({ limit: '200', cursor }));
    seen.push(...page.orientations.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(new Set(seen).size).toBe(1_203);
  const rows = await read(followUp.csv(leader, listQuery()));
  expect(rows.map((row) => row['Identifiant'])).toEqual(seen);
  await expect(followUp.page(leader, listQuery({ cursor: 'x' }))).rejects.toMatchObject({ code: 'cursor-invalid' });
  const { rows: entries } = await database.owner.pool.query("select event from foundation.journal where object_type = 'orientation-export'");
  expect(entries).toEqual([{ event: 'follow-up-exported' }]);
});

test('[RDV-15] the study has one line an appointment, under a pseudonym, naming nobody, no place and no day', async () => {
  const { database, deps } = await setUpOutcomes();
  await make(database, { count: 2, inHours: 5 });
  await make(database, { inHours: 80, kind: 'editor', editor: 'Rapide', status: 'NON_HONORE', createdAt: '2026-01-06T09:00:00Z' });
  const file = (await buffer(await createStudy(deps)(actorOf('responsable-sas'), january))).toString();
  const rows = parse(file.replace('\ufeff', ''), { columns: true, delimiter: ';' }) as Record<string, string>[];
  expect(rows.map((row) => [row['Heures entre l’appel et le rendez-vous'], row['Dans les 72 heures'], row['Statut']])).toEqual([
    ['5', 'oui', 'Honoré'], ['5', 'oui', 'Honoré'], ['80', 'non', 'Non honoré'],
  ]);
  const { rows: stored } = await database.owner.pool.query('select id from orientation.orientation');
  for (const told of ['Exemple', 'Poitiers', doctor, 'operator', '2026-01-05', ...stored.map(({ id }) => id)]) expect(file).not.toContain(told);
  const again = await read(createStudy(deps)(actorOf('responsable-sas'), january));
  expect(again.map((row) => row['Pseudonyme']), 'the same appointment keeps its pseudonym').toEqual(rows.map((row) => row['Pseudonyme']));
});

test('[RDV-10] [DASH-02] today, to tell, to come, cancelled: of those for whom one answers, and of nobody else', async () => {
  const { database, deps, clock } = await setUpOutcomes();
  clock.set('2026-01-13T12:00:00Z');
  await make(database, { createdAt: '2026-01-13T05:00:00Z', inHours: 4, status: 'PRIS' });
  await make(database, { createdAt: '2026-01-12T05:00:00Z', inHours: 4, status: 'PRIS' });
  await make(database, { createdAt: '2026-01-02T05:00:00Z', inHours: 4, status: 'NON_RENSEIGNE' });
  await make(database, { createdAt: '2026-01-13T05:00:00Z', inHours: 30, status: 'MODIFIE' });
  await make(database, { createdAt: '2026-01-13T05:00:00Z', inHours: 30, status: 'ANNULE_SAS' });
  await make(database, { createdAt: '2026-01-13T05:00:00Z', inHours: 4, status: 'PRIS', nationalId: otherDoctor, structure: structureId });
  const lists = createOutcomeLists(deps);
  const totals = async (actor: Parameters<typeof lists.appointments>[0]) => {
    const { today, toTell, upcoming, cancelled } = await lists.appointments(actor);
    return [today, toTell, upcoming, cancelled].map(({ total }) => total);
  };
  expect(await totals(actorOf('effecteur', { nationalId: doctor }))).toEqual([1, 2, 1, 1]);
  expect(await totals(actorOf('gestionnaire-structure', { structureIds: [structureId] }))).toEqual([1, 0, 0, 0]);
  const delegate = (scopes: readonly ('requests' | 'agenda')[]) => actorOf('delegataire', { delegations: [{ nationalId: doctor, structureId: null, scopes }] });
  expect(await totals(delegate(['requests']))).toEqual([1, 2, 1, 1]);
  await expect(totals(delegate(['agenda']))).rejects.toMatchObject({ code: 'permission-denied' });
});

test('[DASH-02] [SUR-09] acts of a quarter: patients in excess towards indicator 9, acts of unscheduled care by ISO week, done and not', async () => {
  const { database, deps, clock } = await setUpOutcomes();
  clock.set('2026-01-16T12:00:00Z');
  await make(database, { count: 22, createdAt: '2026-01-06T07:00:00Z' });
  await make(database, { count: 3, createdAt: '2026-01-14T07:00:00Z', status: 'PRIS' });
  await make(database, { count: 4, kind: 'surnumeraire', createdAt: '2026-01-15T07:00:00Z' });
  await make(database, { kind: 'surnumeraire', status: 'NON_HONORE' });
  await make(database, { kind: 'surnumeraire', status: 'REFUSE' });
  await make(database, { createdAt: '2025-12-20T07:00:00Z' });
  await make(database, { level: 0 });
  const counts = createActCounts(deps);
  const effecteur = actorOf('effecteur', { nationalId: doctor });
  const now = await counts.ofQuarter(effecteur, undefined);
  expect(now).toMatchObject({ quarter: '2026-T1', week: '2026-W03', snpWeeklyCap: 20 });
  expect(now.acts).toEqual([{
    key: doctor, label: 'Exemple Ada', outcomes: { honoured: 27, noShow: 1, untold: 0, awaited: 3, cancelled: 0 },
    indicator9: { accepted: 5, honoured: 4, reached: 1, missing: 11 },
    weeks: [{ week: '2026-W02', monday: '2026-01-05', honoured: 22, awaited: 0 }, { week: '2026-W03', monday: '2026-01-12', honoured: 4, awaited: 3 }],
  }]);
  expect((await counts.ofQuarter(effecteur, '2025-T4')).acts).toMatchObject([{ outcomes: { honoured: 1 } }]);
});
