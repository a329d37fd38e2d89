import sql from 'sql-template-tag';
import { stopwatch, systemClock } from '../../../src/foundation/clock.ts';
import type { Database } from '../../../src/foundation/db/database.ts';
import { inQueue, selectLines } from '../../../src/regulation/dossier/server/lists.ts';
import { median, print, timed, WARM_UP, withPostgres } from './ground.ts';
import { LIVE, openDossiers, QUEUES, seedDossiers, staff } from './dossiers-seed.ts';

const SIZES = [1_000, 1_000_000] as const;
const RUNS = 60;

type Work = (index: number) => Promise<unknown>;

/** Opens, lists and searches dossiers among a thousand and among a million, as many of them live; prints both, and their ratio. */
export async function benchDossiers(): Promise<void> {
  await withPostgres(async ({ open }) => {
    const works: Map<string, Work>[] = [];
    for (const size of SIZES) {
      const database = await open(`dossiers_${size}`);
      const elapsed = stopwatch();
      await seedDossiers(database, size);
      print(`${size.toLocaleString('en')} dossiers`, `${LIVE} of them live, written in ${(elapsed() / 1_000).toFixed(0)} s`);
      works.push(await worksOn(database));
    }
    const [few, many] = works as [Map<string, Work>, Map<string, Work>];
    let floor = Number.NaN;
    for (const [what, work] of few) {
      const [before, after] = await timedInTurn(RUNS, work, many.get(what)!);
      if (what === FLOOR) floor = after;
      const beside = Number.isNaN(floor) ? '' : `, ${(after / floor).toFixed(1)} × the bare row`;
      print(what, `${before.toFixed(2)} ms → ${after.toFixed(2)} ms, ratio ${(after / before).toFixed(2)}${beside}`);
    }
  }, { shared_buffers: '512MB', max_wal_size: '8GB' });
}

/** Medians of two works done in turn: what else the machine does weighs on both alike. */
async function timedInTurn(count: number, first: Work, second: Work): Promise<[number, number]> {
  const taken: [number[], number[]] = [[], []];
  await timed(count, async (index) => {
    for (const [side, work] of [first, second].entries()) {
      const elapsed = stopwatch();
      await work(index);
      taken[side]!.push(elapsed());
    }
  });
  return [median(taken[0]), median(taken[1])];
}

const FLOOR = 'floor: one row by its key';

/** What people and the software do with dossiers, by name. */
async function worksOn(database: Database): Promise<Map<string, Work>> {
  const dossiers = openDossiers(database);
  const db = database.for('dossier');
  const rows = await db.query<{ id: string; name: string; surname: string; phone: string; number: string; live: boolean }>(sql`
    (select id, name_key as name, split_part(name_key, ' ', 1) as surname, '0' || phone_key as phone, number, false as live from dossier.dossier
      where state = 'CLOTURE' order by md5(number) limit ${RUNS + WARM_UP})
    union all (select id, name_key, '', '', number, true from dossier.dossier where queue is not null and name_key is not null order by number limit ${RUNS + WARM_UP})`);
  const [closed, live] = [rows.filter((row) => !row.live), rows.filter((row) => row.live)];
  const { arm, mru, osnp, supervisor } = staff;
  return new Map<string, Work>([
    ['floor: select 1', () => db.query(sql`select 1 as one`)],
    [FLOOR, (index) => db.one(sql`select body from dossier.dossier where territory = '86' and id = ${closed[index]!.id}`)],
    ['open a live dossier', (index) => dossiers.get(mru, live[index]!.id)],
    ['open a closed dossier', (index) => dossiers.get(mru, closed[index]!.id)],
    ...QUEUES.map((queue): [string, Work] => [`queue ${queue}`, () => selectLines(db, sql`d.territory = '86' and d.queue = ${queue}`, inQueue, 100, systemClock.now())]),
    ...Object.entries({ arm, osnp, mru, supervisor }).map(([who, actor]): [string, Work] => [`all queues of ${who}`, () => dossiers.queues(actor)]),
    ['search by telephone', (index) => dossiers.search(arm, { phone: closed[index]!.phone, limit: 50 })],
    ['search by full name', (index) => dossiers.search(arm, { q: closed[index]!.name, limit: 50 })],
    ['search by surname', (index) => dossiers.search(arm, { q: closed[index]!.surname, limit: 50 })],
    ['search by first letters', (index) => dossiers.search(arm, { q: closed[index]!.surname.slice(0, 2), limit: 50 })],
    ['search by number', (index) => dossiers.search(arm, { q: closed[index]!.number, limit: 50 })],
    ['closed ones, newest', () => dossiers.search(arm, { state: 'CLOTURE', limit: 50 })],
    ['similar dossiers', (index) => dossiers.similar(arm, live[index]!.id)],
    ['what is due', () => dossiers.due()],
  ]);
}
