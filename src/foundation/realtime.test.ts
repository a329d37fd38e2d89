import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../../tests/support/database.ts';
import { announce, type Audience } from './events.ts';
import { silentLogger } from './log.ts';
import { startRealtime } from './realtime.ts';

async function setup() {
  const database = await createTestDatabase();
  const realtime = await startRealtime(database, silentLogger);
  const server = Fastify();
  server.get('/events', async (request, reply) => {
    const { role } = request.query as { role: string };
    const last = Number(request.headers['last-event-id'] ?? Number.NaN);
    reply.hijack();
    await realtime.listen(reply.raw, (audience) => !audience.roles || audience.roles.includes(role), Number.isNaN(last) ? null : last);
  });
  const url = await server.listen({ port: 0, host: '127.0.0.1' });
  const say = (topic: string, audience: Audience = {}) =>
    database.for('foundation').transaction((tx) => announce(tx, { topic, ids: { id: topic }, audience }));
  const close = async () => {
    await realtime.close();
    await server.close();
  };
  return { database, url, say, close };
}

/** Reads the stream until it holds `wanted`. */
async function readUntil(url: string, wanted: string, headers: Record<string, string> = {}, onOpen = async () => {}) {
  const abort = new AbortController();
  const response = await fetch(url, { headers, signal: abort.signal });
  let text = '';
  let opened = false;
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (!opened) {
      opened = true;
      await onOpen();
    }
    if (text.includes(wanted)) break;
  }
  abort.abort();
  return text;
}

test('a change reaches the open screens whose audience it is, as identifiers', async () => {
  const { url, say, close } = await setup();
  const text = await readUntil(`${url}/events?role=osnp`, 'event: last', {}, async () => {
    await say('for-osnp', { roles: ['osnp'] });
    await say('for-others', { roles: ['ars'] });
    await say('last');
  });
  expect(text).toContain('event: for-osnp\ndata: {"id":"for-osnp"}');
  expect(text).not.toContain('for-others');
  await close();
});

test('a screen that was away gets what it missed, and hears again after the database cut the connection', async () => {
  const { database, url, say, close } = await setup();
  await say('first');
  await say('second');
  const { rows } = await database.owner.pool.query('select min(id)::int as id from foundation.event');
  const replay = await readUntil(`${url}/events?role=x`, 'event: second', { 'last-event-id': String(rows[0].id) });
  expect(replay).not.toContain('event: first');

  await database.owner.pool.query(`select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen%' and datname = current_database()`);
  const text = await readUntil(`${url}/events?role=x`, 'event: third', {}, () => say('third'));
  expect(text).toContain('event: third');
  await close();
});

test('a change whose transaction ends after a later one is told too', async () => {
  const { database, url, say, close } = await setup();
  const slow = await database.owner.connect();
  const text = await readUntil(`${url}/events?role=osnp`, 'event: after', {}, async () => {
    await slow.query("begin; insert into foundation.event (topic) values ('slow')");
    await say('quick');
    await new Promise((wake) => setTimeout(wake, 200));
    await slow.query('commit');
    await say('after');
  });
  expect(text.match(/event: .*/g)).toEqual(['event: quick', 'event: slow', 'event: after']);
  await slow.end();
  await close();
});

test('a change is told within seconds even when nobody called the listeners', async () => {
  const { database, url, close } = await setup();
  const text = await readUntil(`${url}/events?role=osnp`, 'event: silent', {}, async () => {
    await database.owner.pool.query("insert into foundation.event (topic) values ('silent')");
  });
  expect(text).toContain('event: silent');
  await close();
});
