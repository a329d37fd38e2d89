import { ManualClock } from '../../src/foundation/clock.ts';
import type { Actor } from '../../src/identity/contract.ts';
import type { Level, PhoneEvent } from '../../src/regulation/telephony/contract.ts';
import type { AssembledRoom } from './assembled-room.ts';
import type { Fate, GoldenCall, Regulated } from './golden-day.ts';
import { place, qualify } from './qualification.ts';

/** Who works that day; `phone` is the phone system, which the room follows. */
export async function goldenStaff(room: AssembledRoom) {
  const staff = {
    n1: [await room.person('arm', 'Camille Aubert'), await room.person('arm', 'Sacha Belin'), await room.person('arm', 'Andrea Chauvin')],
    n2: [await room.person('arm', 'Charlie Denis'), await room.person('arm', 'Jo Evrard')], os: [await room.person('osnp', 'Zoé Fabre'), await room.person('osnp', 'Dominique Gilet')],
    mru: [await room.person('mru', 'Noa Imbert'), await room.person('mru', 'Gaby Joly')], mrg: [await room.person('mrg', 'Lou Keller'), await room.person('mrg', 'Ange Leroy')],
    phone: await room.person('telephony', 'Système téléphonique'), head: await room.person('responsable-sas', 'Alix Perrot'),
  };
  for (const [doctors, status] of [[staff.mru, 'hospitalier'], [staff.mrg, 'liberal']] as const) {
    for (const { accountId } of doctors) await room.dossiers.settings.saveRegulator(staff.head, '86', { accountId, status, filieres: [] });
  }
  return staff;
}
export type GoldenStaff = Awaited<ReturnType<typeof goldenStaff>>;
type Process = Awaited<ReturnType<AssembledRoom['beside']>>;

interface Step {
  readonly at: Temporal.Instant;
  readonly work: () => Promise<unknown>;
}

/** Seconds of each conversation around its mean, which the whole day gives back. */
const SPREAD: Record<Level, { mean: number; offsets: readonly number[] }> = {
  N1: { mean: 82, offsets: [-20, -10, 0, 10, 20] }, SNP: { mean: 265, offsets: [-60, 0, 60] }, AMU: { mean: 120, offsets: [0] },
  MRG: { mean: 338, offsets: [-45, 45] }, MRU: { mean: 301, offsets: [-90, 90] }, SPE: { mean: 0, offsets: [0] },
};
const MEANS: Readonly<Record<string, string>> = { VSAV: 'SIS.VSAV', AMBULANCE: 'TSU.AMB' };
const EFFECTEURS = 41;

/** Plans what happens of each call, instant by instant, and plays it through the use cases of the room. */
export class GoldenScript {
  readonly #staff: GoldenStaff;
  readonly #talked = new Map<string, number>();
  #effecteur = 0;

  constructor(staff: GoldenStaff) {
    this.#staff = staff;
  }

  /** How long the next conversation of a level lasts. Nights have their own count: they are no part of the day's means. */
  talk(level: Level, day: string): number {
    const rank = this.#talked.get(level + day) ?? 0;
    this.#talked.set(level + day, rank + 1);
    const { mean, offsets } = SPREAD[level];
    return mean + offsets[rank % offsets.length]!;
  }

  someone(role: Exclude<keyof GoldenStaff, 'phone' | 'head'>, call: GoldenCall): Actor {
    const posts = this.#staff[role];
    return posts[Number(call.id.split('-').at(-1)) % posts.length]!;
  }

  effecteur = (): string => `Dr Ville ${this.#effecteur++ % EFFECTEURS}`;

