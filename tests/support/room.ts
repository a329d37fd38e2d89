import type { Installation } from './installation.ts';

interface Answer {
  readonly status: number;
  readonly body: any;
}

export interface Staff {
  ask(method: string, path: string, body?: unknown): Promise<Answer>;
  take(level?: string): Promise<Answer>;
  post(): Promise<{ state: string; call: any }>;
  act(dossierId: string, action: string, fields?: Record<string, unknown>): Promise<any>;
}

/** Somebody of the room who works through the API, with a token of his own. */
export async function staffOf(sas: Installation, role: string, name: string): Promise<Staff> {
  const token = await sas.sas('token', 'issue', '--role', role, '--territory', '86', '--email', `${name}@essai.example`);
  const ask = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const response = await fetch(`${sas.url}${path}`, {
      method, headers: { authorization: `Bearer ${token}`, 'if-match': '*', ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json().catch(() => null) };
  };
  return {
    ask,
    take: (level) => ask('PUT', '/api/v1/agents/me', { state: 'available', ...(level && { level }) }),
    async post() {
      const { agent, call } = (await ask('GET', '/api/v1/agents/me')).body;
      return { state: agent?.state ?? 'none', call };
    },
    async act(dossierId, action, fields = {}) {
      const { status, body } = await ask('POST', `/api/v1/dossiers/${dossierId}/actions`, { action, ...fields });
      if (status !== 200) throw new Error(`${action}: ${status} ${JSON.stringify(body)}`);
      return body;
    },
  };
}

/** Address of the simulated phone network of a demonstration that runs. */
export function phoneOf(sas: Installation): string {
  const found = /téléphone\s+(http\S+)/.exec(sas.output)?.[1];
  if (!found) throw new Error(`no phone network in:\n${sas.output}`);
  return found;
}

/** Somebody calls; gives the id of the call. */
export async function ring(sas: Installation, call: { dnis?: string; caller?: string; patienceMs?: number; position?: object } = {}): Promise<string> {
  const response = await fetch(`${phoneOf(sas)}/admin/calls`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ dnis: '15', patienceMs: 600_000, ...call }),
  });
  return ((await response.json()) as { callId: string }).callId;
}
