import fc from 'fast-check';
import { expect, test } from 'vitest';
import { actorOf } from '../../../../tests/support/agenda.ts';
import { newKey } from '../../../../tests/support/orientations.ts';
import { cpts, doctorOf, managerOf, msp, setUpRequests, WANTED } from '../../../../tests/support/requests.ts';

type Settled = PromiseSettledResult<{ status: string }>;
const won = (outcomes: readonly Settled[]) => outcomes.filter((one) => one.status === 'fulfilled');
const lost = (outcomes: readonly Settled[]) => outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason as { status: number; code: string; message: string; extra: object }] : []));

test('[SUR-08] two persons of a structure and the operator accept at the same second: one wins, the others are told, twenty times over', async () => {
  const { orientations, osnp, ask, chain } = await setUpRequests();
  const rivals = [managerOf(cpts), managerOf(cpts), actorOf('delegataire', { delegations: [{ nationalId: null, structureId: cpts, scopes: ['requests'] }] })];
  for (let round = 0; round < 20; round++) {
    const asked = await ask([[cpts, 1], [msp, 2]]);
    const outcomes = await Promise.allSettled([
      ...rivals.map((rival) => orientations.act(rival, asked.id, 'accept', {})), orientations.act(osnp, asked.id, 'refuse', { answeredBy: 'secretariat' }),
    ]);
    expect(won(outcomes)).toHaveLength(1);
    for (const { status, code, message, extra } of lost(outcomes)) {
      expect({ status, code }).toEqual({ status: 409, code: 'transition-impossible' });
      expect(extra).toMatchObject({ state: expect.stringMatching(/ACCEPTE_SANS_NOM|REFUSE/) });
      expect(message).toMatch(/déjà accepté|\(refusé\)/);
    }
    const { attempts, state } = await chain(asked.requestId!);
    expect(attempts.filter(({ status }) => status.startsWith('ACCEPTE')).length).toBe(state === 'ACCEPTE' ? 1 : 0);
    expect(attempts).toHaveLength(state === 'ACCEPTE' ? 1 : 2);
  }
});

test('[SUR-08] a request expires while it is being accepted: the instant decides, the next is asked once, whoever is first', async () => {
  const { orientations, ask, chain, clock, requests } = await setUpRequests();
  for (let round = 0; round < 12; round++) {
    const asked = await ask([[cpts, 1], [msp, 2], [doctorOf(7), 3]], clock.now().add({ hours: 1 }).toString());
    const late = round % 2 === 0;
    clock.advance(late ? { minutes: 10 } : { minutes: 9, seconds: 59 });
    const outcomes = await Promise.allSettled([
      orientations.act(managerOf(cpts), asked.id, 'accept', {}), ...[0, 1, 2].map(() => requests.expireDue().then(() => ({ status: 'done' }))),
    ]);
    expect(outcomes[0]!.status).toBe(late ? 'rejected' : 'fulfilled');
    if (late) expect(lost(outcomes)[0]).toMatchObject({ status: 409, code: 'transition-impossible', extra: { state: 'EXPIRE' } });
    expect((await chain(asked.requestId!)).attempts.map(({ status }) => status)).toEqual(late ? ['EXPIRE', 'DEMANDE'] : ['ACCEPTE_SANS_NOM']);
  }
});