  /** Plays calls in the order of their instants, in one process of the room. */
  async play(room: AssembledRoom, calls: readonly GoldenCall[]): Promise<void> {
    const hour = new ManualClock(calls[0]!.presentedAt.toString());
    const process = await room.beside(hour);
    const scripts: CallScript[] = [];
    for (const call of calls) {
      const answeredAt = call.presentedAt.add({ milliseconds: call.waitMs });
      const again = call.fate.kind === 'repeated' ? scripts.findLast((one) => one.call.fate.kind === 'drm' && Temporal.Instant.compare(one.openedAt, answeredAt) < 0)! : null;
      scripts.push(new CallScript(this, this.#staff.phone, process, call, again));
    }
    const steps = scripts.flatMap((script) => script.steps).toSorted((a, b) => Temporal.Instant.compare(a.at, b.at));
    for (const { at, work } of steps) {
      hour.set(at.toString());
      await work();
    }
    await process.close();
  }
}

class CallScript {
  readonly steps: Step[] = [];
  readonly call: GoldenCall;
  readonly openedAt: Temporal.Instant;
  readonly #day: GoldenScript;
  readonly #phone: Actor;
  readonly #process: Process;
  #id = '';
  #now: Temporal.Instant;
  #told = 0;

  constructor(day: GoldenScript, phone: Actor, process: Process, call: GoldenCall, again: CallScript | null) {
    this.call = call;
    this.#day = day;
    this.#phone = phone;
    this.#process = process;
    this.#now = call.presentedAt;
    this.#tell('presented', { dnis: '15', caller: `06399${String(Number(call.id.split('-').at(-1))).padStart(5, '0')}` });
    this.#wait(call.waitMs / 1_000);
    this.openedAt = this.#now;
    if (call.fate.kind === 'abandoned') this.#tell('abandoned');
    else this.#answered(day.someone('n1', call), call.fate, again);
  }

  #answered(n1: Actor, fate: Exclude<Fate, { kind: 'abandoned' }>, again: CallScript | null): void {
    this.#tell('answered', { agent: n1.accountId, level: 'N1' });
    if (fate.kind === 'repeated') return this.#repeated(n1, again!, fate.openedFirst);
    this.#step(async () => void (this.#id = (await this.#process.dossiers.open(n1, { callId: this.call.id })).id));
    if (fate.kind === 'drm') return this.#regulated(n1, fate);
    this.#wait(this.#talkOf('N1') - 1);
    if (fate.kind === 'd') this.#act(n1, { action: 'close-as-d', code: fate.code });
    else this.#act(n1, { action: 'request-validation', category: fate.category, answer: 'renseignement donné' });
    this.#wait(1);
    this.#tell('ended', { cause: 'agent' });
    if (fate.kind === 'd' || fate.whitelisted) return;
    this.#wait(600);
    this.#act(this.#day.someone('mru', this.call), { action: 'validate', readingConfirmed: true });
  }

  #talkOf = (level: Level): number => this.#day.talk(level, this.call.id.split('-')[0]!);
  #step(work: Step['work']): void {
    this.steps.push({ at: this.#now, work });
  }
  #wait(seconds: number): void {
    this.#now = this.#now.add({ milliseconds: Math.round(seconds * 1_000) });
  }
  #tell(type: PhoneEvent['type'], more: Partial<PhoneEvent> = {}): void {
    const event = { eventId: `${this.call.id}-${++this.#told}`, callId: this.call.id, at: this.#now.toString(), type, ...more };
    this.#step(() => this.#process.telephony.receive(this.#phone, event));
  }
  #act(actor: Actor, body: Record<string, unknown> & { action: string }): void {
    this.#step(() => this.#process.dossiers.act(actor, this.#id, body, '*'));
  }

