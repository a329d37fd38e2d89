import sql from 'sql-template-tag';
import { expect, test } from 'vitest';
import { actorOf, insertSlot } from '../../../../tests/support/agenda.ts';
import type { Standing } from '../domain/standing.ts';
import { CDS, colleague, declared, doctor, effecteur, leader, managerOf, MSP, otherDoctor, setUpParticipation, SOS } from './participation.fixture.ts';

const range = (start: string, hours: number, more: { nationalId?: string | null; structureId?: string | null } = {}) => ({
  start, end: Temporal.Instant.from(start).add({ minutes: hours * 60 }).toString(), kind: 'range' as const, capacity: 10, ...more,
});
const inWeek = ({ weeks }: { weeks: readonly { key: string }[] }, key: string) => weeks.find((week) => week.key === key);

test('[PART-10] [PART-11] a doctor sees each week met or missing, from the slots he showed and not from what he ticked', async () => {
  const { declarations, view, clock, database } = await setUpParticipation();
  await declarations.declare(effecteur, declared());
  await insertSlot(database, range('2026-01-20T09:00:00Z', 4));
  await insertSlot(database, range('2026-01-27T09:00:00Z', 1.5));
  await insertSlot(database, range('2026-01-27T10:00:00Z', 1));
  clock.set('2026-02-10T08:00:00Z');
  const told = await view.weeks(effecteur, { nationalId: doctor, structureId: null }, null);
  expect(inWeek(told, '2026-W02')).toMatchObject({ status: 'not-applicable', why: 'before-declaration' });
  expect(inWeek(told, '2026-W03')).toMatchObject({ status: 'not-applicable', why: 'partial' });
  expect(inWeek(told, '2026-W04')).toMatchObject({ status: 'met', shownMinutes: 240 });
  expect(inWeek(told, '2026-W05'), 'what overlaps counts once').toMatchObject({ status: 'met', shownMinutes: 120 });
  expect(inWeek(told, '2026-W06'), 'nothing is made up for').toMatchObject({ status: 'missing', shownMinutes: 0 });
  expect(told.verdict).toMatchObject({ eligible: false, refusals: ['weeks-missing'], missing: 1 });
  await view.saveTolerance(leader, { territory: '86', from: '2026-02-10', weeks: 2 });
  expect((await view.weeks(effecteur, { nationalId: doctor, structureId: null }, null)).verdict).toMatchObject({ eligible: true, tolerance: 2 });
  await expect(view.saveTolerance(leader, { territory: '86', from: '2026-02-09', weeks: 5 })).rejects.toMatchObject({ code: 'tolerance-refused' });
  await expect(view.weeks(colleague, { nationalId: doctor, structureId: null }, null)).rejects.toMatchObject({ code: 'participation-not-yours' });
});

test("[AGR-04] [PART-02] a vendor's slots make the week, in the week of the territory", async () => {
  const { declarations, view, clock, database } = await setUpParticipation();
  await declarations.declare(effecteur, declared({ usesEditor: true, statement: null }));
  // Sunday 25 January at 23:30 UTC is Monday 26 in Poitiers: the week after.
  await database.for('availability').run(sql`
    insert into availability.editor_week (national_id, week, editor, first_at, last_at)
    values (${doctor}, '2026-01-19', 'Rapide', '2026-01-25T23:30:00Z', '2026-01-25T23:30:00Z')`);
  clock.set('2026-02-03T08:00:00Z');
  const told = await view.weeks(effecteur, { nationalId: doctor, structureId: null }, 2026);
  expect(inWeek(told, '2026-W04')).toMatchObject({ status: 'missing', uploaded: false });
  expect(inWeek(told, '2026-W05')).toMatchObject({ status: 'met', uploaded: true });
});

