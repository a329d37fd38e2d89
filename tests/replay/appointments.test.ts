import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '../../src/identity/contract.ts';
import { buildAppointmentMessage } from '../../src/interop/hub-sante/appointment.ts';
import { buildAcknowledgement, buildError } from '../../src/interop/hub-sante/build.ts';
import { collect, until } from '../../src/interop/hub-sante/exchange.fixture.ts';
import { facts, official, parties } from '../../src/interop/hub-sante/testing.ts';
import type { HubMessage } from '../../src/interop/hub-sante/structure.ts';
import type { AppointmentFacts } from '../../src/platform/orientation/server/orientations-record.ts';
import { type AssembledRoom, openAssembledRoom } from './assembled-room.ts';
import { qualify } from './qualification.ts';

// The checks R1 to R9 of the regulation room, with the receiver that the application runs.
let room: AssembledRoom;
let staff: { n1: Actor; os: Actor; mrg: Actor };
let answers: ReturnType<typeof collect>;
beforeAll(async () => {
  room = await openAssembledRoom({ phone: false });
  staff = {
    n1: await room.person('arm', 'Camille Aubert'), mrg: await room.person('mrg', 'Lou Estève'),
    os: await room.person('osnp', 'Zoé Régulateur', { nationalId: '3990000001/TEST01', email: 'zoe@sas.example' }),
  };
  answers = collect(room.platform, ['ack', 'info']);
});
afterAll(() => room.close());

const sending = (more: { uniqueId?: string } = {}) => ({
  senderId: room.environment.HUB_PLATFORM_ID, recipientId: room.environment.HUB_ROOM_ID, uniqueId: randomUUID(), at: room.clock.now(), zone: 'Europe/Paris', ...more,
});
const messageOf = (appointment: Partial<AppointmentFacts>, who = parties): HubMessage => buildAppointmentMessage(sending(), { ...facts, ...appointment }, who);
const contentOf = (message: HubMessage) => message.content[0]!.jsonContent.embeddedJsonContent.message as Record<string, Record<string, unknown>>;

/** Sends a message of the platform and waits for the room's answer. */
async function exchange(message: HubMessage): Promise<HubMessage> {
  const before = answers.received.length;
  await room.platform.publish(message);
  await until(() => answers.received.length > before);
  room.clock.advance({ seconds: 2 });
  return answers.received.at(-1)!;
}
const unattached = async () => (await room.dossiers.appointments.unattached(staff.os)).map(({ appointmentId }) => appointmentId);
const history = (appointmentId: string) =>
  room.rows<{ outcome: string }>('select outcome from dossier.appointment_message where appointment_id = $1 order by seq', appointmentId);

/** A dossier in the hands of the OSNP, who has opened the search from it. */
async function searched() {
  const { id, number } = await room.dossiers.open(staff.n1, { degradedFrom: room.clock.now().toString() });
  await room.play(id, [staff.n1, qualify()], [staff.n1, { action: 'send-to-n2' }], [staff.os, { action: 'take' }]);
  await room.dossiers.appointments.searchLink(staff.os, id);
  return { id, number };
}

test('[INT-05] [RDV-03] R1 a creation is acknowledged with its id, offered to the dossier of whoever booked, and attached', async () => {
  const { id, number } = await searched();
  const message = messageOf({ appointmentId: 'r1' });
  const answer = await exchange(message);
  expect(answer).toMatchObject({ distributionKind: 'Ack', senderID: 'fr.health.samu860' });
  expect(contentOf(answer).reference).toMatchObject({ distributionID: message.distributionID, step: 'INTEGRE' });
  expect(official?.(answer) ?? []).toEqual([]);
  const offered = (await room.dossiers.appointments.unattached(staff.os)).find((one) => one.appointmentId === 'r1')!;
  expect(offered).toMatchObject({ practitioner: 'Ada Exemple', regulator: 'Zoé Régulateur', suggested: [{ id, number }] });
  const view = await room.dossiers.appointments.attach(staff.os, 'r1', id);
  expect(view.appointments).toMatchObject([{ appointmentId: 'r1', status: 'booked', start: '2026-01-13T14:00:00Z' }]);
});

test('[INT-05] [RDV-01] a regulator known by e-mail alone is found too', async () => {
  const { id } = await searched();
  await exchange(messageOf({ appointmentId: 'mail' }, { ...parties, regulator: { ...parties.regulator, nationalId: null, email: 'ZOE@sas.example' } }));
  const offered = (await room.dossiers.appointments.unattached(staff.os)).find((one) => one.appointmentId === 'mail')!;
  expect(offered.suggested[0]).toMatchObject({ id });
});

test('[INT-05] R2 a creation of what is known is answered 409 CONFLICT with the message it is about', async () => {
  await exchange(messageOf({ appointmentId: 'r2' }));
  const again = messageOf({ appointmentId: 'r2', status: 'cancelled' });
  const answer = await exchange(again);
  expect(answer.distributionKind).toBe('Error');
  expect(contentOf(answer).error).toMatchObject({ errorCode: { statusCode: 409, statusString: 'CONFLICT' }, referencedDistributionID: again.distributionID });
  expect(official?.(answer) ?? []).toEqual([]);
  expect(await history('r2')).toEqual([{ outcome: 'created' }, { outcome: 'conflict' }]);
});