test('[SUR-08] [SUR-01] whatever is answered, whenever: nobody is asked twice, one at most accepts, and every request ends', async () => {
  const { orientations, osnp, ask, chain, pass, clock } = await setUpRequests();
  const subjects = [cpts, msp, doctorOf(7), doctorOf(8)];
  const answer = fc.constantFrom('accept', 'refuse', 'expire', 'no-answer');
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(subjects, { minLength: 1 }), fc.array(answer, { minLength: 4, maxLength: 4 }), async (order, answers) => {
      const asked = await ask(order.map((subject, index) => [subject, index + 1] as const), clock.now().add({ hours: 2 }).toString());
      for (const given of answers) {
        const { attempts, state } = await chain(asked.requestId!);
        if (state !== 'EN_COURS') break;
        const current = attempts.at(-1)!;
        if (current.status === 'PROPOSE') await orientations.act(osnp, current.orientationId, 'ask', {});
        if (given === 'expire') await pass({ minutes: 11 });
        else if (given === 'accept') await orientations.act(osnp, current.orientationId, 'accept', { answeredBy: 'medecin', at: clock.now().add({ hours: 1 }).toString() });
        else await orientations.act(osnp, current.orientationId, given, given === 'refuse' ? { answeredBy: 'medecin' } : {});
      }
      const { attempts, state } = await chain(asked.requestId!);
      expect(new Set(attempts.map(({ label }) => label)).size).toBe(attempts.length);
      expect(attempts.map(({ label }) => label)).toEqual(order.slice(0, attempts.length).map((subject) => ({ [cpts]: 'CPTS fictive', [msp]: 'MSP fictive' })[subject] ?? `Nom${subject.slice(-2)} Ada`));
      const accepted = attempts.filter(({ status }) => status.startsWith('ACCEPTE') || status === 'PRIS');
      expect(accepted.length).toBe(state === 'ACCEPTE' ? 1 : 0);
      if (state === 'EPUISE') expect(attempts).toHaveLength(order.length);
    }),
    { numRuns: 15 },
  );
});

test('[SUR-08] caps hold when many accept at once: never more than said, the one too many is told which cap', async () => {
  const { orientations, osnp, taking } = await setUpRequests();
  taking.set(cpts, { via: 'cpts', enSus: true, caps: { halfDay: 2, week: null } });
  const ask = () => orientations.create(osnp, { enSus: { structureId: cpts, at: WANTED, reason: 'doctor-decision' } }, newKey());
  const asked = await Promise.all(Array.from({ length: 6 }, ask));
  const outcomes = await Promise.allSettled(asked.map(({ id }) => orientations.act(managerOf(cpts), id, 'accept', {})));
  expect(won(outcomes)).toHaveLength(2);
  for (const refusal of lost(outcomes)) expect(refusal).toMatchObject({ status: 409, code: 'cap-reached', extra: { cap: 'half-day' } });
  await expect(ask()).rejects.toMatchObject({ code: 'cap-reached', fields: [{ path: 'enSus.structureId' }] });
  // One that is given back makes room.
  const [first] = won(outcomes) as PromiseFulfilledResult<{ id: string; status: string }>[];
  await orientations.act(managerOf(cpts), first!.value.id, 'cancel', {});
  const waiting = asked.find((_, index) => outcomes[index]!.status === 'rejected')!;
  expect(await orientations.act(managerOf(cpts), waiting.id, 'accept', { nationalId: doctorOf(1) })).toMatchObject({ status: 'ACCEPTE_NOMME' });
});

test('[SUR-08] caps are never exceeded, whatever is accepted, given back or moved, and whoever is named', async () => {
  const { orientations, osnp, taking, database } = await setUpRequests();
  taking.set(doctorOf(1), { via: 'cpts', viaStructureId: cpts, caps: { halfDay: 1, week: 3 } });
  const hours = fc.constantFrom('2026-01-13T09:00:00Z', '2026-01-13T11:59:00Z', '2026-01-13T12:00:00Z', '2026-01-14T09:00:00Z', '2026-01-15T15:00:00Z');
  const manager = managerOf(cpts);
  await fc.assert(
    fc.asyncProperty(hours, fc.boolean(), async (at, giveBack) => {
      const { id } = await orientations.create(osnp, { lateReason: 'patient-choice', enSus: { structureId: cpts, at, reason: 'doctor-decision' } }, newKey());
      const accepted = await orientations.act(manager, id, 'accept', { nationalId: doctorOf(1) }).then(() => true, (error: { code: string }) => {
        expect(error.code).toBe('cap-reached');
        return false;
      });
      if (accepted && giveBack) await orientations.act(manager, id, 'cancel', {});
      const { rows } = await database.owner.pool.query(
        `select (start_at at time zone 'Europe/Paris')::date as day, (extract(hour from start_at at time zone 'Europe/Paris') < 13) as morning, count(*)::int as n
         from orientation.orientation where national_id = $1 and status = 'ACCEPTE_NOMME' group by 1, 2`, [doctorOf(1)]);
      expect(rows.every(({ n }) => n <= 1)).toBe(true);
      expect(rows.reduce((sum: number, { n }) => sum + n, 0)).toBeLessThanOrEqual(3);
    }),
    { numRuns: 25 },
  );
});
