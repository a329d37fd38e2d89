import { join } from 'node:path';
import type { Clock } from '../../foundation/clock.ts';
import type { Database } from '../../foundation/db/database.ts';
import type { Role } from '../../identity/contract.ts';
import { issueToken } from '../../identity/server/tokens.ts';
import type { Level } from '../../regulation/telephony/contract.ts';
import { type Simulator, startSimulator, writePrivate } from './simulators.ts';

const TOKEN_TTL = '30d';

/** Those who hold the posts of the demonstration, in the proportions of a SAS (one N1 for two N2); all invented. */
const colleagues: readonly { readonly login: string; readonly firstName: string; readonly lastName: string; readonly role: Role; readonly level: Level }[] = [
  { login: 'n1a', firstName: 'Aline', lastName: 'Corbrenac', role: 'arm', level: 'N1' },
  { login: 'n1b', firstName: 'Yanis', lastName: 'Lormivaux', role: 'arm', level: 'N1' },
  { login: 'amu1', firstName: 'Solveig', lastName: 'Perraligny', role: 'arm', level: 'AMU' },
  { login: 'amu2', firstName: 'Tom', lastName: 'Villoderac', role: 'arm', level: 'AMU' },
  { login: 'snp1', firstName: 'Inès', lastName: 'Galovelle', role: 'osnp', level: 'SNP' },
  { login: 'snp2', firstName: 'Bastien', lastName: 'Dalibert', role: 'osnp', level: 'SNP' },
  { login: 'mru', firstName: 'Camille', lastName: 'Orlemont', role: 'mru', level: 'MRU' },
  { login: 'mrg1', firstName: 'Hugo', lastName: 'Favirive', role: 'mrg', level: 'MRG' },
  { login: 'mrg2', firstName: 'Louise', lastName: 'Norantain', role: 'mrg', level: 'MRG' },
];

const doctors: readonly Role[] = ['mru', 'mrg'];

export interface ColleaguesOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly territory: string;
  /** Where the server answers on this machine. */
  readonly serverUrl: string;
  readonly phoneUrl: string;
  readonly dataDirectory: string;
  readonly callsPerHour: number;
  /** Structures that answer by the web and that nobody who can sign in manages. */
  readonly structureIds: readonly string[];
  readonly onExit: (program: string, code: number | null) => void;
}

/** Starts the simulated colleagues, and the callers who ring. */
export async function startColleagues(options: ColleaguesOptions): Promise<Simulator> {
  const people = await Promise.all(
    colleagues.map(async ({ login, role, level, ...names }) => {
      const person = { ...names, displayName: `${doctors.includes(role) ? 'Dr ' : ''}${names.firstName} ${names.lastName}` };
      const token = await issueToken(options.database, options.clock, { role, territory: options.territory, email: `collegue.${login}@demo.example`, person, ttl: TOKEN_TTL });
      return { name: person.displayName, level, token };
    }),
  );
  const file = writePrivate(join(options.dataDirectory, 'simulators'), 'collegues.json', JSON.stringify(people));
  const structures = writePrivate(join(options.dataDirectory, 'simulators'), 'structures.txt', await managerOf(options));
  return startSimulator(
    'colleagues/main.ts',
    ['--platform', options.serverUrl, '--phone', options.phoneUrl, '--people', file, '--structures', structures, '--calls-per-hour', String(options.callsPerHour)],
    (code) => options.onExit('collègues', code),
  );
}

/** The token of somebody who manages all these structures. */
async function managerOf({ database, clock, territory, structureIds }: ColleaguesOptions): Promise<string> {
  const person = { displayName: 'Maud Perrevaux', lastName: 'Perrevaux', firstName: 'Maud' };
  let token = '';
  for (const structureId of structureIds) {
    token = await issueToken(database, clock, {
      role: 'gestionnaire-structure', territory, structureId, email: 'collegue.structures@demo.example', person, ttl: TOKEN_TTL,
    });
  }
  return token;
}
