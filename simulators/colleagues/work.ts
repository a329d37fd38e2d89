import { randomOf } from '../shared/random.ts';
import { type CallerStory, storyOf } from './cases.ts';
import type { Client, Dossier, Line, Person } from './client.ts';
import { bookFor } from './booking.ts';

/** What somebody needs to work. */
export interface Desk {
  readonly client: Client;
  readonly person: Person;
  /** Waits as long as people talk, think or write; ends early when the day is over. */
  readonly spend: (fromSeconds: number, toSeconds: number) => Promise<void>;
  readonly now: () => number;
  /** Divides what people let wait. */
  readonly haste: number;
}

export interface CallInHand {
  readonly id: string;
  readonly caller: string | null;
  readonly dossierId: string | null;
}

const storyFor = (callId: string): CallerStory => storyOf(randomOf('story', callId));
/** Newcomers see what waits before colleagues take it. */
const PATIENCE_MS = 90_000;

/** What somebody of each level does with a call in his ear. */
export const answer: Readonly<Record<Person['level'], (desk: Desk, call: CallInHand) => Promise<void>>> = {
  N1: answerFirst,
  AMU: (desk, call) => completeAndPassOn(desk, call),
  SNP: (desk, call) => completeAndPassOn(desk, call),
  MRU: (desk, call) => regulate(desk, call),
  MRG: (desk, call) => regulate(desk, call),
};

/** What somebody does between two calls: what has waited in his queue for a while. */
export const betweenCalls: Readonly<Record<Person['level'], (desk: Desk) => Promise<void>>> = {
  N1: async () => undefined,
  AMU: (desk) => carryOutOrders(desk, 'AMU'),
  SNP: (desk) => carryOutOrders(desk, 'SNP'),
  MRU: (desk) => decideWithoutCall(desk, 'MRU'),
  MRG: (desk) => decideWithoutCall(desk, 'MRG'),
};

async function answerFirst({ client, spend }: Desk, call: CallInHand): Promise<void> {
  const { case: story, location, patient } = storyFor(call.id);
  await spend(4, 10);
  const dossier = await client.dossierOf(call);
  if (dossier.step !== 'OUVERT') return;
  const callback = call.caller ?? '0549000000';
  if (story.kind === 'd') {
    await client.act(dossier, 'close-as-d', { code: story.code });
    return void (await client.hangUp(call.id));
  }
  if (story.kind === 'information') {
    await spend(10, 25);
    await client.act(dossier, 'request-validation', { category: story.category, answer: story.answer });
    return void (await client.hangUp(call.id));
  }
  if (story.kind === 'p0') {
    await client.act(dossier, 'engage-p0', { location, callback, motive: story.motive, gestures: story.note });
    return;
  }
  await spend(15, 45);
  const { motive, priority, filiere } = story;
  const qualified = await client.act(dossier, 'qualify', { motive, priority, filiere, location, callback, patient });
  await client.act(qualified, 'send-to-n2');
}

/** Completes and passes on to a doctor; or, when a doctor has decided, carries his orders out with the patient on the line. */
async function completeAndPassOn(desk: Desk, call: CallInHand): Promise<void> {
  const { client, spend } = desk;
  const story = storyFor(call.id).case;
  const taken = await takeInHand(client, await client.dossierOf(call));
  await spend(20, 60);
  if (taken.possible.includes('send-to-doctor')) {
    if (story.kind === 'care') await client.note(taken.id, 'medicale', story.note);
    return void (await client.act(await client.dossier(taken.id), 'send-to-doctor'));
  }
  await carryOut(client, taken);
  await client.hangUp(call.id);
}

async function regulate(desk: Desk, call: CallInHand): Promise<void> {
  const dossier = await desk.client.dossierOf(call);
  await desk.spend(25, 70);
  await decide(desk, await desk.client.dossier(dossier.id), call.id);
  await desk.spend(2, 5);
  // Somebody who is to get an appointment has gone on to the OSNP.
  if ((await desk.client.me()).call?.id === call.id) await desk.client.hangUp(call.id);
}

async function decide({ client }: Desk, dossier: Dossier, callId: string): Promise<void> {
  const started = dossier.step === 'EN_REGULATION' ? dossier : await client.act(dossier, 'start-regulation');
  const story = storyFor(callId).case;
  const care = story.kind === 'care' ? story : null;
  const decisions = care?.decisions ?? [{ type: 'SMUR', careLevel: 'R1' }, { type: 'SU', careLevel: 'R1' }];
  await client.act(started, 'decide', { decisions, hypothesis: care?.motive ?? 'Arrêt cardiaque', advice: care?.advice ?? '' });
}

async function decideWithoutCall(desk: Desk, queue: string): Promise<void> {
  const line = (await firstWaiting(desk, 'P0')) ?? (await firstWaiting(desk, queue));
  if (line && line.step !== 'DECIDE') {
    const dossier = await desk.client.dossier(line.id);
    return decide(desk, dossier, dossier.calls[0]?.id ?? dossier.id);
  }
  const asked = await firstWaiting(desk, 'VALIDATION');
  if (asked) await desk.client.act(await desk.client.dossier(asked.id), 'validate', { readingConfirmed: true });
}

/** The first of a queue that nobody speaks with and that has waited long enough. */
async function firstWaiting({ client, now, haste }: Desk, queue: string): Promise<Line | undefined> {
  return (await client.queue(queue)).find(({ onLine, queueSince }) => !onLine && queueSince !== null && now() - Date.parse(queueSince) > PATIENCE_MS / haste);
}

async function carryOutOrders(desk: Desk, queue: 'AMU' | 'SNP'): Promise<void> {
  const line = await firstWaiting(desk, queue);
  if (!line) return;
  const { client } = desk;
  const taken = await takeInHand(client, await client.dossier(line.id));
  if (taken.possible.includes('send-to-doctor')) return void (await client.act(taken, 'send-to-doctor'));
  await desk.spend(5, 15);
  await carryOut(client, taken);
}

const takeInHand = (client: Client, dossier: Dossier): Promise<Dossier> =>
  dossier.possible.includes('take') ? client.act(dossier, 'take') : Promise.resolve(dossier);

/** Books what is to be booked, engages what is to be engaged, and says that it is done. */
async function carryOut(client: Client, dossier: Dossier): Promise<void> {
  if (!dossier.possible.includes('execute')) return;
  await bookFor(client, dossier);
  const fresh = await client.dossier(dossier.id);
  const means = fresh.means.filter(({ status }) => status === 'DECISION').map(({ id }) => ({ id, status: 'DECLENCHE' }));
  await client.act(fresh, 'execute', means.length > 0 ? { means } : {});
}
