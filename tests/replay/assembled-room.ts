import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import { expect } from 'vitest';
import { startPhoneNetwork } from '../../simulators/phone-network/server.ts';
import { readEnvironment } from '../../src/app/config.ts';
import { assembleMessages } from '../../src/app/messages.ts';
import { assembleRoom } from '../../src/app/room.ts';
import { ManualClock } from '../../src/foundation/clock.ts';
import { silentLogger } from '../../src/foundation/log.ts';
import type { Actor, Role } from '../../src/identity/contract.ts';
import { createAccounts, ensureAccount } from '../../src/identity/server/accounts.ts';
import { openPostgresTransport } from '../../src/interop/hub-sante/postgres-transport.ts';
import type { Dossier } from '../../src/regulation/dossier/contract.ts';
import type { Level } from '../../src/regulation/telephony/contract.ts';
import type { Territory } from '../../src/territory/contract.ts';
import { createTerritories } from '../../src/territory/server/index.ts';
import { createTestDatabase } from '../support/database.ts';

const OUTAGE_SEEN_MS = 10_000;
const MOST_TURNS = 3_000;
/** A caller who would wait an hour. */
const PATIENT_MS = 3_600_000;

export const PLATFORM_URL = 'https://plateforme.example';
const vienne: Territory = {
  code: '86', name: 'Vienne', departments: ['86'], timeZone: 'Europe/Paris', holidaySet: 'metropole', radiusKm: 20, launchedOn: '2021-03-01', status: 'LANCE',
};

/** Tuesday 13 January 2026, by the clocks of Poitiers. */
export const parisTime = (time: string, day = '2026-01-13'): Temporal.Instant => Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime('Europe/Paris').toInstant();

type Body = Readonly<Record<string, unknown>> & { readonly action: string };

/**
 * The regulation room as the application assembles it, on its own database, with the real accounts and territories, both ends
 * of Hub Santé through Postgres, and the simulator of the phone network unless `phone` is false. One clock, moved by hand; the
 * background work is done when the test asks.
 */