  #repeated(n1: Actor, again: CallScript, openedFirst: boolean): void {
    if (openedFirst) this.#step(() => this.#process.dossiers.open(n1, { callId: this.call.id }));
    const talk = this.#talkOf('N1');
    this.#wait(talk - 1);
    this.#step(() => this.#process.dossiers.act(n1, again.#id, { action: 'attach-call', callId: this.call.id }, '*'));
    this.#wait(1);
    this.#tell('ended', { cause: 'agent' });
  }

  /** Passes the caller on: the one who speaks leaves, the next answers four seconds later and takes the dossier. */
  #pass(from: Actor, to: Actor, level: Level): void {
    this.#tell('transferred', { agent: from.accountId, level });
    this.#wait(4);
    this.#tell('answered', { agent: to.accountId, level });
  }

  #regulated(n1: Actor, fate: Regulated): void {
    const talk = this.#talkOf('N1');
    const doctor = this.#day.someone(fate.doctor, this.call);
    if (fate.priority === 'P0') {
      this.#wait(15);
      this.#act(n1, { action: 'engage-p0', location: place, callback: '0549000001' });
      this.#wait(talk - 19);
      this.#tell('transferred', { agent: n1.accountId, level: 'MRU', cause: 'warm' });
      this.#wait(4);
      this.#tell('answered', { agent: doctor.accountId, level: 'MRU' });
      return this.#decided(doctor, fate);
    }
    const first = fate.requalifiedBy === 'osnp' || fate.requalifiedBy === 'mrg' ? 'SNP' : fate.requalifiedBy || fate.doctor === 'mru' ? 'AMU' : 'SNP';
    const straight = fate.priority === 'P1' && !fate.requalifiedBy;
    this.#wait(talk - 1);
    this.#act(n1, qualify({ filiere: first, priority: fate.requalifiedBy === 'osnp' ? 'P2' : fate.priority }));
    this.#wait(1);
    this.#act(n1, { action: straight ? 'send-to-doctor' : 'send-to-n2' });
    if (straight) this.#pass(n1, doctor, 'MRU');
    else if (this.#secondLevel(n1, first, fate) === 'validated') return;
    this.#decided(doctor, fate);
  }

  /** From N1 through the second level, and the other filière when it is sent there, as far as the doctor. */
  #secondLevel(n1: Actor, first: 'AMU' | 'SNP', fate: Regulated): 'validated' | 'doctor' {
    const person = { AMU: this.#day.someone('n2', this.call), SNP: this.#day.someone('os', this.call), MRU: this.#day.someone('mru', this.call), MRG: this.#day.someone('mrg', this.call) };
    let from = n1;
    const on = (level: 'AMU' | 'SNP' | 'MRU' | 'MRG') => {
      this.#pass(from, person[level], level);
      from = person[level];
      if (level === 'AMU' || level === 'SNP') this.#act(from, { action: 'take' });
      return from;
    };
    const requalify = (filiere: 'AMU' | 'SNP') => this.#act(from, { action: 'requalify', filiere, reason: 'autre besoin que celui dit au décroché' });
    on(first);
    this.#wait(this.#talkOf(first));
    if (fate.validated) {
      this.#act(from, { action: 'request-validation', reason: 'conseil du protocole', answer: 'surveiller la température' });
      this.#tell('ended', { cause: 'agent' });
      this.#wait(900);
      this.#act(person.MRG, { action: 'validate', careLevel: fate.careLevel, decisions: fate.decisions });
      return 'validated';
    }
    if (fate.requalifiedBy === 'osnp') {
      requalify('AMU');
      on('AMU');
      this.#wait(this.#talkOf('AMU'));
    }
    if (fate.requalifiedBy === 'arm') {
      requalify('SNP');
      on('SNP');
      this.#wait(this.#talkOf('SNP'));
    }
    this.#act(from, { action: 'send-to-doctor' });
    if (fate.requalifiedBy === 'mrg' || fate.requalifiedBy === 'mru') {
      const level = fate.requalifiedBy === 'mrg' ? 'MRG' : 'MRU';
      on(level);
      this.#wait(this.#talkOf(level));
      requalify(level === 'MRG' ? 'AMU' : 'SNP');
    }
    on(fate.doctor === 'mru' ? 'MRU' : 'MRG');
    return 'doctor';
  }

  #decided(doctor: Actor, fate: Regulated): void {
    const level = fate.doctor === 'mru' ? 'MRU' : 'MRG';
    this.#act(doctor, { action: 'start-regulation' });
    this.#wait(this.#talkOf(level));
    this.#act(doctor, { action: 'decide', careLevel: fate.careLevel, decisions: fate.decisions });
    this.#tell('ended', { cause: 'agent' });
    this.#carriedOut(doctor, fate);
  }

  #carriedOut(doctor: Actor, fate: Regulated): void {
    const types = fate.decisions.map(({ type }) => type as string);
    const n2 = this.#day.someone('n2', this.call);
    const os = this.#day.someone('os', this.call);
    const means = types.some((type) => MEANS[type]);
    this.#wait(20);
    if (types.includes('PMT')) this.#act(doctor, { action: 'execute' });
    if (means && fate.priority !== 'P0') {
      this.#act(n2, { action: 'take' });
      this.#act(n2, { action: 'execute' });
    }
    if (means && fate.afterBilan) {
      this.#wait(400);
      this.#meansTell(n2, types, 'BILAN');
      this.#act(doctor, { action: 'start-regulation' });
      this.#act(doctor, { action: 'decide', careLevel: fate.careLevel, decisions: [{ type: fate.afterBilan }] });
      if (fate.afterBilan === 'SOINS_VILLE_SAS') this.#booked(os, null);
    }
    if (means) {
      this.#wait(60);
      this.#meansTell(n2, types, 'FINPEC');
    }
    if (types.some((type) => ['CONSULTATION', 'VISITE', 'TELECONSULTATION'].includes(type))) this.#booked(os, fate.appointment ?? null);
  }

  /** Every means of the dossier tells its status. */
  #meansTell(n2: Actor, types: readonly string[], status: string): void {
    this.#step(async () => {
      const { means } = await this.#process.dossiers.get(n2, this.#id);
      if (means.length < types.filter((type) => MEANS[type]).length) throw new Error(`${this.call.id}: means are missing`);
      await this.#process.dossiers.act(n2, this.#id, { action: 'execute', means: means.map(({ id }) => ({ id, status })) }, '*');
    });
  }

  /** The OSNP books; the appointment comes back, and what became of it the day after. */
  #booked(os: Actor, status: Regulated['appointment'] | null): void {
    this.#act(os, { action: 'take' });
    this.#act(os, { action: 'execute' });
    if (!status) return;
    const told = (method: 'create' | 'update', now: NonNullable<typeof status>, sentAt: Temporal.Instant) => ({
      distributionId: `fr.health.ptfsas_${this.call.id}-${method}`, sender: 'fr.health.ptfsas', sentAt, receivedAt: sentAt, appointmentId: this.call.id, method, status: now,
      start: this.call.presentedAt.add({ hours: 6 }), practitioner, structure: null, regulator: { name: os.displayName, account: os.accountId },
    });
    const practitioner = this.#day.effecteur();
    const bookedAt = this.#now;
    this.#step(async () => {
      await this.#process.dossiers.appointments.receive('86', told('create', 'booked', bookedAt));
      await this.#process.dossiers.appointments.attach(os, this.call.id, this.#id);
    });
    const dayAfter = this.call.presentedAt.add({ hours: 24 });
    if (status !== 'booked') this.steps.push({ at: dayAfter, work: () => this.#process.dossiers.appointments.receive('86', told('update', status, dayAfter)) });
  }
}
