import { expect, test } from 'vitest';
import { actorOf, insertSlot } from '../../../../tests/support/agenda.ts';
import { colleague, CPTS, declared, delegate, doctor, effecteur, leader, managerOf, NOW, setUpParticipation, SOS } from './participation.fixture.ts';

const mine = { nationalId: doctor, structureId: null };

test('[PART-01] [PART-03] [PART-06] a doctor declares: what he swore, when, by whom; the regulation reads what he shows', async () => {
  const { declarations, participations, clock, journal } = await setUpParticipation();
  const before = await declarations.overview(effecteur, mine);
  expect(before).toMatchObject({ current: null, mayChange: true, territory: '86' });
  expect(before.choices.map(({ via }) => via).sort()).toEqual(['cpts', 'msp', 'sos']);
  const saved = await declarations.declare(effecteur, declared({
    note: 'Sonner deux fois, cour du fond', caps: { halfDay: 2, week: 5 }, preferredHours: [{ day: 2, from: '18:00', to: '20:00' }],
  }));
  expect(saved).toMatchObject({
    status: 'DECLARE', event: 'declare', contact: '+33549000011', statement: 'individuel-1', statementAt: NOW, statementBy: 'Dr Ada Exemple',
    authorName: 'Dr Ada Exemple', byDelegation: false, validFrom: NOW, validTo: null,
  });
  expect((await participations.of([doctor], clock.now())).get(doctor)).toEqual({
    via: 'individual', viaStructureId: null, enSus: true, contact: '+33549000011', note: 'Sonner deux fois, cour du fond', caps: { halfDay: 2, week: 5 },
    preferredHours: [{ day: 2, from: '18:00', to: '20:00' }],
  });
  expect(await participations.professionals(clock.now())).toEqual([doctor]);
  expect(await journal()).toEqual(['participation-declare']);
});

test('[PART-13] [SEC-04] what he hides is shown to nobody, and those who lead the SAS never read his number nor his note', async () => {
  const { declarations, participations, clock } = await setUpParticipation();
  await declarations.declare(effecteur, declared({ note: 'Au fond de la cour', shown: [], preferredHours: [{ day: 2, from: '18:00', to: '20:00' }] }));
  expect((await participations.of([doctor], clock.now())).get(doctor)).toMatchObject({ via: 'individual', contact: null, note: null, preferredHours: [] });
  expect((await declarations.overview(effecteur, mine)).current).toMatchObject({ contact: '+33549000011', note: 'Au fond de la cour' });
  const { current, mayChange, maySuspend } = await declarations.overview(leader, mine);
  expect({ ...current, mayChange, maySuspend }).toMatchObject({ status: 'DECLARE', contact: null, note: null, preferredHours: [], mayChange: false, maySuspend: true });
  const [kept] = await declarations.history(leader, mine);
  expect(kept).toMatchObject({ contact: null, note: null, authorName: 'Dr Ada Exemple' });
});

test('[PART-09] [PART-04] [PART-05] through a structure he is never reached himself: the contact is the structure’s', async () => {
  const { declarations, participations, clock } = await setUpParticipation();
  await declarations.declare(effecteur, declared({ via: 'sos', viaStructureId: SOS, statement: null }));
  const at = async () => (await participations.of([doctor], clock.now())).get(doctor);
  expect(await at()).toMatchObject({ via: 'sos', viaStructureId: SOS, contact: null });
  await declarations.declare(managerOf(SOS), declared({ nationalId: undefined, structureId: SOS, via: 'sos', contact: '0549000099', statement: 'sos-1' }));
  expect(await at()).toMatchObject({ via: 'sos', viaStructureId: SOS, contact: '+33549000099' });
  clock.advance({ minutes: 1 });
  await declarations.declare(effecteur, declared({ via: 'cpts', viaStructureId: CPTS, placeIds: [`place-${doctor}`] }));
  expect(await at()).toMatchObject({ via: 'cpts', viaStructureId: CPTS, contact: null });
});

