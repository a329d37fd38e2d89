import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { ManualClock } from '../../../foundation/clock.ts';
import { createLogger, silentLogger } from '../../../foundation/log.ts';
import { createMetrics } from '../../../foundation/metrics.ts';
import { EditorFailure, type EditorQuestion } from '../../../platform/availability/domain/editor.ts';
import { createFhirEditorClient } from './client.ts';
import { asked, bundle, DOCTOR, editor, NOW, slot, soundBundle } from './testing.ts';

const clock = new ManualClock(NOW.toString());
const client = createFhirEditorClient({ clock, log: silentLogger, limits: { responseBytes: 300_000 } });
afterAll(() => client.close());

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
});

/** A fictional vendor on a real socket. */
async function vendor(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`;
}

const question: EditorQuestion = { flow: 'ps', ids: [DOCTOR], from: asked().from, to: asked().to };
const patience = () => AbortSignal.timeout(5_000);
const ask = (baseUrl: string, signal = patience()) => client(editor(baseUrl), question, signal);
const failure = async (baseUrl: string, signal?: AbortSignal) => {
  const error = await ask(baseUrl, signal).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(EditorFailure);
  return { kind: (error as EditorFailure).kind, message: (error as EditorFailure).message };
};
const replies = (status: number, contentType: string, body: string): RequestListener => (_, response) => void response.writeHead(status, { 'content-type': contentType }).end(body);

describe('what is sent', () => {
  test('[INT-02] P01: the request arrives encoded, with its Accept header, on one kept-alive connection', async () => {
    const seen: { url: string; accept: string | undefined; port: number | undefined }[] = [];
    const base = await vendor((request, response) => {
      seen.push({ url: request.url!, accept: request.headers.accept, port: request.socket.remotePort });
      response.setHeader('content-type', 'application/fhir+json').end(JSON.stringify(soundBundle(slot('s1'))));
    });
    const single = editor(base, { concurrency: 1 });
    const answer = await client(single, question, patience());
    await client(single, question, patience());
    expect(answer.slots).toHaveLength(1);
    expect(answer.problems).toEqual([]);
    expect(seen[0]?.url).toContain('&start=ge2026-01-15T09:00:00.000%2B01:00&');
    expect(seen[0]?.url).toContain('urn:oid:1.2.250.1.71.4.2.1%7C810000000017');
    expect(seen[0]?.accept).toBe('application/json+fhir, application/fhir+json;q=0.9');
    expect(seen[1]?.port).toBe(seen[0]?.port);
  });

  test.each(['application/json', 'application/fhir+json; charset=utf-8', 'application/json+fhir', 'text/plain', 'text/html'])('[INT-02] JSON announced as %s is read', async (type) => {
    expect((await ask(await vendor(replies(200, type, JSON.stringify(soundBundle(slot('s1'))))))).slots).toHaveLength(1);
  });

  test('[AGR-14] the outcome and the time of each call are measured', async () => {
    const metrics = createMetrics();
    const measured = createFhirEditorClient({ clock, log: silentLogger, metrics });
    await measured(editor(await vendor(replies(200, 'application/json', JSON.stringify(bundle([]))))), question, patience());
    await measured(editor(await vendor(replies(500, 'text/plain', 'x'))), question, patience()).catch(() => undefined);
    await measured.close();
    const counts = (await metrics.editorDuration.get()).values.filter((value) => value.metricName?.endsWith('_count'));
    expect(counts.map((value) => [value.labels.outcome, value.value])).toEqual([['ok', 1], ['http', 1]]);
  });
});

describe('[AGR-14] P07: a failing vendor is told as what it is', () => {
  const outcome = JSON.stringify({ resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'value', diagnostics: 'RPPS inconnu\nde nos services' }] });
  const cases: [string, RequestListener, string, string][] = [
    ['500 without a body', replies(500, 'text/plain', ''), 'http', "L'éditeur a répondu 500 (sans OperationOutcome)"],
    ['422 with an OperationOutcome', replies(422, 'application/fhir+json', outcome), 'http', "L'éditeur a répondu 422 : RPPS inconnu de nos services"],
    ['503 in HTML', replies(503, 'text/html', '<html>'), 'http', "L'éditeur a répondu 503 (une page HTML, sans OperationOutcome)"],
    ['200 in HTML', replies(200, 'text/html', '<!doctype html><p>'), 'format', "L'éditeur a répondu une page HTML au lieu de JSON."],
    ['invalid JSON', replies(200, 'application/json', '{"resourceType":"Bundle",'), 'format', "La réponse de l'éditeur n'est pas du JSON valide."],
    ['nothing', replies(200, 'application/json', ''), 'format', "L'éditeur a répondu un contenu vide."],
    ['a JSON that is no Bundle', replies(200, 'application/json', '[]'), 'format', "La réponse de l'éditeur n'est pas un Bundle."],
    ['200 with an OperationOutcome', replies(200, 'application/json', outcome), 'format', "L'éditeur a répondu une erreur au lieu des créneaux : RPPS inconnu de nos services"],
    ['a compressed body nobody asked for', (_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('x'), 'format', "L'éditeur a compressé sa réponse sans qu'on le demande."],
    ['a connection cut', (request) => void request.socket.destroy(), 'network', "L'éditeur a coupé la connexion avant d'avoir répondu."],
    ['something else than HTTP', (request) => void request.socket.end('bonjour\r\n\r\n'), 'format', "La réponse de l'éditeur n'est pas du HTTP valide."],
  ];
  test.each(cases)('%s', async (_, listener, kind, message) => {
    expect(await failure(await vendor(listener))).toEqual({ kind, message });
  });

  test('a refused connection, an unknown host, an address that is no web address', async () => {
    const base = await vendor(replies(200, 'text/plain', ''));
    await new Promise((done) => servers.pop()!.close(done));
    expect(await failure(base)).toMatchObject({ kind: 'network', message: "L'éditeur refuse la connexion : son serveur est arrêté ou l'adresse est fausse." });
    expect((await failure('http://inconnu.invalid/fhir')).message).toMatch(/introuvable|résolu/);
    expect(await failure('file:///etc/passwd')).toEqual({ kind: 'network', message: "L'adresse de l'éditeur n'est pas en http ni en https." });
  });

  test('a certificate file that is not there', async () => {
    const error = await client(editor('https://127.0.0.1:1/fhir', { certPath: '/nulle/part.pem' }), question, patience()).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ kind: 'tls', message: expect.stringContaining('/nulle/part.pem') });
  });

  test('50 MB: the reading stops at the limit, announced or not', async () => {
    let sent = 0;
    const chunk = 'x'.repeat(64 * 1024);
    const endless: RequestListener = (_, response) => {
      const more = () => {
        while (!response.destroyed && response.write(chunk)) sent += chunk.length;
      };
      response.on('drain', more);
      more();
    };
    expect(await failure(await vendor(endless))).toMatchObject({ kind: 'too-large' });
    expect(sent).toBeLessThan(8 * 1024 * 1024);
    const announced: RequestListener = (_, response) => void response.writeHead(200, { 'content-length': 50_000_000 }).write('{');
    expect(await failure(await vendor(announced))).toMatchObject({ kind: 'too-large' });
  });

  test('P07: no vendor costs another: a good one answers beside ten bad ones', async () => {
    const good = await vendor(replies(200, 'application/json', JSON.stringify(soundBundle(slot('s1')))));
    const bad = await vendor((request) => void request.socket.destroy());
    const results = await Promise.allSettled([...Array.from({ length: 10 }, () => ask(bad)), ask(good)]);
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  });
});

describe('[AGR-14] P06: a late vendor', () => {
  test('the call ends with the deadline and says so', async () => {
    expect(await failure(await vendor(() => undefined), AbortSignal.timeout(50))).toEqual({ kind: 'late', message: "L'éditeur n'a pas répondu dans le délai." });
  });

  test('the body that never ends too, and a search that is given up', async () => {
    const base = await vendor((_, response) => void response.writeHead(200, { 'content-type': 'application/json' }).write('{"resourceType":'));
    expect((await failure(base, AbortSignal.timeout(50))).kind).toBe('late');
    expect((await failure(base, AbortSignal.abort())).message).toBe("L'appel a été abandonné avant la réponse de l'éditeur.");
  });
});

describe('[AGR-14] redirections', () => {
  const redirect = (to: (url: string) => string): RequestListener => (request, response) => void response.writeHead(302, { location: to(request.url!) }).end();

  test('on the same server they are followed', async () => {
    const base = await vendor((request, response) => {
      if (request.url!.startsWith('/fhir')) response.writeHead(307, { location: request.url!.replace('/fhir', '/r4') }).end();
      else response.end(JSON.stringify(soundBundle(slot('s1'))));
    });
    expect((await ask(base)).slots).toHaveLength(1);
  });

  test('a loop, and another server, are refused', async () => {
    expect(await failure(await vendor(redirect((url) => url)))).toMatchObject({ kind: 'redirect', message: expect.stringContaining('sans fin') });
    let reached = false;
    const inner = await vendor((_, response) => {
      reached = true;
      response.end('{}');
    });
    expect(await failure(await vendor(redirect(() => inner)))).toMatchObject({ kind: 'redirect', message: expect.stringContaining('un autre serveur') });
    expect(reached).toBe(false);
  });
});

describe('[AGR-14] P16: next links', () => {
  /** Pages numbered by `?page=`; `linkTo` gives the next link of a page. */
  const paged = async (linkTo: (page: number, base: string) => string | null, failAt = Infinity) => {
    let base = '';
    base = await vendor((request, response) => {
      const page = Number(new URL(request.url!, base).searchParams.get('page') ?? 1);
      if (page === failAt) return void response.writeHead(500).end();
      const next = linkTo(page, base);
      const start = `2026-01-15T${String(9 + page).padStart(2, '0')}:00:00.000+01:00`;
      const content = soundBundle(slot(`s${page}`, { start, end: start.replace(':00:00.', ':20:00.') }));
      content.link.push(...(next ? [{ relation: 'next', url: next }] : []));
      response.end(JSON.stringify(content));
    });
    return ask(base);
  };

  test('are followed, absolute or relative', async () => {
    expect((await paged((page, base) => (page < 3 ? `${base}/Slot?page=${page + 1}` : null))).slots).toHaveLength(3);
    expect((await paged((page) => (page < 3 ? `Slot?page=${page + 1}` : null))).slots).toHaveLength(3);
  });

  test('not without end, not elsewhere', async () => {
    const endless = await paged((page) => `Slot?page=${page + 1}`);
    expect(endless.slots).toHaveLength(5);
    expect(endless.problems.map((problem) => problem.rule)).toContain('next-link-cap');
    const foreign = await paged(() => 'http://127.0.0.1:9/fhir/Slot?page=2');
    expect(foreign.slots).toHaveLength(1);
    expect(foreign.problems.map((problem) => problem.rule)).toContain('next-link-foreign');
  });

  test('a page that fails keeps those before it', async () => {
    const answer = await paged((page) => `Slot?page=${page + 1}`, 3);
    expect(answer.slots).toHaveLength(2);
    expect(answer.problems).toContainEqual(expect.objectContaining({ rule: 'next-link-failed', sample: expect.stringContaining('500') }));
  });
});

test('[NFR-06] the log of a call holds neither what was asked nor what was answered', async () => {
  const lines: string[] = [];
  const logged = createFhirEditorClient({ clock, log: createLogger('debug', { write: (line) => void lines.push(line) }) });
  await logged(editor(await vendor(replies(200, 'application/json', JSON.stringify(soundBundle(slot('s1', { comment: 'https://edt.example/agenda?nom=SECRETE' })))))), question, patience());
  await logged.close();
  expect(lines.join()).toContain('editor answered');
  expect(lines.join()).not.toMatch(/SECRETE|8100000000/);
});
