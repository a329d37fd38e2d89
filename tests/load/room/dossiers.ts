import sql from 'sql-template-tag';
import { stopwatch, systemClock } from '../../../src/foundation/clock.ts';
import type { Database } from '../../../src/foundation/db/database.ts';
import { selectLines } from '../../../src/regulation/dossier/server/lists.ts';
import { median, print, timed, withPostgres } from './ground.ts';
import { LIVE, openDossiers, QUEUES, seedDossiers, staff } from './dossiers-seed.ts';

const SIZES = [1_000, 1_000_000] as const;
const RUNS = 60;

type Figures = Map<string, number[]>;

/** Opens, lists and searches dossiers among a thousand, then among a million, as many of them live; prints both, and their ratio. */
export async function benchDossiers(): Promise<void> {
  await withPostgres(async ({ open }) => {
    const figures: Figures[] = [];
    for (const size of SIZES) {
      const database = await open(`dossiers_${size}`);
      const elapsed = stopwatch();
      await seedDossiers(database, size);
      print(`${size.toLocaleString('en')} dossiers`, `${LIVE} of them live, written in ${(elapsed() / 1_000).toFixed(0)} s`);
      figures.push(await measure(database));
    }
    const [few, many] = figures as [Figures, Figures];
    for (const [what, runs] of few) {
      const [before, after] = [median(runs), median(many.get(what)!)];
      const floor = after / median(many.get('floor: one row by its key')!);
      print(what, `${before.toFixed(2)} ms → ${after.toFixed(2)} ms, ratio ${(after / before).toFixed(2)}, ${floor.toFixed(1)} × the bare row`);
    }
  }, { shared_buffers: '512MB', max_wal_size: '8GB' });
}

async function measure(database: Database): Promise<Figures> {
  const dossiers = openDossiers(database);
  const db = database.for('dossier');
  const rows = await db.query<{ id: string; name: string; surname: string; phone: string; number: string; live: boolean }>(sql`
    (select id, name_key as name, split_part(name_key, ' ', 1) as surname, '0' || phone_key as phone, number, false as live from dossier.dossier
      where state = 'CLOTURE' order by md5(number) limit ${RUNS + 5})
    union all (select id, name_key, '', '', number, true from dossier.dossier where queue is not null and name_key is not null order by number limit ${RUNS + 5})`);
  const [closed, live] = [rows.filter((row) => !row.live), rows.filter((row) => row.live)];
  const { arm, mru, osnp, supervisor } = staff;
  const figures: Figures = new Map();
  const note = async (what: string, work: (index: number) => Promise<unknown>) => void figures.set(what, await timed(RUNS, work));

  await note('floor: select 1', () => db.query(sql`select 1 as one`));
  await note('floor: one row by its key', (index) => db.one(sql`select body from dossier.dossier where territory = '86' and id = ${closed[index]!.id}`));
  await note('open a live dossier', (index) => dossiers.get(mru, live[index]!.id));
  await note('open a closed dossier', (index) => dossiers.get(mru, closed[index]!.id));
  for (const queue of QUEUES) {
    await note(`queue ${queue}`, () => selectLines(db, sql`d.territory = '86' and d.queue = ${queue}`, sql`d.rank, d.opened_at, d.number`, 100, systemClock.now()));
  }
  for (const [who, actor] of Object.entries({ arm, osnp, mru, supervisor })) await note(`all queues of ${who}`, () => dossiers.queues(actor));
  await note('search by telephone', (index) => dossiers.search(arm, { phone: closed[index]!.phone, limit: 50 }));
  await note('search by full name', (index) => dossiers.search(arm, { q: closed[index]!.name, limit: 50 }));
  await note('search by surname', (index) => dossiers.search(arm, { q: closed[index]!.surname, limit: 50 }));
  await note('search by number', (index) => dossiers.search(arm, { q: closed[index]!.number, limit: 50 }));
  await note('search by first letters', (index) => dossiers.search(arm, { q: closed[index]!.surname.slice(0, 2), limit: 50 }));
  await note('closed ones, newest', () => dossiers.search(arm, { state: 'CLOTURE', limit: 50 }));
  await note('similar dossiers', (index) => dossiers.similar(arm, live[index]!.id));
  await note('what is due', () => dossiers.due());
  return figures;
}
