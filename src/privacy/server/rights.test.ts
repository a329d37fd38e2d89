import { expect, test } from 'vitest';
import { createTestDatabase } from '../../../tests/support/database.ts';
import { ManualClock } from '../../foundation/clock.ts';
import type { Actor, Role } from '../../identity/contract.ts';
import { createRetention, createRights } from './index.ts';

const person = (role: Role, territory: string): Actor => ({
  accountId: `${role}-${territory}`, displayName: `${role} ${territory}`, email: null, roles: [role], territories: [territory],
  nationalId: '810000000001', structureIds: [], delegations: [], editor: null,
});
const doctor = person('effecteur', '86');
const admin = person('administrateur', '86');
const order = { kind: 'rectification', subject: 'compte', body: 'Mon nom a changé.' } as const;

async function setting() {
  const database = await createTestDatabase();
  const clock = new ManualClock('2026-11-20T08:00:00Z');
  const rights = createRights({
    database, clock, accountNames: async (ids) => new Map(ids.map((id) => [id, `Nom de ${id}`])),
    patientDataIn: (text) => (text.includes('Mme') ? "le nom d'un patient" : null),
    providers: [async ({ nationalId }) => [{ title: 'Annuaire', rows: [{ Numéro: nationalId, Depuis: clock.now(), Rang: 1, Fin: null }] }]],
  });
  const retention = createRetention({ database, clock, keepings: {}, territories: async () => [] });
  const journal = async () =>
    (await database.owner.pool.query(`select actor, event, to_state from foundation.journal order by seq`)).rows.map((row) => Object.values(row).filter(Boolean).join(' '));
  return { rights, retention, clock, journal };
}

test('[SEC-08] a request is dated, due in a month, answered once with a reason, by somebody else than its author; all is journaled', async () => {
  const { rights, clock, journal } = await setting();
  const asked = await rights.ask(order, doctor);
  expect(asked).toMatchObject({ number: 'D-000001', state: 'received', dueAt: '2026-12-20T08:00:00Z', author: 'Nom de effecteur-86', late: false });
  clock.advance({ hours: 24 * 31 });
  expect(await rights.inbox(admin)).toMatchObject([{ id: asked.id, late: true }]);
  await expect(rights.answer(asked.id, { answer: 'refused', reason: null }, admin)).rejects.toMatchObject({ code: 'reason-needed' });
  expect(await rights.answer(asked.id, { answer: 'partly', reason: 'source-externe' }, admin)).toMatchObject({ state: 'partly', answeredBy: 'administrateur 86', late: false });
  await expect(rights.answer(asked.id, { answer: 'accepted', reason: null }, admin)).rejects.toMatchObject({ code: 'already-answered' });
  const own = await rights.ask(order, admin);
  await expect(rights.answer(own.id, { answer: 'accepted', reason: null }, admin)).rejects.toMatchObject({ code: 'own-request' });
  expect(await journal()).toEqual(['effecteur-86 asked', 'administrateur-86 inbox-read', 'administrateur-86 answered partly', 'administrateur-86 asked']);
});

test('[SEC-08] [SEC-02] requests of another territory are neither shown nor answered, and the refusal is journaled', async () => {
  const { rights, journal } = await setting();
  const { id } = await rights.ask(order, doctor);
  const elsewhere = person('administrateur', '79');
  expect(await rights.inbox(elsewhere)).toEqual([]);
  await expect(rights.answer(id, { answer: 'accepted', reason: null }, elsewhere)).rejects.toMatchObject({ code: 'territory-not-covered' });
  await expect(rights.register('86', elsewhere)).rejects.toMatchObject({ code: 'territory-not-covered' });
  expect(await journal()).toEqual(['effecteur-86 asked', 'administrateur-79 access-refused']);
});

test('[SEC-08] [SEC-05] a text that looks like a patient is not kept; ten requests a day', async () => {
  const { rights } = await setting();
  await expect(rights.ask({ ...order, body: 'Mme Durand' }, doctor)).rejects.toMatchObject({ code: 'patient-data-refused', status: 422 });
  expect(await rights.mine(doctor)).toEqual([]);
  const results = await Promise.allSettled(Array.from({ length: 12 }, () => rights.ask(order, doctor)));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
});

test('[SEC-08] the export holds what each context keeps and what was asked, in plain values; the access is journaled', async () => {
  const { rights, journal } = await setting();
  await rights.ask(order, doctor);
  expect(await rights.dataOf(doctor)).toEqual({
    at: '2026-11-20T08:00:00Z', name: 'effecteur 86',
    sections: [
      { title: 'Annuaire', rows: [{ Numéro: '810000000001', Depuis: '2026-11-20T08:00:00Z', Rang: 1, Fin: null }] },
      { title: 'Demandes sur vos données', rows: [expect.objectContaining({ Numéro: 'D-000001', Texte: 'Mon nom a changé.', Réponse: 'à venir', Motif: null })] },
    ],
  });
  expect(await journal()).toEqual(['effecteur-86 asked', 'effecteur-86 exported']);
});

test('[SEC-08] [SEC-07] the notice and the register say the durations in force in the territory', async () => {
  const { rights, retention } = await setting();
  const orientations = async () => (await rights.notice(doctor)).lines.find(({ what }) => what.startsWith('Les orientations'))!.howLong;
  expect(await orientations()).toBe('5 ans après leur dernier changement');
  await retention.saveRule('86', 'orientations', 1_096, admin);
  expect(await orientations()).toBe('3 ans après leur dernier changement');
  const { processings, risks } = await rights.register('86', admin);
  expect(processings.flatMap(({ kept }) => kept)).toContainEqual({ label: 'Orientations', duration: '3 ans après leur dernier changement' });
  expect(risks.length).toBeGreaterThan(4);
});
