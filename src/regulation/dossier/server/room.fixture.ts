import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import { expect } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { ManualClock } from '../../../foundation/clock.ts';
import type { Actor, Role } from '../../../identity/contract.ts';
import type { Dossier } from '../contract.ts';
import { createDossiers, type Dossiers, type PatientReminder, type PhoneCall } from './index.ts';

export const actorOf = (role: Role, name: string = role, more: Partial<Actor> = {}): Actor => ({
  accountId: randomUUID(), displayName: name, email: null, roles: [role], territories: ['86'], nationalId: null, structureIds: [], delegations: [], editor: null, ...more,
});

const vienne = {
  code: '86', name: 'Vienne', departments: ['86'], timeZone: 'Europe/Paris', holidaySet: 'metropole' as const, radiusKm: 30, launchedOn: null, status: 'LANCE' as const,
};

export const location = { address: '3 rue des Tilleuls', city: 'Poitiers', insee: '86194' };
export const qualification = (more: Record<string, unknown> = {}) => ({
  action: 'qualify', motive: { code: 'M03.14', label: 'Fièvre, problème infectieux' }, priority: 'P2', filiere: 'AMU', location, callback: '0549000001', ...more,
});
export const pmt = (more: Record<string, unknown> = {}) => ({
  type: 'PMT', careLevel: 'R4', drug: 'Fosfomycine 3 g', dose: 'un sachet en une prise', pharmacy: 'Pharmacie du Clain', consent: true, understanding: true, ...more,
});

/** A room with its staff, a telephone that answers what the test says, and a clock moved by hand (Tuesday 13 January 2026, Paris). */
export class RoomTable {
  readonly clock = new ManualClock('2026-01-13T07:00:00Z');
  readonly calls = new Map<string, PhoneCall>();
  readonly links = new Map<string, string>();
  /** What the telephone was told of the calls on the line. */
  readonly followed: string[] = [];
  readonly staff = {
    n1: actorOf('arm', 'Camille N1'), n2: actorOf('arm', 'Sacha N2'), os: actorOf('osnp', 'Dominique'), mru: actorOf('mru', 'Dr Urgence'), mrg: actorOf('mrg', 'Dr Ville'),
    psy: actorOf('medecin-specialise', 'Dr Psy'), sv: actorOf('superviseur', 'Alix'), ars: actorOf('ars', 'Agence'), effecteur: actorOf('effecteur', 'Dr Dehors'),
    head: actorOf('responsable-sas', 'Direction'),
  };
  bilevelOpen = true;
  /** The SMS that left, as the gateway was asked. */
  readonly reminded: PatientReminder[] = [];
  readonly cancelledTold: PatientReminder[] = [];

  readonly database: TestDatabase;
  readonly dossiers: Dossiers;

  static async open(): Promise<RoomTable> {
    return new RoomTable(await createTestDatabase());
  }

  private constructor(database: TestDatabase) {
    this.database = database;
    this.dossiers = createDossiers({
      database, clock: this.clock,
      territories: { get: async () => vienne },
      remind: async (_tx, reminder) => void this.reminded.push(reminder),
      tellCancelled: async (_tx, reminder) => void this.cancelledTold.push(reminder),
      searchAddress: (wish) => `https://plateforme.example/?${new URLSearchParams(Object.entries(wish).flatMap(([name, value]) => (value ? [[name, value]] : [])))}`,
      pseudonymOf: (id) => `pseudonym-of-${[...id].reverse().join('')}`,
      accounts: { byId: async (id) => {
        const actor = Object.values(this.staff).find((one) => one.accountId === id);
        return actor ? { id, displayName: actor.displayName, lastName: '', firstName: '', email: null, nationalId: null, active: true } : null;
      },
      names: async (ids) => new Map(Object.values(this.staff).filter((one) => ids.includes(one.accountId)).map((one) => [one.accountId, one.displayName])),
      holders: async (roles) =>
        Object.values(this.staff).filter((one) => one.roles.some((role) => roles.includes(role))).map((one) => ({ id: one.accountId, displayName: one.displayName, roles: [...one.roles] })) },
      telephony: {
        call: async (_tx, callId) => this.calls.get(callId) ?? null,
        link: async (_tx, _actor, callId, dossierId) => void this.links.set(callId, dossierId),
        follow: async (_tx, actor, callId, { priority, queue }) => void this.followed.push(`${actor.displayName} ${callId} ${priority} ${queue}`),
        bilevelOpen: async () => this.bilevelOpen,
      },
    });
  }

  /** Paris wall clock of the day. */
  at(time: string): this {
    this.clock.set(Temporal.PlainDateTime.from(`2026-01-13T${time}`).toZonedDateTime('Europe/Paris').toInstant().toString());
    return this;
  }

  ring(caller: string | null = '+33549000001', more: Partial<PhoneCall> = {}): string {
    const id = `call-${this.calls.size + 1}`;
    this.calls.set(id, { id, territory: '86', presentedAt: this.clock.now(), answered: true, ended: false, caller, ...more });
    return id;
  }

  opened(actor: Actor = this.staff.n1, caller?: string | null): Promise<Dossier> {
    return this.dossiers.open(actor, { callId: this.ring(caller) });
  }

  /** Plays actions one after the other, each on the version the one before gave. */
  async play(dossier: Dossier, ...steps: readonly [Actor, Record<string, unknown> & { action: string }][]): Promise<Dossier> {
    let last = dossier;
    for (const [actor, body] of steps) last = await this.dossiers.act(actor, dossier.id, body, `"${last.version}"`);
    return last;
  }

  async refused(actor: Actor, dossier: Pick<Dossier, 'id'>, body: Record<string, unknown> & { action: string }, ifMatch = '*'): Promise<{ code: string; status: number; fields: string[] }> {
    const error = await this.dossiers.act(actor, dossier.id, body, ifMatch).then(() => null, (failure: unknown) => failure);
    expect(error, `${body.action} accepted`).not.toBeNull();
    const { code, status, fields } = error as { code: string; status: number; fields: { path: string }[] };
    return { code, status, fields: (fields ?? []).map((one) => one.path) };
  }

  /** An AMU or SNP dossier that waits for its doctor. */
  async waiting(filiere: 'AMU' | 'SNP', more: Record<string, unknown> = {}): Promise<Dossier> {
    const { n1, n2, os } = this.staff;
    const second = filiere === 'AMU' ? n2 : os;
    return this.play(await this.opened(), [n1, qualification({ filiere, ...more })], [n1, { action: 'send-to-n2' }], [second, { action: 'take' }], [second, { action: 'send-to-doctor' }]);
  }

  async queue(actor: Actor, code: string): Promise<string[]> {
    return (await this.dossiers.queues(actor)).find((one) => one.code === code)?.dossiers.map((line) => line.number) ?? [];
  }

  events(objectId?: string): Promise<{ event: string; actor: string; reason: string | null; careContext: string | null; payload: Record<string, unknown>; from: string | null; to: string | null }[]> {
    return this.database.owner.for('foundation').query(sql`
      select event, actor, reason, care_context as "careContext", payload, from_state as "from", to_state as "to" from foundation.journal
      where ${objectId ?? null}::text is null or object_id = ${objectId ?? null} order by seq`);
  }

  announced(topic: string): Promise<{ ids: Record<string, string>; audience: { roles?: string[]; territories?: string[] } }[]> {
    return this.database.owner.for('foundation').query(sql`select ids, audience from foundation.event where topic = ${topic} order by id`);
  }
}
