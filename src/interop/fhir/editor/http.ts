import { readFile, stat } from 'node:fs/promises';
import { Agent, type Dispatcher, request } from 'undici';
import { stopwatch } from '../../../foundation/clock.ts';
import type { Editor } from '../../../platform/availability/contract.ts';
import { EditorFailure } from '../../../platform/availability/domain/editor.ts';
import { explainFailure } from './failures.ts';

export interface HttpLimits {
  /** Bytes of one response; reading stops there. */
  readonly responseBytes: number;
  /** Redirections followed, on the same origin only. */
  readonly redirects: number;
  /** Milliseconds without anything received, when the caller's signal is slower. */
  readonly silenceMs: number;
}

export interface EditorResponse {
  readonly url: URL;
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
  readonly durationMs: number;
}

export interface EditorHttp {
  /** GET of an address of the vendor. Any HTTP status is a response. @throws EditorFailure */
  get(editor: Editor, url: URL, signal: AbortSignal): Promise<EditorResponse>;
  /** Writes a resource, once: no redirection is followed and nothing is sent again. Any HTTP status is a response. @throws EditorFailure */
  write(editor: Editor, writing: { method: 'POST' | 'PUT'; url: URL; resource: unknown }, signal: AbortSignal): Promise<EditorResponse>;
  close(): Promise<void>;
}

const HEADERS = {
  accept: 'application/json+fhir, application/fhir+json;q=0.9',
  'accept-encoding': 'identity',
  'user-agent': 'sas-plateforme',
};
const WRITING_HEADERS = { ...HEADERS, 'content-type': 'application/fhir+json' };
const REDIRECTIONS = new Set([301, 302, 303, 307, 308]);

/** One pool of kept-alive connections per vendor, with the vendor's certificates. */
export function createEditorHttp(limits: HttpLimits): EditorHttp {
  const pools = new Map<string, { fingerprint: string; agent: Agent }>();

  async function poolOf(editor: Editor): Promise<Agent> {
    const fingerprint = await fingerprintOf(editor);
    const known = pools.get(editor.name);
    if (known?.fingerprint === fingerprint) return known.agent;
    const agent = new Agent({
      connections: editor.concurrency,
      pipelining: 1,
      headersTimeout: limits.silenceMs,
      bodyTimeout: limits.silenceMs,
      connect: { ...(await credentialsOf(editor)), minVersion: 'TLSv1.2', timeout: limits.silenceMs },
    });
    pools.set(editor.name, { fingerprint, agent });
    // Requests under way on the former pool end on it.
    void known?.agent.close();
    return agent;
  }

  async function exchange(
    editor: Editor, url: URL, signal: AbortSignal, call: (agent: Agent) => Promise<{ response: Dispatcher.ResponseData; finalUrl: URL }>,
  ): Promise<EditorResponse> {
    const elapsed = stopwatch();
    try {
      const { response, finalUrl } = await call(await poolOf(editor));
      const text = await readText(response, limits.responseBytes);
      const contentType = headerOf(response, 'content-type') ?? '';
      return { url: finalUrl, status: response.statusCode, contentType, text, durationMs: elapsed() };
    } catch (error) {
      throw explainFailure(error, signal, url.protocol === 'https:');
    }
  }

  return {
    get: (editor, url, signal) => exchange(editor, url, signal, (agent) => follow(agent, url, signal, limits)),
    write: (editor, { method, url, resource }, signal) =>
      exchange(editor, url, signal, async (dispatcher) => ({
        response: await request(url, { dispatcher, method, headers: WRITING_HEADERS, body: JSON.stringify(resource), signal }),
        finalUrl: url,
      })),
    async close() {
      await Promise.all([...pools.values()].map(({ agent }) => agent.destroy()));
      pools.clear();
    },
  };
}

/** The vendor's base URL is the only place we go: an administrator wrote it, an answer cannot lead elsewhere. */
async function follow(agent: Agent, start: URL, signal: AbortSignal, limits: HttpLimits) {
  let url = start;
  for (let count = 0; ; count += 1) {
    const response = await send(agent, url, signal);
    const target = headerOf(response, 'location');
    if (!REDIRECTIONS.has(response.statusCode) || target === undefined) return { response, finalUrl: url };
    response.body.on('error', () => undefined).destroy();
    if (count === limits.redirects) throw new EditorFailure('redirect', `L'éditeur redirige sans fin (plus de ${limits.redirects} redirections).`);
    if (!URL.canParse(target, url) || new URL(target, url).origin !== start.origin) {
      throw new EditorFailure('redirect', "L'éditeur redirige vers un autre serveur : la redirection n'a pas été suivie.");
    }
    url = new URL(target, url);
  }
}

async function send(agent: Agent, url: URL, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
  const options = { dispatcher: agent, method: 'GET' as const, headers: HEADERS, signal };
  try {
    return await request(url, options);
  } catch (error) {
    if (signal.aborted || !isStaleConnection(error)) throw error;
    return request(url, options);
  }
}

/** A kept-alive connection that the vendor closed while we were writing on it: nothing was answered, ask again once. */
function isStaleConnection(error: unknown): boolean {
  const { code, socket } = error as { code?: string; socket?: { bytesRead?: number } };
  return code === 'UND_ERR_SOCKET' && (socket?.bytesRead ?? 0) > 0;
}

function headerOf(response: Dispatcher.ResponseData, name: string): string | undefined {
  const value = response.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

async function readText(response: Dispatcher.ResponseData, limit: number): Promise<string> {
  const encoding = headerOf(response, 'content-encoding');
  const refused = encoding !== undefined && encoding !== 'identity';
  const announced = Number(headerOf(response, 'content-length') ?? 0);
  if (refused || announced > limit) {
    response.body.on('error', () => undefined).destroy();
    throw refused ? new EditorFailure('format', "L'éditeur a compressé sa réponse sans qu'on le demande.") : tooLarge(limit);
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += (chunk as Buffer).length;
    if (size > limit) throw tooLarge(limit);
    chunks.push(chunk as Buffer);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

const tooLarge = (limit: number) =>
  new EditorFailure('too-large', `La réponse de l'éditeur dépasse ${Math.round(limit / 1024 / 1024)} Mo : la lecture s'est arrêtée là.`);

/** What makes a pool obsolete: settings changed, or a certificate file was renewed. */
async function fingerprintOf(editor: Editor): Promise<string> {
  const files = await Promise.all(
    [editor.certPath, editor.keyPath, editor.caPath].map(async (path) => (path ? `${path}@${(await existing(path)).mtimeMs}` : '')),
  );
  return [editor.baseUrl, editor.concurrency, ...files].join('\n');
}

const existing = (path: string) => stat(path).catch(() => Promise.reject(unreadable(path)));
const unreadable = (path: string) => new EditorFailure('tls', `Le fichier de certificat ${path} est illisible : vérifiez les réglages de l'éditeur.`);

/** Certificate, key and authority of the vendor's settings, as TLS options. @throws EditorFailure */
export async function credentialsOf(editor: Editor): Promise<{ cert?: Buffer; key?: Buffer; ca?: Buffer }> {
  const read = (path: string | null) => (path ? readFile(path).catch(() => Promise.reject(unreadable(path))) : undefined);
  const [cert, key, ca] = await Promise.all([read(editor.certPath), read(editor.keyPath), read(editor.caPath)]);
  return { ...(cert && { cert }), ...(key && { key }), ...(ca && { ca }) };
}