test('[PART-07] every change closes what held and opens another, with its author; the history is whole and dated', async () => {
  const { declarations, participations, clock } = await setUpParticipation();
  await declarations.declare(effecteur, declared());
  clock.advance({ hours: 24 });
  await declarations.declare(delegate, declared({ contact: '06 12 34 56 78' }));
  clock.advance({ hours: 24 });
  await declarations.declare(effecteur, declared({ participates: false }));
  const history = await declarations.history(effecteur, mine);
  expect(history.map(({ event, status, validFrom, validTo, authorName, byDelegation, statementAt }) => ({ event, status, validFrom, validTo, authorName, byDelegation, statementAt }))).toEqual([
    { event: 'withdraw', status: 'RETIRE', validFrom: '2026-01-15T08:00:00Z', validTo: null, authorName: 'Dr Ada Exemple', byDelegation: false, statementAt: NOW },
    { event: 'change', status: 'DECLARE', validFrom: '2026-01-14T08:00:00Z', validTo: '2026-01-15T08:00:00Z', authorName: 'Sacha Délégué', byDelegation: true, statementAt: NOW },
    { event: 'declare', status: 'DECLARE', validFrom: NOW, validTo: '2026-01-14T08:00:00Z', authorName: 'Dr Ada Exemple', byDelegation: false, statementAt: NOW },
  ]);
  expect((await participations.of([doctor], clock.now())).size, 'withdrawn').toBe(0);
  expect((await participations.of([doctor], Temporal.Instant.from('2026-01-14T12:00:00Z'))).size, 'the past stays').toBe(1);
});

test('[PART-07] a change for a day to come waits for it, gives way to a later one, and nothing changes in the past', async () => {
  const { declarations, participations, clock } = await setUpParticipation();
  await declarations.declare(effecteur, declared());
  clock.advance({ minutes: 1 });
  await declarations.declare(effecteur, declared({ enSus: false, from: '2026-02-01' }));
  const enSus = async (at: string) => (await participations.of([doctor], Temporal.Instant.from(at))).get(doctor)?.enSus;
  expect([await enSus('2026-01-31T22:59:00Z'), await enSus('2026-01-31T23:00:00Z')]).toEqual([true, false]);
  clock.advance({ minutes: 1 });
  await declarations.declare(effecteur, declared({ participates: false, from: '2026-03-01' }));
  expect([await enSus('2026-02-10T12:00:00Z'), await enSus('2026-03-10T12:00:00Z')]).toEqual([true, undefined]);
  expect((await declarations.overview(effecteur, mine)).upcoming).toMatchObject({ status: 'RETIRE', validFrom: '2026-02-28T23:00:00Z' });
  await expect(declarations.declare(effecteur, declared({ from: '2026-01-12' }))).rejects.toMatchObject({ code: 'declaration-refused', fields: [{ path: 'from' }] });
});

test('[PART-06] [PART-13] a refused declaration names every field and keeps what held', async () => {
  const { declarations } = await setUpParticipation();
  await declarations.declare(effecteur, declared());
  const wrong = declarations.declare(effecteur, declared({ via: 'cpts', viaStructureId: 'unknown', contact: null, note: 'Voir Mme Durand', statement: null }));
  await expect(wrong).rejects.toMatchObject({ family: 'rule', code: 'declaration-refused' });
  const { fields } = await wrong.catch((error: unknown) => error as { fields: { path: string }[] }) as { fields: { path: string }[] };
  expect(fields.map(({ path }) => path)).toEqual(['note', 'viaStructureId', 'contact', 'placeIds', 'statement']);
  expect((await declarations.overview(effecteur, mine)).current).toMatchObject({ via: 'individual', status: 'DECLARE' });
});

test('[SEC-02] [ACT-18] only he, his delegate or his structure’s manager declares; others are refused and it is journaled', async () => {
  const { declarations, journal } = await setUpParticipation();
  const strangers = [
    colleague, leader, managerOf('1860000001'), actorOf('delegataire', { delegations: [{ nationalId: doctor, structureId: null, scopes: ['agenda'] }] }),
    actorOf('responsable-sas', { territories: ['79'] }),
  ];
  for (const actor of strangers) await expect(declarations.declare(actor, declared())).rejects.toMatchObject({ code: 'participation-not-yours' });
  expect(await journal()).toEqual(strangers.map(() => 'participation-declare-refused'));
  await expect(declarations.history(actorOf('responsable-sas', { territories: ['79'] }), mine)).rejects.toMatchObject({ family: 'forbidden' });
  await expect(declarations.declare(managerOf('1860000001'), declared({ nationalId: undefined, structureId: SOS, via: 'sos', statement: 'sos-1' }))).rejects.toMatchObject({ family: 'forbidden' });
});

