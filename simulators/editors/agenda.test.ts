import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Account } from '../pro-sante-connect/accounts.ts';
import { type ProSanteConnectSimulator, startProSanteConnect } from '../pro-sante-connect/server.ts';
import { CookieBrowser, type Visit } from '../testing/browser.ts';
import { testCatalog, testEnd, testNow } from '../testing/catalog.ts';
import { associationSearch, call, type Json, practitionerSearch, resources } from '../testing/fhir.ts';
import { editorClient } from './client.ts';
import { type EditorSimulator, startEditorSimulator } from './server.ts';

const osnp: Account = { id: '5f0a6d0e-2b7e-4c53-9a0c-0d6f5b1f0001', nationalId: '899700000017', lastName: 'Durand', firstName: 'Zoé', email: null, roleLabel: 'Opérateur de soins non programmés', territory: '86' };
const withoutCard: Account = { ...osnp, id: '5f0a6d0e-2b7e-4c53-9a0c-0d6f5b1f0002', nationalId: null, email: 'leo.petit@sas.example' };

/** Stands for the platform: keeps what it gets, answers what the test wants. */
const platform = { received: [] as { method: string; url: string; token: string; body: Json }[], answers: [] as number[], server: null as Server | null, url: '' };
let provider: ProSanteConnectSimulator;
let editor: EditorSimulator;

beforeAll(async () => {
  platform.server = createServer(async (request, response) => {
    platform.received.push({ method: request.method!, url: request.url!, token: request.headers.authorization!, body: JSON.parse(await text(request)) });
    response.writeHead(platform.answers.shift() ?? 201, { 'content-type': 'application/fhir+json' }).end(JSON.stringify({ resourceType: 'OperationOutcome', issue: [{ diagnostics: 'base de données absente' }] }));
  });
  await new Promise<void>((resolve) => platform.server!.listen(0, 'localhost', resolve));
  platform.url = `http://localhost:${(platform.server!.address() as AddressInfo).port}`;
  provider = await startProSanteConnect({ accounts: [osnp, withoutCard], clients: [] });
});
afterAll(async () => {
  await provider.close();
  platform.server!.closeAllConnections();
  platform.server!.close();
});

const start = async (): Promise<EditorSimulator> => {
  const simulator = await startEditorSimulator({
    name: 'Éditeur Rapide', behaviour: 'rapide', catalog: testCatalog, now: () => Temporal.Instant.from(testNow),
    platform: { url: platform.url, token: 'jeton', retryMs: 20 }, signIn: { issuer: provider.issuer },
  });
  provider.register(editorClient(simulator.name, simulator.url));
  return simulator;
};
beforeEach(async () => {
  platform.received.length = 0;
  platform.answers.length = 0;
  editor = await start();
  return () => editor.close();
});

