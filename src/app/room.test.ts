import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AssembledRoom, openAssembledRoom, PLATFORM_URL } from '../../tests/replay/assembled-room.ts';
import { place, qualify } from '../../tests/replay/qualification.ts';
import type { Actor } from '../identity/contract.ts';
import { contextualSearchUrl, LINK_PARAMETERS } from '../interop/lrm-context/link.ts';

let room: AssembledRoom;
let n1: Actor;
let os: Actor;
beforeAll(async () => {
  room = await openAssembledRoom();
  n1 = await room.person('arm', 'Camille Aubert');
  os = await room.person('osnp', 'Dominique Carré');
  await room.seated(n1, 'N1');
});
afterAll(() => room.close());

/** N1 answers the next caller and opens the dossier. */
async function answered(caller: string): Promise<{ callId: string; id: string }> {
  await room.pass(11);
  const callId = await room.call({ caller });
  const { id } = await room.dossiers.open(n1, { callId });
  return { callId, id };
}
const callbacks = async () => (await room.telephony.callbacks(n1)).filter(({ outcome }) => outcome === null);

test('[TEL-08] [REG-01] a call that ends leaves its dossier: nobody on line any more, nothing to ring back', async () => {
  const { callId, id } = await answered('0639980010');
  await room.play(id, [n1, qualify()]);
  expect((await room.dossiers.get(n1, id)).calls).toMatchObject([{ id: callId, onLine: true }]);
  await room.telephony.act(n1, callId, { op: 'hang-up' });
  await room.settle();
  expect(await room.callOf(callId)).toMatchObject({ state: 'TERMINE', cause: 'agent', dossierId: id });
  const after = await room.dossiers.get(n1, id);
  expect(after.calls).toMatchObject([{ id: callId, onLine: false }]);
  expect(after.tasks).toEqual([]);
  expect(await callbacks()).toEqual([]);
});

test('[REG-07] [TEL-11] a P0 that breaks off: a task at once, and its number first on the list, before those who gave up', async () => {
  await room.telephony.setMyState(n1, { state: 'pause' });
  await room.pass(11);
  const tired = await room.call({ caller: '0639980011' });
  await room.pass(20);
  await room.gone(tired);
  await room.telephony.setMyState(n1, { state: 'available' });
  const { callId, id } = await answered('0639980012');
  await room.play(id, [n1, { action: 'engage-p0', location: place, callback: '0639980012' }]);
  await room.pass(5);
  await room.gone(callId, 'network');
  expect(await room.callOf(callId)).toMatchObject({ state: 'TERMINE', cause: 'network', waiting: null });
  const dossier = await room.dossiers.get(n1, id);
  expect(dossier.calls).toMatchObject([{ onLine: false }]);
  expect(dossier.tasks).toMatchObject([{ kind: 'rappel-coupure', assignee: n1.accountId, dueAt: room.clock.now().toString(), doneAt: null }]);
  expect(await callbacks()).toMatchObject([{ number: '0639980012', reason: 'coupure', dossierId: id }, { number: '0639980011', reason: 'abandon', dossierId: null }]);
});

test('[TEL-11] the caller of a P2 who hangs up is no broken call', async () => {
  const { callId, id } = await answered('0639980013');
  await room.play(id, [n1, qualify()]);
  await room.gone(callId);
  expect((await room.dossiers.get(n1, id)).tasks).toEqual([]);
  expect((await callbacks()).map(({ number }) => number)).not.toContain('0639980013');
});

const words = fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzéèçàü -\''), minLength: 1, maxLength: 40 });
const patients = fc.record({
  lastName: words, firstName: words, birthDate: fc.integer({ min: 0, max: 36_000 }).map((days) => Temporal.PlainDate.from('1925-01-01').add({ days }).toString()),
  age: fc.integer({ min: 0, max: 120 }), sex: fc.constantFrom('M', 'F', 'I'), history: words, treatments: words, allergies: words, vulnerable: fc.subarray(['sociale', 'physique', 'psychique']),
});
const facts = fc.record({ patient: patients, caller: fc.record({ name: words, relation: words }), callback: fc.integer({ min: 0, max: 9_999 }).map((n) => `06399${String(n).padStart(5, '0')}`), note: words });

test('[INT-01] [RDV-01] [SEC-05] the link to the search is the same whoever the patient is: place and usual doctor, never an identity', async () => {
  const { id } = await answered('0639980014');
  await room.play(id, [n1, qualify()]);
  const usualDoctor = { usualDoctor: 'Exemple', usualDoctorRpps: '10000000011' };
  const expected = contextualSearchUrl(PLATFORM_URL, 'fr.health.samu860', { ...place, specialty: null, usualDoctorName: 'Exemple', usualDoctorRpps: '10000000011' });
  expect([...new URL(expected).searchParams.keys()].every((name) => (LINK_PARAMETERS as readonly string[]).includes(name))).toBe(true);
  await fc.assert(
    fc.asyncProperty(facts, async ({ note, patient, ...more }) => {
      const { version: base } = await room.dossiers.get(n1, id);
      await room.dossiers.update(n1, id, { base, ...more, caller: { ...more.caller, difficulty: null }, patient: { ...patient, ...usualDoctor } } as never);
      if (note.trim()) await room.dossiers.addNote(n1, id, { kind: 'medicale', text: note });
      room.clock.advance({ seconds: 1 });
      expect(await room.dossiers.appointments.searchLink(os, id)).toBe(expected);
    }),
    { numRuns: 40 },
  );
});