test('[PART-07] the SAS leader suspends with a reason, the doctor takes no part until it is resumed', async () => {
  const { declarations, participations, clock } = await setUpParticipation();
  await expect(declarations.suspendOrResume(effecteur, mine, 'suspend', null)).rejects.toMatchObject({ code: 'participation-transition' });
  await declarations.declare(effecteur, declared());
  clock.advance({ hours: 1 });
  expect(await declarations.suspendOrResume(leader, mine, 'suspend', 'Fermeture du cabinet')).toMatchObject({ status: 'SUSPENDU', reason: 'Fermeture du cabinet', contact: null });
  expect((await participations.of([doctor], clock.now())).size).toBe(0);
  clock.advance({ hours: 1 });
  expect(await declarations.suspendOrResume(effecteur, mine, 'resume', null)).toMatchObject({ status: 'DECLARE', contact: '+33549000011', statement: 'individuel-1' });
});

test('[PART-02] a declaration becomes effective with its 2 h, and is no longer once a whole week was missed', async () => {
  const { declarations, review, clock, database, participations } = await setUpParticipation();
  await declarations.declare(effecteur, declared());
  const status = async () => (await declarations.overview(effecteur, mine)).current!.status;
  expect([await review(), await status()]).toEqual([0, 'DECLARE']);
  clock.advance({ minutes: 10 });
  await insertSlot(database, { start: '2026-01-15T09:00:00Z', end: '2026-01-15T11:00:00Z', kind: 'range', capacity: 8 });
  expect([await review(), await status()]).toEqual([1, 'EFFECTIF']);
  expect(await review(), 'told once').toBe(0);
  clock.set('2026-01-20T08:00:00Z');
  expect([await review(), await status()], 'the week runs').toEqual([0, 'EFFECTIF']);
  clock.set('2026-01-26T08:00:00Z');
  expect([await review(), await status()]).toEqual([1, 'DECLARE']);
  expect((await participations.of([doctor], clock.now())).size, 'he still takes part').toBe(1);
  expect((await declarations.history(effecteur, mine)).map(({ event }) => event)).toEqual(['lose-visibility', 'become-effective', 'declare']);
});

test('[PART-02] [PART-07] becoming effective leaves in place what is planned', async () => {
  const { declarations, review, clock, database } = await setUpParticipation();
  await declarations.declare(effecteur, declared());
  clock.advance({ minutes: 1 });
  await declarations.declare(effecteur, declared({ participates: false, from: '2026-02-01' }));
  await insertSlot(database, { start: '2026-01-15T09:00:00Z', end: '2026-01-15T11:00:00Z', kind: 'range', capacity: 8 });
  expect(await review()).toBe(1);
  expect(await declarations.overview(effecteur, mine)).toMatchObject({
    current: { status: 'EFFECTIF', validTo: '2026-01-31T23:00:00Z' }, upcoming: { status: 'RETIRE', validFrom: '2026-01-31T23:00:00Z' },
  });
});

test('[PART-12] the forfait de réorientation des urgences is chosen apart, dated, and changes nothing else of the participation', async () => {
  const { declarations, participations, clock } = await setUpParticipation();
  await declarations.declare(effecteur, declared());
  const asRead = async () => (await participations.of([doctor], clock.now())).get(doctor);
  const before = await asRead();
  clock.advance({ hours: 24 });
  expect(await declarations.declare(effecteur, declared({ reorientation: true }))).toMatchObject({ reorientation: true, status: 'DECLARE', validFrom: '2026-01-14T08:00:00Z' });
  expect(await asRead()).toEqual(before);
  const history = await declarations.history(effecteur, mine);
  expect(history.map(({ reorientation, validFrom, validTo }) => ({ reorientation, validFrom, validTo }))).toEqual([
    { reorientation: true, validFrom: '2026-01-14T08:00:00Z', validTo: null }, { reorientation: false, validFrom: NOW, validTo: '2026-01-14T08:00:00Z' },
  ]);
});
