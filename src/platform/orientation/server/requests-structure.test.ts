import { expect, test } from 'vitest';
import { actorOf } from '../../../../tests/support/agenda.ts';
import { cds, cpts, doctorOf, managerOf, msp, setUpRequests } from '../../../../tests/support/requests.ts';

const responsable = actorOf('responsable-sas');
const day = { from: '2026-01-13', to: '2026-01-13' };
const duty = (nationalId: string, half: 'am' | 'pm' = 'am') => ({ day: '2026-01-13', half, nationalId });

test('[STR-06] médecin du jour: one a day, proposed to name, and accepting by itself within what he accepts', async () => {
  const { requests, ask, chain, taking, orientations } = await setUpRequests();
  const manager = managerOf(cpts);
  const plan = { ...day, mode: 'day-doctor', automatic: false } as const;
  await expect(requests.duties.save(manager, cpts, { ...plan, duties: [duty(doctorOf(1)), duty(doctorOf(2), 'pm')] })).rejects.toMatchObject({ code: 'one-doctor-a-day' });
  await expect(requests.duties.save(manager, cpts, { ...plan, duties: [duty(doctorOf(4))] })).rejects.toMatchObject({ code: 'professional-not-member' });
  await expect(requests.duties.save(managerOf(msp), cpts, { ...plan, duties: [] })).rejects.toMatchObject({ code: 'structure-not-yours' });
  await requests.duties.save(manager, cpts, { ...plan, duties: [duty(doctorOf(2)), duty(doctorOf(2), 'pm')] });
  const waiting = await ask([[cpts, 1]]);
  expect((await requests.views.inbox(manager)).items[0]).toMatchObject({ onDuty: [{ nationalId: doctorOf(2), name: 'Nom02 Ada' }] });
  await orientations.act(manager, waiting.id, 'refuse', {});
  await requests.duties.save(manager, cpts, { ...plan, automatic: true, duties: [duty(doctorOf(2)), duty(doctorOf(2), 'pm')] });
  taking.set(doctorOf(2), { via: 'cpts', viaStructureId: cpts, caps: { halfDay: 1, week: null } });
  const accepted = await ask([[cpts, 1], [msp, 2]]);
  expect(accepted).toMatchObject({ status: 'ACCEPTE_NOMME', nationalId: doctorOf(2), label: 'Nom02 Ada' });
  expect((await chain(accepted.requestId!)).attempts[0]).toMatchObject({ answerChannel: 'planning', doctor: { name: 'Nom02 Ada' } });
  expect((await ask([[cpts, 1]])).status).toBe('DEMANDE');
});

test('[STR-06] several on call: the one named least recently is proposed first', async () => {
  const { requests, ask, clock, orientations, osnp } = await setUpRequests();
  const manager = managerOf(cpts);
  await requests.duties.save(manager, cpts, { ...day, mode: 'on-call', automatic: false, duties: [duty(doctorOf(1)), duty(doctorOf(2)), duty(doctorOf(3), 'pm')] });
  const first = async () => {
    const asked = await ask([[cpts, 1]]);
    const names = (await requests.views.inbox(manager)).items.find(({ orientationId }) => orientationId === asked.id)!.onDuty.map(({ nationalId }) => nationalId);
    await orientations.act(manager, asked.id, 'accept', { nationalId: names[0] });
    await orientations.act(osnp, asked.id, 'accept', {});
    clock.advance({ minutes: 1 });
    return names;
  };
  expect(await first()).toEqual([doctorOf(1), doctorOf(2)]);
  expect(await first()).toEqual([doctorOf(2), doctorOf(1)]);
  expect(await first()).toEqual([doctorOf(1), doctorOf(2)]);
});

test('[STR-08] [SUR-09] the statement of a structure, the fairness of the territory and the acts of the doctor count what was answered', async () => {
  const { requests, ask, pass, clock, orientations } = await setUpRequests();
  const one = await ask([[cpts, 1]]);
  clock.advance({ minutes: 2 });
  await orientations.act(managerOf(cpts), one.id, 'accept', { nationalId: doctorOf(1) });
  const two = await ask([[cpts, 1]]);
  clock.advance({ minutes: 4 });
  await orientations.act(managerOf(cpts), two.id, 'refuse', { reason: 'no-doctor' });
  await ask([[cpts, 1], [msp, 2]]);
  await pass({ minutes: 10 });
  const statement = await requests.figures.statement(managerOf(cpts), { structureId: cpts, ...day });
  expect(statement).toMatchObject({ received: 3, accepted: 1, medianMs: 180_000 });
  expect(statement.lines.map(({ status, delayMs, doctor, refusal, city }) => [status, delayMs, doctor, refusal, city])).toEqual([
    ['ACCEPTE_NOMME', 120_000, 'Nom01 Ada', null, 'Poitiers'], ['REFUSE', 240_000, null, 'no-doctor', 'Poitiers'], ['EXPIRE', 600_000, null, null, 'Poitiers'],
  ]);
  await expect(requests.figures.statement(managerOf(msp), { structureId: cpts, ...day })).rejects.toMatchObject({ code: 'structure-not-yours' });
  const lines = await requests.figures.fairness(responsable, { territory: '86', days: 30 });
  expect(lines.map(({ label, asked, accepted, refused, unanswered, waiting }) => [label, asked, accepted, refused, unanswered, waiting])).toEqual([
    ['CPTS fictive', 3, 1, 1, 1, 0], ['MSP fictive', 1, 0, 0, 0, 1],
  ]);
  await expect(requests.figures.fairness(actorOf('superviseur', { territories: ['79'] }), { territory: '86', days: 30 })).rejects.toMatchObject({ code: 'territory-not-covered' });
  const year = [Temporal.Instant.from('2026-01-01T00:00:00Z'), Temporal.Instant.from('2027-01-01T00:00:00Z'), 'Europe/Paris'] as const;
  expect(await requests.figures.actsOf(doctorOf(1), ...year)).toEqual({ '2026-T1': 1 });
  expect(await requests.figures.actsOf(cpts, ...year)).toEqual({});
});

test('[SUR-07] [SUR-09] a centre de santé takes the request itself and the act is its own; a structure bears its name whoever it named', async () => {
  const { requests, ask, orientations } = await setUpRequests();
  const taken = await ask([[cds, 1]]);
  await orientations.act(managerOf(cds), taken.id, 'accept', {});
  const named = await ask([[cpts, 1]]);
  await orientations.act(managerOf(cpts), named.id, 'accept', { nationalId: doctorOf(1) });
  const year = [Temporal.Instant.from('2026-01-01T00:00:00Z'), Temporal.Instant.from('2027-01-01T00:00:00Z'), 'Europe/Paris'] as const;
  expect(await requests.figures.actsOf(cds, ...year)).toEqual({ '2026-T1': 1 });
  const lines = await requests.figures.fairness(responsable, { territory: '86', days: 30 });
  expect(lines.map(({ label }) => label)).toEqual(expect.arrayContaining(['CDS fictive', 'CPTS fictive']));
});