const slotsOf = async (id: string): Promise<Json[]> => resources((await call(`${editor.baseUrl}/Slot?${practitionerSearch([id], testNow, testEnd)}`)).body, 'Slot');
const sosSlots = async (): Promise<Json[]> => resources((await call(`${editor.baseUrl}/Schedule?${associationSearch(['312345678900025'], testNow, testEnd)}`)).body, 'Slot');
const field = (visit: Visit, name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(visit.body)![1]!;

/** Follows the slot's address as the platform opens it, signs in when asked. */
async function open(browser: CookieBrowser, comment: string, account = osnp): Promise<Visit> {
  const visit = await browser.get(`${comment}&origin=sas`);
  return visit.url.origin === provider.issuer ? browser.post(visit.url, { account: account.id }) : visit;
}
const book = (browser: CookieBrowser, page: Visit, patient = ''): Promise<Visit> => {
  const owner = page.body.includes('name="ps"') ? 'ps' : 'association';
  return browser.post(new URL('/reserver', editor.url), { jeton: field(page, 'jeton'), [owner]: field(page, owner), place: field(page, 'place'), start: field(page, 'start'), patient });
};
async function received(count: number): Promise<typeof platform.received> {
  for (let tries = 0; platform.received.length < count && tries < 200; tries++) await wait(10);
  expect(platform.received.length).toBeGreaterThanOrEqual(count);
  return platform.received;
}

describe('the way in', () => {
  test('[AGR-15] E40 without origin: the vendor\'s own login, even with a session; with origin: the provider', async () => {
    const [slot] = await slotsOf('810000000011');
    const browser = new CookieBrowser();
    expect((await browser.get(slot.comment)).body).toContain('Mot de passe');
    expect((await browser.post(new URL('/connexion', editor.url), { identifiant: 'x', secret: 'y' })).status).toBe(403);
    expect((await browser.get(`${slot.comment}&origin=sas-preprod`)).url.origin).toBe(provider.issuer);
    expect((await open(browser, slot.comment)).body).toContain('Dr Ada Unlieu');
    expect((await browser.get(slot.comment)).body).toContain('Mot de passe');
  });

  test('[AGR-15] E40 a regulator already signed in at the provider sees no login', async () => {
    const other = await startEditorSimulator({ name: 'Autre', behaviour: 'rapide', catalog: testCatalog, now: () => Temporal.Instant.from(testNow), signIn: { issuer: provider.issuer } });
    try {
      provider.register(editorClient(other.name, other.url));
      const [slot] = await slotsOf('810000000011');
      const browser = new CookieBrowser();
      await open(browser, slot.comment);
      const second = await browser.get(`${slot.comment.replace(editor.url, other.url)}&origin=sas`);
      expect(second.url.origin).toBe(other.url);
      expect(second.body).toContain('Dr Ada Unlieu');
      expect(second.path.some((url) => url.startsWith(`${provider.issuer}/connexion`))).toBe(false);
    } finally {
      await other.close();
    }
  });

  test('[AGR-15] [INT-03] E39 a disabled account is refused', async () => {
    const account = (active: boolean) => ({
      resourceType: 'Practitioner', identifier: [{ type: { coding: [{ system: 'http://interopsante.org/fhir/CodeSystem/fr-v2-0203', code: 'IDNPS' }] }, system: 'urn:oid:1.2.250.1.71.4.2.1', value: osnp.nationalId }],
      active, name: [{ family: 'Durand', given: ['Zoé'] }], telecom: [{ system: 'email', value: 'zoe@samu.example' }],
    });
    const put = (active: boolean) => call(`${editor.baseUrl}/Practitioner?identifier=urn:oid:1.2.250.1.71.4.2.1%7C${osnp.nationalId}`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(account(active)) });
    const [slot] = await slotsOf('810000000011');
    expect((await put(true)).status).toBe(201);
    expect((await open(new CookieBrowser(), slot.comment)).status).toBe(200);
    await put(false);
    expect(await open(new CookieBrowser(), slot.comment)).toMatchObject({ status: 403, body: expect.stringContaining('désactivé') });
  });

  test('[AGR-15] nobody books without a session or with a forged form', async () => {
    const [slot] = await slotsOf('810000000011');
    const browser = new CookieBrowser();
    const page = await open(browser, slot.comment);
    const fields = { ps: '810000000011', place: 'a', start: field(page, 'start') };
    expect((await browser.post(new URL('/reserver', editor.url), { ...fields, jeton: 'faux' })).status).toBe(403);
    expect((await new CookieBrowser().post(new URL('/reserver', editor.url), { ...fields, jeton: field(page, 'jeton') })).status).toBe(403);
    expect(editor.bookings.list()).toEqual([]);
  });
});

