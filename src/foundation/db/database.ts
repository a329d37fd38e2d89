import pg from 'pg';
import sql, { join, raw, type Sql } from 'sql-template-tag';
import { AppError } from '../errors.ts';

// Counters and sizes fit a double; instants stay text and become Temporal.Instant below; dates stay 'YYYY-MM-DD'.
const types = new pg.TypeOverrides();
types.setTypeParser(20, (text: string) => Number(text));
types.setTypeParser(1700, (text: string) => Number(text));
types.setTypeParser(1082, (text: string) => text);
types.setTypeParser(1184, (text: string) => Temporal.Instant.from(text));

/** What every place that speaks SQL may do. Rows come back with the column names as written in the query. */
export interface Queryable {
  query<Row extends object>(sql: Sql): Promise<Row[]>;
  /** The single row; throws when there is none or more than one. */
  one<Row extends object>(sql: Sql): Promise<Row>;
  /** The single row, or null. */
  maybeOne<Row extends object>(sql: Sql): Promise<Row | null>;
  /** Runs a statement and gives the number of rows it touched. */
  run(sql: Sql): Promise<number>;
}

/** An open transaction, seen from one context. `for` gives the same transaction seen from another context. */
export interface Transaction extends Queryable {
  for(context: string): Transaction;
  /**
   * Writes a row just before the commit, in one statement with all those of the transaction that wait: an orientation, its
   * journal entry, its announcements and its message cost one round trip. `insert` is the same object for every row of a
   * table, e.g. sql`insert into foundation.event (topic)`; a constraint it breaks is thrown by the transaction as a whole.
   */
  beforeCommit(insert: Sql, values: Sql): void;
  /** Starts something once the transaction is committed, once however often it is asked; its failure changes nothing. */
  afterCommit(task: (pool: pg.Pool) => void): void;
}

/** The database seen from one context: with roles enforced (tests), it can touch no schema but its own. */
export interface ContextDatabase extends Queryable {
  /** Runs `work` in one transaction; deadlocks and serialization failures are tried again, so `work` must only touch the database. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
}

export interface Database {
  for(context: string): ContextDatabase;
  /** Throws when the database does not answer. */
  ping(): Promise<void>;
  /** A dedicated connection, e.g. for LISTEN or COPY; the caller ends it. */
  connect(): Promise<pg.Client>;
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

const RETRIED_STATES = new Set(['40001', '40P01']);
const MAX_ATTEMPTS = 5;
/** Connection lost or refused, server starting or stopping: the database is away, nothing was written. */
const AWAY = /^(08|57P0)|ECONNREFUSED|ECONNRESET|ENOENT|EPIPE/;

/** Beyond, a connection would hold too many plans: a statement whose text varies without bound must not be prepared. */
const MOST_PREPARED = 300;
const preparedNames = new Map<string, string>();
const toPrepare = new WeakSet<Sql>();

/**
 * Has a statement parsed and planned once a connection instead of at each call: worth it on the hot paths alone, for a text
 * that is the same at each call.
 */
export function prepared(statement: Sql): Sql {
  toPrepare.add(statement);
  return statement;
}

function nameOf(text: string): string | undefined {
  const known = preparedNames.get(text);
  if (known || preparedNames.size >= MOST_PREPARED) return known;
  const name = `sas_${preparedNames.size}`;
  preparedNames.set(text, name);
  return name;
}

function queryConfig(sql: Sql) {
  const text = sql.text;
  return { text, values: sql.values.map(toParameter), types, name: toPrepare.has(sql) ? nameOf(text) : undefined };
}

function toParameter(value: unknown): unknown {
  if (typeof value !== 'object') return value;
  if (value instanceof Temporal.Instant || value instanceof Temporal.PlainDate) return value.toString();
  return value;
}

function explain(error: unknown): unknown {
  const code = String((error as { code?: unknown }).code ?? '');
  const message = String((error as Error).message ?? '');
  if (AWAY.test(code) || /Connection terminated|connection error and is not queryable|timeout exceeded when trying to connect/.test(message)) {
    return new AppError(
      'unavailable',
      'database-unavailable',
      "La base de données ne répond pas. Rien n'a été enregistré ; réessayez dans quelques secondes.",
      { cause: error },
    );
  }
  return error;
}

/** What all the views of one transaction share: the role in force, the rows that wait for the commit, what follows it. */
interface SharedState {
  context: string;
  readonly following: Set<(pool: pg.Pool) => void>;
  readonly waiting: Map<Sql, { readonly context: string; readonly rows: Sql[] }>;
}

class Session implements Transaction {
  readonly #client: pg.Pool | pg.PoolClient;
  readonly #role: ((client: pg.PoolClient, context: string) => Promise<void>) | null;
  readonly #context: string;
  readonly #shared: SharedState;

  constructor(
    client: pg.Pool | pg.PoolClient, context: string, role: Session['roleSetter'], shared: SharedState = { context: '', waiting: new Map(), following: new Set() },
  ) {
    this.#client = client;
    this.#context = context;
    this.#role = role;
    this.#shared = shared;
  }

  get roleSetter() {
    return this.#role;
  }

