import sql from 'sql-template-tag';
import type { z } from 'zod';
import type { Clock } from '../../../foundation/clock.ts';
import type { Database, Transaction } from '../../../foundation/db/database.ts';
import { forbidden, ruleBroken } from '../../../foundation/errors.ts';
import { announce } from '../../../foundation/events.ts';
import { writeJournal } from '../../../foundation/journal.ts';
import { type Actor, coversTerritory } from '../../../identity/contract.ts';
import type { Territory } from '../../../territory/contract.ts';
import type { Territories } from '../../../territory/server/index.ts';
import type { regulatorSchema } from '../contract.ts';
import type { Filiere } from '../domain/codes.ts';
import { defaultRules, filiereOpen, type FiliereSettings, type RegulationRules } from '../domain/rules.ts';

export interface Settings {
  readonly version: number;
  readonly rules: RegulationRules;
  readonly filieres: readonly FiliereSettings[];
  readonly timeZone: string;
  readonly department: string;
  readonly isOpen: (filiere: Filiere, at: Temporal.Instant) => boolean;
}

export type Regulator = z.infer<typeof regulatorSchema>;

export interface SettingsDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly territories: Pick<Territories, 'get'>;
}

/** What the governance of each SAS decided: règlement intérieur, specialised filières, regulating doctors. */
export function createSettings({ database, clock, territories }: SettingsDependencies) {
  const db = database.for('dossier');
  const places = new Map<string, { place: Territory; readAt: Temporal.Instant }>();

  /** Kept a minute: a transaction of this context must not wait for a second connection. */
  async function placeOf(territory: string): Promise<Territory> {
    const now = clock.now();
    const known = places.get(territory);
    if (known && now.since(known.readAt).abs().total('seconds') < 60) return known.place;
    const place = await territories.get(territory);
    places.set(territory, { place, readAt: now });
    return place;
  }

  async function of(tx: Transaction | typeof db, territory: string): Promise<Settings> {
    const place = await placeOf(territory);
    const stored = await tx.one<{ rules: { version: number; content: Partial<RegulationRules> } | null; filieres: FiliereSettings[] }>(sql`
      select (select jsonb_build_object('version', version, 'content', content) from dossier.rules where territory = ${territory} order by version desc limit 1) as rules,
        coalesce((select jsonb_agg(content order by filiere) from dossier.filiere where territory = ${territory}), '[]') as filieres`);
    return {
      version: stored.rules?.version ?? 0, rules: { ...defaultRules, ...stored.rules?.content }, filieres: stored.filieres, timeZone: place.timeZone, department: place.departments[0]!,
      isOpen: (filiere, at) => filiereOpen(filiere, stored.filieres, at.toZonedDateTimeISO(place.timeZone)),
    };
  }

  /** Changes what is in force, journaled and told to every screen. */
  async function change(actor: Actor, territory: string, event: string, objectId: string, payload: Record<string, unknown>, work: (tx: Transaction) => Promise<void>, reason?: string) {
    if (!coversTerritory(actor, territory)) throw forbidden('territory-not-covered', `Vos droits ne couvrent pas le territoire ${territory}.`);
    await db.transaction(async (tx) => {
      await work(tx);
      await writeJournal(tx, { at: clock.now(), territory, actor: actor.accountId, role: actor.roles[0] ?? null, objectType: 'regulation-settings', objectId, event, payload, reason });
      await announce(tx, { topic: 'regulation-settings', ids: { territory }, audience: { territories: [territory] } });
    });
  }

  return {
    of,
    async regulator(tx: Transaction | typeof db, territory: string, accountId: string): Promise<Regulator> {
      const row = await tx.maybeOne<Regulator>(sql`
        select account_id as "accountId", status, filieres from dossier.regulator where territory = ${territory} and account_id = ${accountId}`);
      return row ?? { accountId, status: null, filieres: [] };
    },
    regulators: (list: readonly string[]): Promise<Regulator[]> => db.query<Regulator>(sql`
      select account_id as "accountId", status, filieres from dossier.regulator
      where ${list.includes('*')} or territory = any(${list}) order by account_id`),
    /** Records a new version of the règlement intérieur. @throws forbidden `territory-not-covered` */
    async saveRules(actor: Actor, territory: string, rules: RegulationRules, approval: string): Promise<number> {
      let version = 0;
      await change(actor, territory, 'rules-approved', territory, { rules }, async (tx) => {
        ({ version } = await tx.one<{ version: number }>(sql`
          insert into dossier.rules (territory, version, content, at, author, approval)
          select ${territory}, coalesce(max(version), 0) + 1, ${JSON.stringify(rules)}::jsonb, ${clock.now()}::timestamptz, ${actor.accountId}, ${approval}
          from dossier.rules where territory = ${territory} returning version`));
      }, approval);
      return version;
    },
    /** Switches a filière on or off, or changes its hours. @throws rule `scheme-required` (FIL-02) */
    async saveFiliere(actor: Actor, territory: string, settings: FiliereSettings): Promise<FiliereSettings> {
      if (settings.active && settings.scheme.trim().length < 10) {
        throw ruleBroken('scheme-required', "Une filière ne s'ouvre qu'avec son schéma d'organisation. Rien n'a été changé ; décrivez son fonctionnement.", [
          { path: 'scheme', message: "schéma d'organisation à décrire" },
        ]);
      }
      await change(actor, territory, 'filiere-changed', settings.filiere, { ...settings }, (tx) => tx.run(sql`
        insert into dossier.filiere (territory, filiere, content, at, author)
        values (${territory}, ${settings.filiere}, ${JSON.stringify(settings)}::jsonb, ${clock.now()}, ${actor.accountId})
        on conflict (territory, filiere) do update set content = excluded.content, at = excluded.at, author = excluded.author`).then(() => undefined));
      return settings;
    },
    async saveRegulator(actor: Actor, territory: string, regulator: Regulator): Promise<Regulator> {
      await change(actor, territory, 'regulator-changed', regulator.accountId, { status: regulator.status, filieres: regulator.filieres }, (tx) => tx.run(sql`
        insert into dossier.regulator (territory, account_id, status, filieres) values (${territory}, ${regulator.accountId}, ${regulator.status}, ${regulator.filieres})
        on conflict (territory, account_id) do update set status = excluded.status, filieres = excluded.filieres`).then(() => undefined));
      return regulator;
    },
  };
}
export type RegulationSettings = ReturnType<typeof createSettings>;