describe('the booking', () => {
  test('[AGR-15] E42 takes the slot and tells the platform, without the patient', async () => {
    const slots = await slotsOf('810000000011');
    const browser = new CookieBrowser();
    const done = await book(browser, await open(browser, slots[0].comment), 'Bérénice Smuggled');
    expect(done.url.pathname).toMatch(/^\/rendez-vous\//);
    expect(done.body).toContain('Bérénice Smuggled');
    const [sent] = await received(1);
    expect(sent).toMatchObject({ method: 'POST', url: '/fhir/Appointment', token: 'Bearer jeton' });
    expect(sent!.body).toEqual({
      resourceType: 'Appointment',
      meta: { profile: ['http://sas.fr/fhir/StructureDefinition/FrAppointmentSAS'] },
      extension: [{ url: 'http://interopsante.org/fhir/StructureDefinition/FrAppointmentOperator', valueReference: { identifier: { type: { coding: [{ system: 'http://interopsante.org/fhir/CodeSystem/fr-v2-0203', code: 'IDNPS' }] }, system: 'urn:oid:1.2.250.1.71.4.2.1', value: '899700000017' } } }],
      identifier: [{ system: 'https://editeur-rapide.editeur.example', value: expect.stringMatching(/^[0-9a-f-]{36}$/) }],
      status: 'booked', start: '2026-10-14T09:00:00+02:00', end: '2026-10-14T09:20:00+02:00', created: '2026-10-14T08:00:00+02:00',
      participant: [{ actor: { identifier: { type: { coding: [{ system: 'http://interopsante.org/fhir/CodeSystem/fr-v2-0203', code: 'IDNPS' }] }, system: 'urn:oid:1.2.250.1.71.4.2.1', value: '810000000011' } }, status: 'accepted' }],
    });
    expect(JSON.stringify([platform.received, editor.deliveries, editor.bookings.list()])).not.toContain('Smuggled');
    expect((await slotsOf('810000000011')).map(({ id }) => id)).toEqual([slots[1].id, slots[2].id]);
  });

  test('[AGR-15] E42 the operator is the identifier of the account, else the card, else the technical id', async () => {
    const [first, second] = await slotsOf('810000000011');
    const browser = new CookieBrowser();
    await book(browser, await open(browser, first.comment, withoutCard));
    await call(`${editor.baseUrl}/Practitioner`, {
      method: 'POST', headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ resourceType: 'Practitioner', identifier: [{ type: { coding: [{ system: 'http://interopsante.org/fhir/CodeSystem/fr-v2-0203', code: 'INTRN' }] }, system: 'urn:oid:1.2.250.1.213.3.6', value: 'compte-de-leo' }], active: true, name: [{ family: 'Petit', given: ['Léo'] }], telecom: [{ system: 'email', value: withoutCard.email }] }),
    });
    const again = new CookieBrowser();
    await book(again, await open(again, second.comment, withoutCard));
    const operators = (await received(2)).map(({ body }) => body.extension[0].valueReference.identifier);
    expect(operators.map(({ system, value }) => [system, value])).toEqual([['urn:oid:1.2.250.1.213.3.6', withoutCard.id], ['urn:oid:1.2.250.1.213.3.6', 'compte-de-leo']]);
  });

  test('[AGR-15] one winner when two regulators want the same slot', async () => {
    const [slot] = await slotsOf('810000000033');
    const [one, two] = [new CookieBrowser(), new CookieBrowser()];
    const pages = [await open(one, slot.comment), await open(two, slot.comment)] as const;
    const results = await Promise.all([book(one, pages[0]), book(two, pages[1])]);
    expect(results.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(editor.bookings.list()).toHaveLength(1);
    expect((await two.get(`${slot.comment}&origin=sas`)).body).toContain('ne peut pas être réservé');
  });

  test('[AGR-15] is sent again until the platform accepts it, and the page says where it stands', async () => {
    platform.answers.push(500, 503, 401);
    const [slot] = await slotsOf('810000000011');
    const browser = new CookieBrowser();
    const done = await book(browser, await open(browser, slot.comment));
    await received(4);
    expect(platform.received.map(({ method }) => method)).toEqual(['POST', 'PUT', 'PUT', 'PUT']);
    expect(platform.received[3]!.url).toBe(`/fhir/Appointment?identifier=${encodeURIComponent(`https://editeur-rapide.editeur.example|${editor.bookings.list()[0]!.id}`)}`);
    expect(editor.deliveries.map(({ status }) => status).slice(0, 3)).toEqual([500, 503, 401]);
    await expect.poll(async () => (await browser.get(done.url)).body).toContain('Transmis à la plateforme SAS');
  });
});

describe('its life', () => {
  const act = (id: string, fields: Record<string, string>) => new CookieBrowser().post(new URL(`/admin/rendez-vous/${id}`, editor.url), fields);

  test('[AGR-15] E42 moved then honoured: the same identifier, the new hour, the new status', async () => {
    const slots = await slotsOf('810000000011');
    const browser = new CookieBrowser();
    await book(browser, await open(browser, slots[0].comment));
    await received(1);
    const { id } = editor.bookings.list()[0]!;
    await act(id, { action: 'move', start: Temporal.Instant.from(slots[2].start).toString() });
    await received(2);
    await act(id, { action: 'fulfilled' });
    await received(3);
    expect(platform.received.map(({ method, body }) => [method, body.status, body.start])).toEqual([
      ['POST', 'booked', '2026-10-14T09:00:00+02:00'], ['PUT', 'booked', '2026-10-14T14:00:00+02:00'], ['PUT', 'fulfilled', '2026-10-14T14:00:00+02:00'],
    ]);
    expect(new Set(platform.received.map(({ body }) => body.identifier[0].value))).toEqual(new Set([id]));
    expect((await slotsOf('810000000011')).map((slot) => slot.start.slice(11, 16))).toEqual(['09:00', '09:20']);
    expect((await act(id, { action: 'cancelled' })).status).toBe(409);
  });

  test('[AGR-15] E42 cancelled: the slot is free again', async () => {
    const [slot] = await slotsOf('810000000033');
    const browser = new CookieBrowser();
    await book(browser, await open(browser, slot.comment));
    await received(1);
    await act(editor.bookings.list()[0]!.id, { action: 'cancelled' });
    expect((await received(2))[1]!.body.status).toBe('cancelled');
    expect((await slotsOf('810000000033')).map(({ id }) => id)).toEqual([slot.id]);
  });

  test('[AGR-15] E42 SOS Médecins: pending without doctor, then the doctor is named', async () => {
    const [slot] = await sosSlots();
    const browser = new CookieBrowser();
    await book(browser, await open(browser, slot.comment));
    const [first] = await received(1);
    expect(first!.body).toMatchObject({ status: 'pending', meta: { profile: ['https://interop.esante.gouv.fr/ig/fhir/sas/StructureDefinition/sas-sos-appointment'] } });
    expect(first!.body.participant).toEqual([{ type: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code: 'ADM' }] }], status: 'needs-action' }]);
    await act(editor.bookings.list()[0]!.id, { action: 'name', doctor: '810000000132' });
    expect((await received(2))[1]!.body).toMatchObject({ status: 'booked', participant: [{ actor: { identifier: { value: '810000000132' } }, status: 'accepted' }] });
    expect((await sosSlots()).map(({ id }) => id)).not.toContain(slot.id);
  });
});

