import sql from 'sql-template-tag';
import { afterEach, expect, test } from 'vitest';
import { type MailServerSimulator, startMailServer } from '../../../simulators/mail-server/server.ts';
import { createTestDatabase } from '../../../tests/support/database.ts';
import { ManualClock } from '../../foundation/clock.ts';
import { openDatabase } from '../../foundation/db/database.ts';
import { createLogger, silentLogger } from '../../foundation/log.ts';
import { deliverDue, listOutbox, post, retryDead } from '../../foundation/outbox.ts';
import type { Actor } from '../../identity/contract.ts';
import { createSmtpSender } from '../../interop/mail/smtp.ts';
import { createSmsSender } from '../../interop/sms/gateway.ts';
import { createMessages, type Letter, type SendMail } from './index.ts';

const servers: MailServerSimulator[] = [];
afterEach(async () => void (await Promise.all(servers.splice(0).map((server) => server.close()))));

const camille = { accountId: 'c0000000-0000-4000-8000-000000000001', email: 'camille@cabinet.example' };
const paul = { accountId: 'c0000000-0000-4000-8000-000000000002', email: 'paul@cabinet.example' };

async function setup({ mail = true } = {}) {
  const database = await createTestDatabase();
  const clock = new ManualClock('2026-01-13T08:00:00Z');
  const server = await startMailServer();
  servers.push(server);
  const logged: string[] = [];
  const log = createLogger('warn', { write: (line: string) => void logged.push(line) });
  const messages = createMessages({
    database, clock, siteUrl: 'https://sas86.example', toPatients: true,
    addressesOf: async (to) => ('structureId' in to ? [camille, paul] : [camille]),
    sendMail: mail ? createSmtpSender({ url: server.smtpUrl, from: 'ne-pas-repondre@sas86.example', timeoutMs: 2_000 }) : null,
    sendSms: createSmsSender(server.smsUrl, 2_000),
  });
  const db = database.for('foundation');
  const ask = (letter: Letter) => database.for('orientation').transaction((tx) => messages.send(tx, letter));
  const deliver = () => deliverDue(database, messages.channels, { clock, log, onDead: messages.onDead });
  const outbox = () => listOutbox(db, { limit: 10 });
  const kept = () => database.owner.for('messages').query<{ recipient: unknown; content: unknown }>(sql`select recipient, content from messages.sending order by asked_at`);
  return { database, clock, server, messages, db, ask, deliver, outbox, kept, logged };
}

const request = (key: string, more: Partial<Letter> = {}) => ({
  template: 'en-sus-request', to: { structureId: '1860000001' }, key,
  values: { structure: 'MSP du Clain', day: '2026-01-13', hour: '10:30', link: '/demandes' }, ...more,
}) as Letter;
const reminder: Letter<'patient-reminder'> = {
  template: 'patient-reminder', to: { phone: '+33612345612' }, key: 'reminder/1', until: Temporal.Instant.from('2026-01-14T09:00:00Z'),
  values: { day: '2026-01-14', hour: '10:00', doctor: 'Dr Jeanne Martin', address: '12 rue des Lilas, Poitiers', phone: '0549000011' },
};

test('[INT-08] a message leaves after the commit, once for its cause, in words that people can read', async () => {
  const { ask, deliver, server, outbox, clock } = await setup();
  expect(await ask(request('en-sus/1'))).toBe(true);
  expect(await ask(request('en-sus/1'))).toBe(false);
  await Promise.all([deliver(), deliver()]);
  expect(server.mailbox.list()).toMatchObject([{
    to: [camille.email, paul.email], from: 'ne-pas-repondre@sas86.example', subject: 'Demande en sus : réponse attendue avant 10 h 30',
  }]);
  expect(server.mailbox.list()[0]!.text).toContain('Répondre à la demande : https://sas86.example/demandes');
  const [sent] = await outbox();
  expect(sent).toMatchObject({ state: 'sent', sentAt: clock.now(), recipient: 'gestionnaires de la structure' });
  expect(server.mailbox.list()[0]!.messageId).toBe(`<${sent!.id}@sas86.example>`);
});

test.each(['refused', 'temporary'] as const)('[INT-08] mail server down (%s): queued for as long as it lasts, then sent once', async (fault) => {
  const { ask, deliver, server, outbox, clock } = await setup();
  await server.setFault(fault);
  await ask(request('en-sus/1'));
  for (let hour = 0; hour < 6; hour++) {
    await deliver();
    clock.advance({ hours: 1 });
  }
  expect(await outbox()).toMatchObject([{ state: 'pending' }]);
  await server.setFault('none');
  await deliver();
  clock.advance({ hours: 1 });
  await deliver();
  expect(server.mailbox.list()).toHaveLength(1);
  expect(await outbox()).toMatchObject([{ state: 'sent', lastError: null }]);
});

test('[INT-08] no answer came after the message had left: nobody sends it again but a person, who knows', async () => {
  const { ask, deliver, server, outbox, clock, db, messages, database } = await setup();
  await server.setFault('cut');
  await ask(request('en-sus/1'));
  await deliver();
  await server.setFault('none');
  clock.advance({ hours: 5 });
  await deliver();
  expect(server.mailbox.list()).toHaveLength(1);
  const [doubtful] = await outbox();
  expect(doubtful).toMatchObject({ state: 'dead', lastError: expect.stringContaining('Issue inconnue') });

  await database.for('foundation').transaction(async (tx) => {
    await retryDead(tx, doubtful!.id, clock.now());
    await messages.sendAgain(tx, doubtful!.id);
  });
  await deliver();
  expect(new Set(server.mailbox.list().map(({ messageId }) => messageId)).size).toBe(1);
  expect(await listOutbox(db, { state: 'sent', limit: 1 })).toHaveLength(1);
});