  for(context: string): Session {
    return new Session(this.#client, context, this.#role, this.#shared);
  }

  beforeCommit(insert: Sql, values: Sql): void {
    const waiting = this.#shared.waiting.get(insert);
    if (waiting) waiting.rows.push(values);
    else this.#shared.waiting.set(insert, { context: this.#context, rows: [values] });
  }

  afterCommit(task: (pool: pg.Pool) => void): void {
    this.#shared.following.add(task);
  }

  /** Starts what follows the commit. */
  follow(pool: pg.Pool): void {
    for (const task of this.#shared.following) task(pool);
  }

  /** Writes the rows that wait for the commit: together, or context by context where each one has its role. */
  async flush(): Promise<void> {
    const groups = Map.groupBy(this.#shared.waiting, ([, { context }]) => (this.#role ? context : ''));
    for (const [context, tables] of groups) {
      const [last, ...others] = tables.map(([insert, { rows }]) => sql`${insert} values ${join(rows)}`).reverse();
      const parts = others.reverse().map((statement, index) => sql`${raw(`part${index}`)} as (${statement})`);
      await this.for(context).run(prepared(parts.length > 0 ? sql`with ${join(parts)} ${last}` : last!));
    }
  }

  async #execute(sql: Sql): Promise<pg.QueryResult> {
    try {
      if (this.#role && this.#shared.context !== this.#context) {
        await this.#role(this.#client as pg.PoolClient, this.#context);
        this.#shared.context = this.#context;
      }
      return await this.#client.query(queryConfig(sql));
    } catch (error) {
      throw explain(error);
    }
  }

  async query<Row extends object>(sql: Sql): Promise<Row[]> {
    return (await this.#execute(sql)).rows as Row[];
  }

  async one<Row extends object>(sql: Sql): Promise<Row> {
    const rows = await this.query<Row>(sql);
    if (rows.length !== 1) throw new Error(`expected one row, got ${rows.length}: ${sql.text.slice(0, 120)}`);
    return rows[0]!;
  }

  async maybeOne<Row extends object>(sql: Sql): Promise<Row | null> {
    return (await this.query<Row>(sql))[0] ?? null;
  }

  async run(sql: Sql): Promise<number> {
    return (await this.#execute(sql)).rowCount ?? 0;
  }
}

export interface DatabaseOptions {
  readonly connectionString?: string;
  readonly host?: string;
  readonly database?: string;
  readonly user?: string;
  readonly max?: number;
  /** Runs every query under the role `sas_<context>`, which owns nothing outside its schema (architecture rule 10). */
  readonly enforceRoles?: boolean;
}

/** Opens a pool; nothing is checked until the first query. */
export function openDatabase(options: DatabaseOptions): Database {
  const connection = options.connectionString
    ? { connectionString: options.connectionString }
    : { host: options.host, database: options.database, user: options.user };
  const settings = { ...connection, options: '-c timezone=UTC -c search_path=pg_catalog,public' };
  const pool = new pg.Pool({ ...settings, max: options.max ?? 20, connectionTimeoutMillis: 5_000, allowExitOnIdle: true });
  // An idle connection that dies (database restarted) must not end the process: the next query opens another.
  pool.on('error', () => undefined);
  const setRole = options.enforceRoles
    ? async (client: pg.PoolClient, context: string) => {
        await client.query(`set local role sas_${context}`);
      }
    : null;

  async function transaction<T>(context: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const client = await pool.connect().catch((error: unknown) => {
        throw explain(error);
      });
      let broken: Error | undefined;
      // A connection that dies between two queries (database stopped) must not end the process: the next query tells.
      const onLost = (error: Error) => {
        broken = error;
      };
      client.on('error', onLost);
      try {
        await client.query('begin');
        const session = new Session(client, context, setRole);
        const result = await work(session);
        await session.flush();
        await client.query('commit');
        session.follow(pool);
        return result;
      } catch (error) {
        await client.query('rollback').catch((failure: Error) => {
          broken = failure;
        });
        const state = String((error as { code?: unknown }).code ?? '');
        if (!RETRIED_STATES.has(state) || attempt === MAX_ATTEMPTS) throw explain(error);
      } finally {
        client.off('error', onLost);
        client.release(broken);
      }
    }
  }

  function contextDatabase(context: string): ContextDatabase {
    // A role set outside a transaction would stay on the pooled connection, hence one short transaction per query.
    const alone = setRole
      ? <T>(call: (session: Queryable) => Promise<T>) => transaction(context, call)
      : <T>(call: (session: Queryable) => Promise<T>) => call(new Session(pool, context, null));
    return {
      query: (sql) => alone((session) => session.query(sql)),
      one: (sql) => alone((session) => session.one(sql)),
      maybeOne: (sql) => alone((session) => session.maybeOne(sql)),
      run: (sql) => alone((session) => session.run(sql)),
      transaction: (work) => transaction(context, work),
    };
  }

  return {
    pool,
    for: contextDatabase,
    async ping() {
      await contextDatabase('foundation').query({ text: 'select 1', values: [] } as unknown as Sql);
    },
    async connect() {
      const client = new pg.Client(settings);
      await client.connect();
      return client;
    },
    close: () => pool.end(),
  };
}

/** True when `error` is the violation of the named constraint. */
export function violates(error: unknown, constraint: string): boolean {
  return (error as { constraint?: unknown }).constraint === constraint;
}