test('[AGR-15] bookings live by themselves when asked: the doctor, then the outcome', async () => {
  const alive = await startEditorSimulator({ name: 'Vivant', behaviour: 'rapide', catalog: testCatalog, now: () => Temporal.Instant.from(testNow), platform: { url: platform.url, token: 'jeton' }, life: { delayMs: 60 } });
  try {
    const association = { association: { ...testCatalog.associations[0]!, siret: '312345678900025', doctors: [] }, place: { ...testCatalog.associations[0]!.places[0]! } };
    const start = Temporal.Instant.from(testNow).add({ hours: 2 });
    alive.bookings.book({ id: 's', start, end: start.add({ minutes: 15 }), types: ['SNP'], modalities: ['AMB'], reasons: [], withAppointment: true, ...association }, { kind: 'national', value: '899700000017', name: 'Zoé Durand' }, start);
    await received(3);
    expect(platform.received.map(({ body }) => body.status).slice(0, 2)).toEqual(['pending', 'booked']);
    expect(['fulfilled', 'noshow', 'cancelled']).toContain(platform.received[2]!.body.status);
  } finally {
    await alive.close();
  }
});

test('[AGR-15] bookings outlive a restart: the slot stays taken, the platform is told again without a second creation', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'editor-state-'));
  const options = { name: 'Durable', behaviour: 'rapide', catalog: testCatalog, now: () => Temporal.Instant.from(testNow), platform: { url: platform.url, token: 'jeton' }, signIn: { issuer: provider.issuer }, state: join(folder, 'bookings.json') } as const;
  const first = await startEditorSimulator(options);
  provider.register(editorClient(first.name, first.url));
  const query = `/Slot?${practitionerSearch(['810000000033'], testNow, testEnd)}`;
  const [slot] = resources((await call(first.baseUrl + query)).body, 'Slot');
  const browser = new CookieBrowser();
  const page = await open(browser, slot.comment);
  await browser.post(new URL('/reserver', first.url), { jeton: field(page, 'jeton'), ps: '810000000033', place: 'a', start: field(page, 'start'), patient: 'Bérénice Smuggled' });
  await received(1);
  await first.close();

  const second = await startEditorSimulator(options);
  try {
    expect((await call(second.baseUrl + query)).body.total).toBe(0);
    await received(2);
    expect(platform.received.map(({ method, body }) => [method, body.identifier[0].value])).toEqual([['POST', first.bookings.list()[0]!.id], ['PUT', first.bookings.list()[0]!.id]]);
    expect(readFileSync(options.state, 'utf8')).not.toContain('Smuggled');
  } finally {
    await second.close();
    rmSync(folder, { recursive: true });
  }
});

test('[AGR-15] [NFR-01] login, agenda, booking and practice pages pass axe', async () => {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  try {
    const page = await (await browser.newContext()).newPage();
    const check = async () => expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    const [slot] = await slotsOf('810000000011');
    await page.goto(slot.comment);
    await check();
    await page.goto(`${slot.comment}&origin=sas`);
    await page.getByRole('button', { name: 'Zoé Durand' }).first().click();
    await check();
    await page.getByLabel('Nom du patient').fill('Bérénice Fictive');
    await page.getByRole('button', { name: 'Réserver' }).click();
    await page.getByText('Transmis à la plateforme SAS').waitFor();
    await check();
    await page.goto(`${editor.url}/admin`);
    await check();
    await page.getByRole('button', { name: /^Honoré/ }).click();
    await page.getByRole('cell', { name: 'honoré', exact: true }).waitFor();
  } finally {
    await browser.close();
  }
}, 60_000);