test('[INT-08] a process killed between the server’s answer and its own note sends nothing twice', async () => {
  const { ask, deliver, server, outbox, database, clock } = await setup();
  await ask(request('en-sus/1'));

  const dying = openDatabase({ host: database.host, user: database.user, database: database.name, enforceRoles: true });
  const send = createSmtpSender({ url: server.smtpUrl, from: 'ne-pas-repondre@sas86.example' });
  const killed = new Promise<void>((resolve) => {
    const sendMail: SendMail = (mail) => send(mail).then(() => (resolve(), new Promise<void>(() => undefined)));
    const { channels } = createMessages({ database: dying, clock, siteUrl: '', toPatients: false, addressesOf: async () => [camille], sendSms: null, sendMail });
    void deliverDue(dying, channels, { clock, log: silentLogger });
  });
  await killed;
  await database.owner.pool.query(`
    select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and state = 'idle in transaction'`);

  expect(await outbox()).toMatchObject([{ state: 'pending' }]);
  await expect.poll(deliver).toBe(1);
  expect(server.mailbox.list()).toHaveLength(1);
  expect(await outbox()).toMatchObject([{ state: 'dead', lastError: expect.stringContaining('Issue inconnue') }]);
});

test('[INT-08] without a server messages are kept, not marked sent; they leave when one is set, unless it is too late', async () => {
  const { database, clock, ask, deliver, outbox, server } = await setup({ mail: false });
  await ask(request('en-sus/1', { until: clock.now().add({ hours: 1 }) }));
  await ask(request('en-sus/2'));
  await deliver();
  expect((await outbox()).map(({ state, attempts }) => [state, attempts])).toEqual([['pending', 0], ['pending', 0]]);
  clock.advance({ hours: 2 });
  const set = createMessages({
    database, clock, siteUrl: 'https://sas86.example', toPatients: true, addressesOf: async () => [camille], sendSms: null,
    sendMail: createSmtpSender({ url: server.smtpUrl, from: 'ne-pas-repondre@sas86.example' }),
  });
  await deliverDue(database, set.channels, { clock, log: silentLogger });
  expect(server.mailbox.list()).toHaveLength(1);
  expect((await outbox()).map(({ state }) => state).toSorted()).toEqual(['sent', 'withdrawn']);
});

test('[INT-08] the phone of a patient is erased with the SMS sent, or given up; the rest thirty days later', async () => {
  const { ask, deliver, kept, server, clock, messages, outbox } = await setup();
  await ask(reminder);
  await ask(request('en-sus/1'));
  await deliver();
  expect(server.mailbox.list('+33612345612')).toMatchObject([{ kind: 'sms', text: expect.stringContaining('mercredi 14 janvier 2026 à 10 h, Dr Jeanne Martin') }]);
  expect(await kept()).toMatchObject([{ recipient: null, content: null }, { recipient: { structureId: '1860000001' } }]);

  await server.setFault('cut');
  await ask({ ...reminder, key: 'reminder/2' });
  await deliver();
  expect((await kept()).filter(({ recipient }) => recipient !== null)).toHaveLength(1);
  const [dead] = await outbox();
  await expect(messages.shown([dead!.id])).resolves.toEqual(new Map([[dead!.id, { recipient: '06 •• •• •• 12', erased: true }]]));

  clock.advance({ hours: 24 * 31 });
  expect(await messages.eraseDue()).toBe(1);
});

test('[INT-08] no address reaches the outbox nor the logs, whatever fails', async () => {
  const { ask, deliver, server, database, logged } = await setup();
  await server.setFault('refused');
  await ask({ template: 'email-confirmation', to: { email: 'camille@cabinet.example' }, key: 'confirm/1', values: { person: 'Camille Durand', link: '/confirmer?jeton=abc' } } as Letter);
  await ask(reminder);
  await deliver();
  const rows = await database.owner.for('foundation').query<object>(sql`select * from foundation.outbox`);
  const written = JSON.stringify(rows) + logged.join('');
  expect(logged.length).toBe(2);
  expect(written).not.toMatch(/camille@|cabinet\.example|612345612|jeton|Durand/);
});

test('[INT-08] an optional message that somebody does not want is not sent to him; a mandatory one always is', async () => {
  const { ask, deliver, server, messages, outbox } = await setup();
  const actor = { accountId: paul.accountId, roles: ['gestionnaire-structure'] } as unknown as Actor;
  await messages.preferences.save(actor, 'en-sus-request', false);
  expect(await messages.preferences.of(actor)).toContainEqual({ template: 'en-sus-request', name: 'Demande en sus à traiter', wanted: false });
  await ask(request('en-sus/1'));
  expect(await ask(request('en-sus/2', { to: { accountId: paul.accountId } }))).toBe(false);
  await deliver();
  expect(server.mailbox.list().map(({ to }) => to)).toEqual([[camille.email]]);
  expect(await outbox()).toHaveLength(1);
  await expect(messages.preferences.save(actor, 'password-reset', false)).rejects.toMatchObject({ code: 'message-mandatory' });
});

test('[INT-08] a message of another channel in the outbox is none of ours', async () => {
  const { db, clock, deliver, messages, database } = await setup();
  const id = await db.transaction((tx) => post(tx, { channel: 'lrm-appointment', recipient: '86', payload: {}, at: clock.now() }));
  expect(await deliver()).toBe(0);
  expect(await messages.shown([id])).toEqual(new Map());
  await database.for('foundation').transaction((tx) => messages.sendAgain(tx, id));
});