test('[STR-02] [PART-08] SOS Médecins: the association shows 2 h for each full-time equivalent, and its doctors stand with it', async () => {
  const { declarations, structures, view, clock, database } = await setUpParticipation();
  const manager = managerOf(SOS);
  await declarations.declare(manager, declared({ nationalId: undefined, structureId: SOS, via: 'sos', statement: 'sos-1' }));
  await declarations.declare(effecteur, declared({ via: 'sos', viaStructureId: SOS, statement: null }));
  await declarations.declare(colleague, declared({ nationalId: otherDoctor, via: 'sos', viaStructureId: SOS, statement: null }));
  await structures.saveEtp(manager, SOS, otherDoctor, { etp: 0.5, from: '2026-01-13' });
  await insertSlot(database, range('2026-01-20T09:00:00Z', 2, { nationalId: null, structureId: SOS }));
  await insertSlot(database, range('2026-01-21T09:00:00Z', 1, { nationalId: doctor, structureId: SOS }));
  await insertSlot(database, range('2026-01-27T09:00:00Z', 2.5, { nationalId: null, structureId: SOS }));
  clock.set('2026-02-03T08:00:00Z');
  const own = await view.weeks(manager, { nationalId: null, structureId: SOS }, 2026);
  expect(inWeek(own, '2026-W04')).toMatchObject({ status: 'met', dueMinutes: 180, shownMinutes: 180 });
  expect(inWeek(own, '2026-W05')).toMatchObject({ status: 'missing', dueMinutes: 180, shownMinutes: 150 });
  const member = await view.weeks(colleague, { nationalId: otherDoctor, structureId: null }, 2026);
  expect(['2026-W04', '2026-W05'].map((key) => inWeek(member, key))).toMatchObject([{ status: 'met' }, { status: 'missing' }]);
  expect(await structures.doctors(manager, SOS)).toMatchObject({ etp: 1.5, dueMinutes: 180, ratio: null, doctors: [{ etp: 1, missing: 1 }, { etp: 0.5, missing: 1 }] });
  await expect(structures.saveEtp(manager, SOS, otherDoctor, { etp: 1, from: '2026-02-02' }), 'not in the past').rejects.toMatchObject({ code: 'etp-refused' });
  await expect(structures.saveEtp(effecteur, SOS, doctor, { etp: 0, from: '2026-03-02' })).rejects.toMatchObject({ code: 'participation-not-yours' });
  await expect(structures.saveEtp(manager, SOS, '810000000099', { etp: 1, from: '2026-03-02' })).rejects.toMatchObject({ code: 'etp-refused' });
});

test('[STR-05] a centre commits for all its doctors, on the agenda they share', async () => {
  const { declarations, view, clock, database } = await setUpParticipation();
  const manager = managerOf(CDS);
  await declarations.declare(manager, declared({ nationalId: undefined, structureId: CDS, via: 'cds', statement: 'cds-1' }));
  await insertSlot(database, range('2026-01-20T09:00:00Z', 4, { nationalId: null, structureId: CDS }));
  await insertSlot(database, range('2026-01-27T09:00:00Z', 3, { nationalId: null, structureId: CDS }));
  clock.set('2026-02-03T08:00:00Z');
  const told = await view.weeks(manager, { nationalId: null, structureId: CDS }, 2026);
  expect(['2026-W04', '2026-W05'].map((key) => inWeek(told, key))).toMatchObject([{ status: 'met', dueMinutes: 240 }, { status: 'missing', shownMinutes: 180 }]);
});

test('[STR-07] an MSP is valued by half of its doctors', async () => {
  const { declarations, structures } = await setUpParticipation();
  expect((await structures.doctors(managerOf(MSP), MSP)).ratio).toMatchObject({ doctors: 2, participating: 0, valued: false });
  await declarations.declare(effecteur, declared({ via: 'msp', viaStructureId: MSP }));
  expect((await structures.doctors(managerOf(MSP), MSP)).ratio).toMatchObject({ doctors: 2, participating: 1, level: 'half', valued: true });
  expect((await structures.linkedTo(effecteur)).map(({ id, manages }) => [id, manages])).toEqual([[MSP, false]]);
  expect((await structures.linkedTo(managerOf(SOS))).map(({ id, manages, kind }) => [id, manages, kind])).toEqual([[SOS, true, 'SOS']]);
});

test('[PART-08] [REM-04] before the launch nobody is eligible; the leader reads his own territory, in one pass', async () => {
  const { declarations, view, eligibility, clock, database } = await setUpParticipation({ launchedOn: '2026-06-01' });
  await declarations.declare(effecteur, declared());
  await insertSlot(database, range('2026-01-20T09:00:00Z', 4));
  clock.set('2026-02-03T08:00:00Z');
  const { doctors } = await view.eligibility(leader, '86', 2026);
  expect(doctors).toMatchObject([{ nationalId: doctor, status: 'DECLARE', verdict: { eligible: false, refusals: ['not-launched'], met: 0 } }]);
  const lots: Map<string, Standing>[] = [];
  for await (const lot of eligibility.pass('86', 2026)) lots.push(lot);
  expect(lots[0]!.get(doctor)).toEqual((await eligibility.ofYear({ professionals: [doctor], structures: [] }, '86', 2026)).get(doctor));
  await expect(view.eligibility(actorOf('responsable-sas', { territories: ['79'] }), '86', 2026)).rejects.toMatchObject({ code: 'territory-out-of-reach' });
});
