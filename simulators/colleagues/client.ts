/** Somebody of the room, with what lets him use the software. */
export interface Person {
  readonly name: string;
  readonly level: 'N1' | 'AMU' | 'SNP' | 'MRU' | 'MRG';
  readonly token: string;
}

/** A refusal of the software, in its own words. */
export class Refused extends Error {
  readonly status: number;
  readonly body: Record<string, unknown>;

  constructor(status: number, body: Record<string, unknown>) {
    super(`${status} ${String(body['detail'] ?? body['title'] ?? '')}`);
    this.status = status;
    this.body = body;
  }
}

export interface Dossier {
  readonly id: string;
  readonly version: number;
  readonly step: string | null;
  readonly filiere: string | null;
  readonly motive: { readonly label: string } | null;
  readonly calls: readonly { readonly id: string }[];
  readonly acts: readonly { readonly decisions: readonly { readonly type: string; readonly executedAt: string | null }[] }[];
  readonly means: readonly { readonly id: string; readonly status: string }[];
  readonly possible: readonly string[];
}

export interface Line {
  readonly id: string;
  readonly step: string | null;
  readonly queueSince: string | null;
  readonly onLine: boolean;
}

export interface MyPost {
  readonly agent: { readonly state: string } | null;
  readonly call: { readonly id: string; readonly state: string; readonly caller: string | null; readonly dossierId: string | null; readonly endedAt: string | null } | null;
}

const TIMEOUT_MS = 8_000;

/** The public API of the software, as one person's screen uses it. */
export class Client {
  readonly #base: string;
  readonly #token: string;

  constructor(base: string, token: string) {
    this.#base = base;
    this.#token = token;
  }

  async ask<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
    const response = await fetch(`${this.#base}${path}`, {
      method, signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: { authorization: `Bearer ${this.#token}`, accept: 'application/json', ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as T & Record<string, unknown>;
    if (!response.ok) throw new Refused(response.status, answer);
    return answer;
  }

  me = () => this.ask<MyPost>('GET', '/api/v1/agents/me');
  available = (level: string) => this.ask('PUT', '/api/v1/agents/me', { state: 'available', level });
  leave = () => this.ask('PUT', '/api/v1/agents/me', { state: 'offline' });
  dossier = (id: string) => this.ask<Dossier>('GET', `/api/v1/dossiers/${id}`);
  hangUp = (callId: string) => this.ask('POST', `/api/v1/calls/${callId}/commands`, { op: 'hang-up' });
  note = (id: string, kind: string, text: string) => this.ask('POST', `/api/v1/dossiers/${id}/notes`, { kind, text });

  /** Acts on the version just read. */
  act = (dossier: Dossier, action: string, fields: Record<string, unknown> = {}) =>
    this.ask<Dossier>('POST', `/api/v1/dossiers/${dossier.id}/actions`, { action, ...fields }, { 'if-match': `"${dossier.version}"` });

  /** The dossier of a call: the one it came with, or a new one. Two who answer at once may both ask: the second gets the first's. */
  async dossierOf(call: { readonly id: string; readonly dossierId: string | null }): Promise<Dossier> {
    if (call.dossierId) return this.dossier(call.dossierId);
    try {
      return await this.ask<Dossier>('POST', '/api/v1/dossiers', { callId: call.id });
    } catch (error) {
      const known = error instanceof Refused ? error.body['dossierId'] : null;
      if (typeof known === 'string') return this.dossier(known);
      throw error;
    }
  }

  /** Lines of one queue, in its order. */
  async queue(code: string): Promise<readonly Line[]> {
    const { queues } = await this.ask<{ queues: { code: string; dossiers: Line[] }[] }>('GET', '/api/v1/queues');
    return queues.find((one) => one.code === code)?.dossiers ?? [];
  }
}
