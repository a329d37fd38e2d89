import { parseArgs } from 'node:util';

/** `npm run bench -- NAME`: each bench prints its figures beside what gives them meaning, measured in the same run. */
const benches: Record<string, () => Promise<{ run(): Promise<unknown> }>> = {
  search: () => import('./search.ts'),
  booking: () => import('./booking.ts'),
  agenda: () => import('./agenda.ts'),
  import: () => import('./import.ts'),
  room: () => import('./room.ts'),
  eligibility: () => import('./eligibility.ts'),
};

const { positionals } = parseArgs({ allowPositionals: true, strict: false });
const bench = benches[positionals[0] ?? ''];
if (!bench) {
  console.error(`npm run bench -- ${Object.keys(benches).join(' | ')}`);
  process.exit(1);
}
await (await bench()).run();
