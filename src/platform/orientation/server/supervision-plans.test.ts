import pg from 'pg';
import { expect, test } from 'vitest';
import { actorOf, doctor } from '../../../../tests/support/agenda.ts';
import type { TestDatabase } from '../../../../tests/support/database.ts';
import { openDatabase } from '../../../foundation/db/database.ts';
import { routes } from '../contract-outcomes.ts';
import { createAsking } from './outcome-asks.ts';
import { createOutcomeLists } from './outcome-lists.ts';
import { make, setUpOutcomes } from './supervision.fixture.ts';
import { createFollowUp } from './supervision-list.ts';

const ORIENTATIONS = 100_000;

/** The plans of what is asked inside, as PostgreSQL ran them. */
async function plansOf(database: TestDatabase, ask: (watched: ReturnType<typeof openDatabase>) => Promise<unknown>): Promise<string[]> {
  const administered = database.owner.pool;
  await administered.query(`alter database ${database.name} set session_preload_libraries = 'auto_explain'`);
  for (const [name, value] of Object.entries({ log_min_duration: '0', log_level: 'notice' })) {
    await administered.query(`alter database ${database.name} set auto_explain.${name} = '${value}'`);
  }
  const watched = openDatabase({ host: database.host, user: database.user, database: database.name, max: 1 });
  const plans: string[] = [];
  watched.pool.on('connect', (client: pg.PoolClient) => {
    client.on('notice', ({ message }) => message?.includes('plan:') && plans.push(message));
  });
  try {
    await ask(watched);
  } finally {
    await watched.close();
  }
  return plans;
}

test(`[RDV-14] [RDV-10] on ${ORIENTATIONS} orientations the lists and the work of every minute read an index, never the whole table`, async () => {
  const { database, deps, clock } = await setUpOutcomes();
  // A year of a large territory, a tenth of it for one doctor, all told but the last ones.
  for (let month = 1; month <= 10; month++) {
    await make(database, {
      count: ORIENTATIONS / 10, createdAt: `2025-${String(month).padStart(2, '0')}-01T00:00:00Z`, nationalId: month === 1 ? doctor : `81000000${month}000`, structure: `1860000${month}00`,
    });
  }
  await make(database, { count: 200, status: 'PRIS', createdAt: '2026-01-12T08:00:00Z' });
  await database.owner.pool.query('analyze orientation.orientation');
  clock.set('2026-01-13T09:00:00Z');
  const plans = await plansOf(database, async (watched) => {
    const own = { ...deps, database: watched };
    await createOutcomeLists(own).appointments(actorOf('effecteur', { nationalId: doctor }));
    await createOutcomeLists(own).appointments(actorOf('gestionnaire-structure', { structureIds: ['1860000300'] }));
    const year = routes.followUp.query!.parse({ from: '2025-01-01', to: '2025-12-31' });
    await createFollowUp(own).page(actorOf('superviseur'), year);
    await createFollowUp(own).page(actorOf('administrateur-national', { territories: ['*'] }), year);
    const asking = createAsking({ ...own, territories: { list: async () => [await deps.territories.get('86')] }, tellReceiver: async () => true });
    await asking.askDue();
    await asking.closeUntold();
  });
  const asked = plans.filter((plan) => plan.includes('orientation.orientation o'));
  expect(asked.length).toBeGreaterThanOrEqual(10);
  expect(asked.filter((plan) => /Seq Scan on orientation o/.test(plan))).toEqual([]);
}, 60_000);