test('[INT-05] R3 R9 an update of what is not known creates it; the message told again is acknowledged again, and kept once', async () => {
  const message = messageOf({ appointmentId: 'r3', method: 'update' });
  for (let turn = 0; turn < 2; turn++) expect(contentOf(await exchange(message)).reference).toMatchObject({ distributionID: message.distributionID });
  expect(await history('r3')).toEqual([{ outcome: 'created' }]);
});

test('[INT-05] [RDV-09] R4 R5 R6 after the attachment the dossier is brought up to date by itself; cancelled is shown, with a task; all is kept', async () => {
  const { id } = await searched();
  await exchange(messageOf({ appointmentId: 'r4' }));
  await room.dossiers.appointments.attach(staff.os, 'r4', id);
  await exchange(messageOf({ appointmentId: 'r4', method: 'update', start: '2026-01-13T16:15:00Z', end: null }));
  expect((await room.dossiers.get(staff.os, id)).appointments).toMatchObject([{ appointmentId: 'r4', status: 'booked', start: '2026-01-13T16:15:00Z' }]);
  await exchange(messageOf({ appointmentId: 'r4', method: 'update', status: 'cancelled', start: '2026-01-13T16:15:00Z', end: null }));
  const dossier = await room.dossiers.get(staff.os, id);
  expect(dossier.appointments).toMatchObject([{ status: 'cancelled' }]);
  expect(dossier.tasks).toMatchObject([{ kind: 'rdv-cancelled', doneAt: null }]);
  expect(await history('r4')).toEqual([{ outcome: 'created' }, { outcome: 'updated' }, { outcome: 'updated' }]);
});

/** Puts a text straight into the room's queue, past the hub's checks. */
const slip = async (queue: string, body: string) => {
  const now = room.clock.now();
  await room.rows('insert into interop.hub_queue (queue, body, available_at, expires_at) values ($1, $2, $3, $4)', `fr.health.samu860.${queue}`, body, now.toString(), now.add({ hours: 1 }).toString());
};
const waitingIn = async (queue: string) => (await room.rows('select 1 as one from interop.hub_queue where queue = $1', `fr.health.samu860.${queue}`)).length;

test('[INT-05] R7 what cannot be read leaves the queue for good: its sender is told, the history keeps why', async () => {
  const broken = messageOf({ appointmentId: 'r7' });
  delete contentOf(broken).appointment!.start;
  const before = answers.received.length;
  await slip('message', JSON.stringify(broken));
  await until(() => answers.received.length > before);
  expect(contentOf(answers.received.at(-1)!).error).toMatchObject({ errorCode: { statusString: 'INVALID_MESSAGE' }, referencedDistributionID: broken.distributionID });
  await slip('message', 'this is no message');
  await until(async () => (await waitingIn('message')) === 0);
  const refused = (await room.dossiers.appointments.messages(staff.os)).filter(({ outcome }) => outcome === 'refused');
  expect(refused).toMatchObject([{ distributionId: null }, { distributionId: broken.distributionID, cause: expect.stringContaining('start') }]);
  expect(await unattached()).not.toContain('r7');
  expect(answers.received.length, 'nobody to tell of the second').toBe(before + 1);
});

test('[INT-05] R8 neither an acknowledgement nor an error is answered', async () => {
  const before = answers.received.length;
  await room.platform.publish(buildAcknowledgement(sending(), { distributionID: 'fr.health.samu860_1', step: 'INTEGRE' }));
  await room.platform.publish(buildError(sending(), { error: 'INVALID_MESSAGE', cause: 'no', referenced: 'fr.health.samu860_1' }));
  await slip('message', JSON.stringify(buildAcknowledgement(sending(), { distributionID: 'fr.health.samu860_2', step: 'INTEGRE' })));
  await until(async () => (await waitingIn('ack')) + (await waitingIn('info')) + (await waitingIn('message')) === 0);
  await exchange(messageOf({ appointmentId: 'r8' }));
  expect(answers.received.length, 'the answer to r8 alone').toBe(before + 1);
});

test('[INT-05] R9 the room stops with messages on their way: none is lost, none is done twice', async () => {
  const { id } = await searched();
  await exchange(messageOf({ appointmentId: 'r9' }));
  await room.dossiers.appointments.attach(staff.os, 'r9', id);
  const updates = Array.from({ length: 5 }, (_, hour) => {
    room.clock.advance({ seconds: 2 });
    return messageOf({ appointmentId: 'r9', method: 'update', start: `2026-01-13T1${hour}:30:00Z`, end: null });
  });
  await room.platform.publish(updates[0]!);
  const restarted = room.restart();
  for (const message of updates.slice(1)) await room.platform.publish(message);
  await restarted;
  await until(async () => (await waitingIn('message')) === 0);
  expect(await history('r9')).toEqual([{ outcome: 'created' }, ...updates.map(() => ({ outcome: 'updated' }))]);
  expect((await room.dossiers.get(staff.os, id)).appointments).toMatchObject([{ appointmentId: 'r9', start: '2026-01-13T14:30:00Z' }]);
  await until(() => updates.every(({ distributionID }) => answers.received.some((one) => contentOf(one).reference?.distributionID === distributionID)));
});