export async function openAssembledRoom({ start = '08:00', phone = true, phoneState = undefined as string | undefined, hubPollMs = 10 } = {}) {
  const database = await createTestDatabase();
  const clock = new ManualClock(parisTime(start).toString());
  const startNetwork = (port = 0) =>
    startPhoneNetwork({ load: 0, start: clock.now().toString(), realNow: () => clock.now().epochMilliseconds, port, ...(phoneState && { state: phoneState }) });
  let network = phone ? await startNetwork() : null;
  const environment = readEnvironment({ SAS_TERRITORY: '86', ...(network && { PHONE_URL: network.url }) });
  const shared = { database, clock, log: silentLogger };
  const accounts = createAccounts(database, clock);
  const territories = createTerritories({ database, clock, lookUpAddress: null });
  await territories.save(vienne, {
    accountId: randomUUID(), displayName: 'Montage', email: null, roles: ['administrateur-national'], territories: ['*'], nationalId: null, structureIds: [], delegations: [], editor: null,
  });
  const messages = assembleMessages({ ...shared, accounts, environment, publicUrl: PLATFORM_URL });
  const hub = await openPostgresTransport({ ...shared, clientId: environment.HUB_ROOM_ID, pollMs: hubPollMs });
  const platform = await openPostgresTransport({ ...shared, clientId: environment.HUB_PLATFORM_ID, pollMs: hubPollMs });
  let room = await assembleRoom({ ...shared, accounts, territories, environment, territory: '86', platformUrl: PLATFORM_URL, hub, messages });

  const work = (name: string) => room.tasks.find((task) => task.name === name)!.work();
  const rows = async <Row extends object>(query: string, ...values: unknown[]): Promise<Row[]> => (await database.owner.pool.query<Row>(query, values)).rows;

  let open = true;
  let following = follow();
  /** Keeps the link to the phone network, as the background work does. */
  async function follow(): Promise<void> {
    while (open && phone) {
      await work('phone-link');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Does the background work until nothing happens any more at this instant. */
  async function settle(): Promise<void> {
    for (let turn = 0, told = -1; turn < MOST_TURNS; turn++) {
      if (network) await fetch(`${network.url}/snapshot`);
      await work('call-distribution');
      await room.dossiers.due();
      if (!network) return;
      const [link] = await rows<{ status: string; offset: number; pending: number }>(
        "select status, event_offset::int as offset, (select count(*)::int from telephony.command where state = 'pending') as pending from telephony.link");
      const here = network.network.events.length;
      const still = link?.status === 'up' && link.offset === here && link.pending === 0;
      if (still && told === here) return;
      told = still ? here : -1;
      if (told === -1) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    throw new Error('the room did not settle');
  }

  /** Somebody with an account here, and this role in this territory. */
  async function person(role: Role, displayName: string, { territory = '86', email = null, nationalId = null }: { territory?: string; email?: string | null; nationalId?: string | null } = {}): Promise<Actor> {
    const [firstName = '', ...names] = displayName.split(' ');
    const db = database.for('identity');
    const { id } = await ensureAccount(db, { displayName, firstName, lastName: names.join(' '), email, nationalId: nationalId ?? `9-${randomUUID()}` });
    await db.run(sql`insert into identity.grant (account_id, role, territory) values (${id}, ${role}, ${territory})`);
    return (await accounts.actor(id))!;
  }

  async function pass(seconds: number): Promise<void> {
    await settle();
    clock.advance({ milliseconds: Math.round(seconds * 1_000) });
    await settle();
  }

  /** Plays actions on a dossier as it stands, one after the other. */
  async function play(dossierId: string, ...steps: readonly [Actor, Body][]): Promise<Dossier> {
    let last: Dossier | null = null;
    for (const [actor, body] of steps) last = await room.dossiers.act(actor, dossierId, body, '*');
    if (network) await settle();
    return last!;
  }

  await settle();
  return {
    database, clock, rows, person, settle, pass, play, platform, hub, environment,
    get telephony() {
      return room.telephony;
    },
    get dossiers() {
      return room.dossiers;
    },
    get protocols() {
      return room.protocols;
    },
    get network() {
      return network!.network;
    },
    work,
    /** Moves the clocks of Poitiers forward to that time. */
    async at(time: string, day?: string): Promise<void> {
      await settle();
      clock.set(parisTime(time, day).toString());
      await settle();
    },
    /** Somebody takes a post, available. */
    async seated(actor: Actor, level?: Level, skills?: string[]): Promise<Actor> {
      await room.telephony.setMyState(actor, { state: 'available', ...(level && { level }), ...(skills && { skills }) });
      await settle();
      return actor;
    },
    /** Somebody calls, and waits; an agent who is free answers within the second. */
    async call(more: Parameters<NonNullable<typeof network>['network']['inject']>[0] = {}): Promise<string> {
      const callId = network!.network.inject({ dnis: '15', patienceMs: PATIENT_MS, breaksAfterMs: null, ...more });
      await pass(1);
      return callId;
    },
    /** The caller hangs up, or the line breaks. */
    async gone(callId: string, cause?: string): Promise<void> {
      network!.network.callerHangsUp(callId, cause);
      await settle();
    },
    callOf: async (callId: string) => (await room.telephony.callOf(callId))!,
    refused: async (actor: Actor, dossierId: string, body: Body) => {
      const error = await room.dossiers.act(actor, dossierId, body, '*').then(() => null, (failure: unknown) => failure as { code: string; status: number; fields?: { path: string }[] });
      expect(error, `${body.action} accepted`).not.toBeNull();
      return { code: error!.code, status: error!.status, fields: (error!.fields ?? []).map(({ path }) => path) };
    },
    queue: async (actor: Actor, code: string): Promise<string[]> =>
      (await room.dossiers.queues(actor)).find((queue) => queue.code === code)?.dossiers.map((line) => line.number) ?? [],
    journal: (objectId: string) => rows<{ event: string; actor: string; role: string | null; from: string | null; to: string | null; reason: string | null; payload: Record<string, unknown> }>(
      'select event, actor, role, from_state as "from", to_state as "to", reason, payload from foundation.journal where object_id = $1 order by seq', objectId),
    /** One more process of the room on the same database, that lives at its own hour. */
    beside: (hour: ManualClock) => assembleRoom({ ...shared, clock: hour, accounts, territories, environment, territory: '86', platformUrl: PLATFORM_URL, hub, messages }),
    /** The process dies; another takes its place on the same database, phone network and hub. */
    async restart(): Promise<void> {
      open = false;
      await room.close();
      await following;
      open = true;
      room = await assembleRoom({ ...shared, accounts, territories, environment, territory: '86', platformUrl: PLATFORM_URL, hub, messages });
      following = follow();
      await settle();
    },
    /** The phone network dies, and comes back with its memory after `work`. */
    async withoutPhone(work: () => Promise<void>): Promise<void> {
      const port = Number(new URL(network!.url).port);
      await network!.close();
      await expect.poll(async () => (await rows<{ status: string }>('select status from telephony.link'))[0]!.status, { timeout: OUTAGE_SEEN_MS }).toBe('down');
      await work();
      network = await startNetwork(port);
      await settle();
    },
    async close(): Promise<void> {
      open = false;
      await room.close();
      await following;
      await Promise.all([hub.close(), platform.close()]);
      await network?.close();
    },
  };
}

export type AssembledRoom = Awaited<ReturnType<typeof openAssembledRoom>>;
