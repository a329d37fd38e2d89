import { expect, test } from 'vitest';
import { createTestDatabase } from '../../../tests/support/database.ts';
import { ManualClock } from '../../foundation/clock.ts';
import { post } from '../../foundation/outbox.ts';
import type { Actor, Role } from '../../identity/contract.ts';
import { createContacts } from './index.ts';

const person = (role: Role, territory: string): Actor => ({
  accountId: `${role}-${territory}`, displayName: `${role} ${territory}`, email: null, roles: [role], territories: [territory],
  nationalId: null, structureIds: [], delegations: [], editor: null,
});
const doctor = person('effecteur', '86');
const manager = person('gestionnaire-comptes', '86');

async function setting() {
  const database = await createTestDatabase();
  const clock = new ManualClock('2026-11-20T08:00:00Z');
  const told: string[] = [];
  const contacts = createContacts({
    database, clock, accountNames: async (ids) => new Map(ids.map((id) => [id, `Nom de ${id}`])),
    patientDataIn: (text) => (text.includes('Mme') ? "le nom d'un patient" : null),
    async tellSupport(tx, { territory, subject }) {
      told.push(`support ${territory} ${subject}`);
      await post(tx, { channel: 'email', recipient: 'support', payload: {}, at: clock.now() });
    },
    tellAuthor: async (_tx, { authorId, event }) => void told.push(`author ${authorId} ${event}`),
  });
  const rows = async (text: string) => (await database.owner.pool.query(text)).rows;
  return { contacts, told, rows, clock };
}
const question = { subject: 'disponibilites', body: 'Comment retirer une plage ?', page: '/disponibilites' } as const;

test('[FORM-10] a request is numbered and kept, its message waits to leave; support takes, answers, the author closes; all is journaled', async () => {
  const { contacts, told, rows } = await setting();
  const asked = await contacts.ask(question, doctor);
  expect(asked).toMatchObject({ number: 'A-000001', state: 'received', role: 'effecteur', page: '/disponibilites', author: 'Nom de effecteur-86', acts: ['close'] });
  expect(await rows('select state from foundation.outbox')).toEqual([{ state: 'pending' }]);
  expect(await contacts.inbox(manager)).toMatchObject([{ id: asked.id, acts: ['take', 'answer', 'close'] }]);
  await contacts.take(asked.id, manager);
  expect(await contacts.answer(asked.id, 'Ouvrez la plage, puis « Retirer ».', manager)).toMatchObject({ state: 'answered', takenBy: 'gestionnaire-comptes 86' });
  expect(await contacts.close(asked.id, doctor)).toMatchObject({ state: 'closed', acts: [] });
  await expect(contacts.answer(asked.id, 'Trop tard', manager)).rejects.toMatchObject({ code: 'contact-moved-on' });
  expect(told).toEqual(['support 86 disponibilites', 'author effecteur-86 received', 'author effecteur-86 answered']);
  expect((await rows(`select actor, event, to_state from foundation.journal order by seq`)).map((row) => Object.values(row).join(' '))).toEqual([
    'effecteur-86 asked received', 'gestionnaire-comptes-86 take taken', 'gestionnaire-comptes-86 answer answered', 'effecteur-86 close closed',
  ]);
});

test('[FORM-10] [SEC-02] support of another territory sees and does nothing, nor does another user; the refusal is journaled', async () => {
  const { contacts, rows } = await setting();
  const { id } = await contacts.ask(question, doctor);
  const elsewhere = person('administrateur', '79');
  expect(await contacts.inbox(elsewhere)).toEqual([]);
  expect(await contacts.mine(elsewhere)).toEqual([]);
  for (const other of [elsewhere, person('osnp', '86')]) await expect(contacts.close(id, other)).rejects.toMatchObject({ code: 'contact-of-others' });
  await expect(contacts.answer(id, 'x', doctor)).rejects.toMatchObject({ code: 'contact-moved-on' });
  expect(await rows(`select actor, territory from foundation.journal where event = 'access-refused' order by seq`)).toEqual([
    { actor: 'administrateur-79', territory: '86' }, { actor: 'osnp-86', territory: '86' },
  ]);
});

test('[FORM-10] [SEC-05] what looks like a patient is neither kept nor sent, in the question and in the answer', async () => {
  const { contacts, told, rows } = await setting();
  await expect(contacts.ask({ ...question, body: 'Mme Durand attend' }, doctor)).rejects.toMatchObject({ code: 'patient-data-refused', status: 422, fields: [{ path: 'body' }] });
  const { id } = await contacts.ask(question, doctor);
  await expect(contacts.answer(id, 'Rappelez Mme Durand', manager)).rejects.toMatchObject({ code: 'patient-data-refused', fields: [{ path: 'answer' }] });
  expect(told).toHaveLength(2);
  expect(await rows(`select 1 from help.contact where body like '%Mme%' or answer like '%Mme%'`)).toEqual([]);
});

test('[FORM-10] twenty requests a day, however many at once; the next day again', async () => {
  const { contacts, clock } = await setting();
  const results = await Promise.allSettled(Array.from({ length: 24 }, () => contacts.ask(question, doctor)));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
  await expect(contacts.ask(question, doctor)).rejects.toMatchObject({ code: 'too-many-contacts' });
  await contacts.ask(question, manager);
  clock.advance({ hours: 24 });
  await contacts.ask(question, doctor);
});
