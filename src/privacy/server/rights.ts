import { writeJournal } from '../../foundation/journal.ts';
import { forbidden } from '../../foundation/errors.ts';
import { type Actor, coversTerritory } from '../../identity/contract.ts';
import { categoryOf, type CategoryCode, inWords } from '../domain/categories.ts';
import { risks } from '../domain/impact.ts';
import { noticeFor } from '../domain/notice.ts';
import { processings, registerVersion } from '../domain/register.ts';
import type { PersonalDataView } from '../contract.ts';
import { createRequests } from './requests.ts';
import type { RightsDependencies } from './index.ts';
import { placeOf, ruleOf } from './retention-store.ts';

/** What people may know and ask about their data (SEC-08). */
export function createRights(deps: RightsDependencies) {
  const { database, clock, providers } = deps;
  const db = database.for('privacy');
  const requests = createRequests(deps);

  /** How long a category is kept, as the rule of today says it. */
  async function duration(category: CategoryCode, territory: string): Promise<string> {
    const { ending, since } = categoryOf(category);
    if (ending === 'none') return 'rien n’est gardé';
    const { days } = await ruleOf(db, category, placeOf(category, territory));
    return `${inWords(days)} après ${since}`;
  }

  return {
    ...requests,

    /** What is kept about the actor, told in plain words. */
    async notice(actor: Actor) {
      const territory = actor.territories[0] ?? '*';
      const lines = noticeFor(actor.roles).map(async ({ kept, what, why, whoSees }) => ({
        what, why, whoSees, howLong: kept === 'account' ? 'tant que le compte est ouvert' : await duration(kept, territory),
      }));
      return { lines: await Promise.all(lines) };
    },

    /** Everything kept about the actor, from every context. The access is journaled. */
    async dataOf(actor: Actor): Promise<PersonalDataView> {
      const now = clock.now();
      await db.transaction((tx) => writeJournal(tx, {
        at: now, territory: actor.territories[0] ?? null, actor: actor.accountId, objectType: 'personal-data', objectId: actor.accountId, event: 'exported',
      }));
      const person = { accountId: actor.accountId, nationalId: actor.nationalId };
      const parts = await Promise.all([...providers, requests.personalData].map((provider) => provider(person)));
      const sections = parts.flat().map(({ title, rows }) => ({
        title,
        rows: rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, typeof value === 'object' ? (value?.toString() ?? null) : value]))),
      }));
      return { at: now.toString(), name: actor.displayName, sections };
    },

    /** The register of processing with the durations of a territory, and the risks. @throws forbidden `territory-not-covered` */
    async register(territory: string, actor: Actor) {
      if (!coversTerritory(actor, territory)) throw forbidden('territory-not-covered', `Le territoire ${territory} n'est pas le vôtre.`);
      const rows = processings.map(async (processing) => ({
        ...processing, purposes: [...processing.purposes], people: [...processing.people], data: [...processing.data], recipients: [...processing.recipients],
        security: [...processing.security],
        kept: await Promise.all(processing.kept.map(async (category) => ({ label: categoryOf(category).label, duration: await duration(category, territory) }))),
      }));
      return { version: registerVersion, processings: await Promise.all(rows), risks: risks.map((risk) => ({ ...risk, measures: [...risk.measures] })) };
    },
  };
}

export type Rights = ReturnType<typeof createRights>;
