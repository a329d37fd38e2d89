import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startLivingRoom } from '../../simulators/colleagues/room.ts';
import { axeFindings, chromiumPath, openBrowser, openPage, picture, signIn } from '../support/browser.ts';
import { Installation } from '../support/installation.ts';
import { phoneOf, ring, type Staff, staffOf } from '../support/room.ts';

const AML = { lat: 46.581, lon: 0.34, radiusM: 12, source: 'AML' } as const;

describe.skipIf(!chromiumPath)('the regulation room in a browser', () => {
  const sas = new Installation('--no-colleagues');
  let browser: Browser;
  let supervisor: Staff;
  let arm: Page;
  let mru: Page;
  let dossierId = '';

  beforeAll(async () => {
    await sas.start();
    supervisor = await staffOf(sas, 'superviseur', 'sv');
    browser = await openBrowser();
    [arm, mru] = [await openPage(browser), await openPage(browser, 'desk', 'dark')];
    await signIn(arm, sas.url, /Céleste Ravovaux/);
    await signIn(mru, sas.url, /Noémie Lorannard/);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await sas.remove();
  }, 60_000);

  const dossier = async () => (await supervisor.ask('GET', `/api/v1/dossiers/${dossierId}`)).body;

  test('[TEL-03, TEL-07] two people take their posts with the keyboard, each on the desk of his role', async () => {
    await arm.getByRole('button', { name: /Prendre le poste Décroché N1/ }).press('Enter');
    await arm.getByText(/Le prochain appel se décroche seul/).waitFor();
    await mru.getByRole('button', { name: /Prendre le poste Médecin urgentiste/ }).press('Enter');
    await mru.getByText('Disponible').first().waitFor();
    expect((await supervisor.ask('GET', '/api/v1/board')).body.levels.flatMap(({ agents }: any) => agents.map(({ level, state }: any) => `${level} ${state}`)).sort()).toEqual(['MRU available', 'N1 available']);
  }, 60_000);

  test('[NFR-02, TEL-08, REG-07] the call opens its file by itself; two keys engage the means of a P0 before any doctor', async () => {
    await ring(sas, { caller: '0639980042', position: AML });
    const address = arm.getByLabel('Adresse du patient');
    await address.waitFor();
    await expect.poll(() => address.evaluate((element) => element === document.activeElement)).toBe(true);
    await picture(arm, 'salle-appel');
    await arm.keyboard.press('F1');
    await arm.getByRole('group', { name: 'P0, urgence vitale' }).waitFor();
    await picture(arm, 'salle-p0');
    expect(await axeFindings(arm)).toEqual([]);
    await arm.keyboard.press('Enter');
    await arm.getByText(/P0 engagé/).first().waitFor();
    const { dossiers } = (await supervisor.ask('GET', '/api/v1/dossiers?phone=0639980042')).body;
    dossierId = dossiers[0].id;
    expect(await dossier()).toMatchObject({ priority: 'P0', means: [{ type: 'SMUR.VLM', status: 'DECLENCHE', reflex: true }, { type: 'SIS.VSAV', status: 'DECLENCHE', reflex: true }] });
  }, 60_000);

  test('[REG-07, REG-09] the urgentist gets the caller and the file without a gesture; the ARM sees who took it', async () => {
    await mru.getByRole('article', { name: /Dossier/ }).waitFor();
    await expect.poll(async () => (await dossier()).step, { timeout: 20_000 }).toBe('EN_REGULATION');
    await arm.getByText(/Noémie Lorannard/).first().waitFor();
    await expect.poll(async () => (await dossier()).p0.takenAt).not.toBeNull();
    await picture(mru, 'salle-medecin');
    expect(await axeFindings(mru)).toEqual([]);
  }, 60_000);

  test('[REG-10, REG-12] several decisions are signed in one act with the keyboard, and reach the other window at once', async () => {
    for (const key of ['s', 'e', '1']) await mru.keyboard.press(key);
    await mru.keyboard.press('Control+Enter');
    await expect.poll(async () => (await dossier()).type, { timeout: 20_000 }).toBe('DRM');
    expect((await dossier()).acts[0].decisions.map(({ type }: any) => type).sort()).toEqual(['SMUR', 'SU']);
    await arm.getByText(/Envoi du SMUR|SMUR/).first().waitFor();
  }, 60_000);

  test('[SEC-10] a locked workstation shows nothing; signing in again comes back to the same desk', async () => {
    await arm.keyboard.press('Control+Alt+l');
    await arm.getByRole('heading', { name: 'Poste verrouillé' }).waitFor();
    expect(await arm.getByText('0639980042').count()).toBe(0);
    expect(await axeFindings(arm)).toEqual([]);
    await arm.getByRole('link', { name: 'Reprendre mon travail' }).press('Enter');
    await arm.getByRole('button', { name: /Céleste Ravovaux/ }).click();
    await arm.waitForURL(/\/poste\/arm/);
    await arm.getByRole('region', { name: 'Téléphone' }).waitFor();
  }, 60_000);

  test('[TEL-05, RDV-02, INT-05] colleagues answer, pass on, decide and book by themselves; no call is lost and the journal holds', async () => {
    const posts = [['arm', 'N1'], ['arm', 'N1'], ['arm', 'AMU'], ['osnp', 'SNP'], ['osnp', 'SNP'], ['mru', 'MRU'], ['mrg', 'MRG'], ['mrg', 'MRG']] as const;
    const people = await Promise.all(posts.map(async ([role, level], index) => ({
      level, name: `Collègue ${index}`, token: await sas.sas('token', 'issue', '--role', role, '--territory', '86', '--email', `collegue${index}@essai.example`),
    })));
    // Nobody sits at the two desks of before: their calls would wait for a person.
    await mru.keyboard.press('F8');
    for (const desk of [mru, arm]) {
      await expect.poll(() => desk.getByText('Disponible').count(), { timeout: 20_000 }).toBeGreaterThan(0);
      await desk.keyboard.press('F4');
      await desk.getByText(/^Pause/).first().waitFor();
    }
    const living = startLivingRoom({ platform: sas.url, phone: phoneOf(sas), people, callsPerHour: 1_200, seed: 7, haste: 25 });
    const received = async () => (await supervisor.ask('GET', '/api/v1/appointments/messages')).body.messages.length;
    const decided = async () => ((await supervisor.ask('GET', '/api/v1/dossiers?limit=100')).body.dossiers as any[]).filter(({ type }) => type === 'DRM').length;
    await expect.poll(decided, { timeout: 150_000, interval: 1_000 }).toBeGreaterThan(5);
    await expect.poll(received, { timeout: 150_000, interval: 1_000 }).toBeGreaterThan(0);
    await living.close();
    const { day } = (await supervisor.ask('GET', '/api/v1/board')).body;
    expect(day.presented).toBeGreaterThanOrEqual(day.answered);
    expect(await sas.sas('journal', 'verify')).toMatch(/chaîne intacte/);
  }, 320_000);
});
