import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/foundation/clock.ts';
import { axeFindings, chromiumPath, openBrowser, openPage, picture, signIn } from '../support/browser.ts';
import { toastSays } from '../support/desk.ts';
import { Installation } from '../support/installation.ts';

const DOCTOR = /Aubezac/;
const MANAGER = /Ravevaux/;
/** A week that the demonstration leaves empty. */
const today = systemClock.now().toZonedDateTimeISO('Europe/Paris').toPlainDate();
const monday = today.subtract({ days: today.dayOfWeek - 1 }).add({ weeks: 3 });
const spoken = (day: Temporal.PlainDate) => day.toLocaleString('fr-FR', { weekday: 'long', day: 'numeric', month: 'long' });

/** A doctor, on a computer and on a phone, then the manager of an association, keep their agendas. The steps follow one another. */
describe.skipIf(!chromiumPath).sequential('keep an agenda', () => {
  const sas = new Installation('--no-colleagues');
  let browser: Browser;
  let desk: Page;
  let phone: Page;

  beforeAll(async () => {
    await sas.start();
    browser = await openBrowser();
    desk = await openPage(browser);
    phone = await openPage(browser, 'phone');
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await sas.remove();
  }, 60_000);

  const week = async (page: Page, day = monday, more = '') => {
    await page.goto(`${sas.url}/disponibilites?day=${day}${more}`);
    await page.getByRole('heading', { name: /^Semaine du/ }).waitFor();
  };
  const block = (page: Page, words: RegExp) => page.getByRole('button', { name: words });
  const hours = async (page: Page) => [await page.getByLabel('De :').inputValue(), await page.getByLabel('A :').inputValue()];
  const save = (page: Page) => page.getByRole('button', { name: 'Enregistrer' }).click();

  test('[AGR-02] [AGR-07] by keyboard alone: a cursor in the week, Shift to extend, Enter to create, every week', { timeout: 120_000 }, async () => {
    await signIn(desk, sas.url, DOCTOR);
    await week(desk);
    await desk.getByText('Vous pouvez superposer vos disponibilités sans rendez-vous, sur rendez-vous, à domicile. Lorsque vous êtes en congés, pensez à supprimer vos disponibilités.').first().waitFor();
    expect(await axeFindings(desk)).toEqual([]);
    await desk.getByRole('grid').focus();
    for (const key of ['ArrowRight', 'ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowDown', 'Enter']) await desk.keyboard.press(key);
    await desk.getByRole('dialog').waitFor();
    expect(await hours(desk)).toEqual(['09:30', '11:30']);
    await desk.getByText('Je peux recevoir X patients sur cette plage horaire').click();
    await desk.getByText('Chaque Mardi').click();
    await picture(desk, 'disponibilites-creer');
    expect(await axeFindings(desk)).toEqual([]);
    await save(desk);
    await toastSays(desk, /disponibilités publiées/);
    await block(desk, new RegExp(`^${spoken(monday.add({ days: 1 }))}, 09:30 à 11:30.*chaque semaine`)).waitFor();
    await desk.getByText(/^2 h$/).waitFor();
    await picture(desk, 'disponibilites-semaine');
  });

  test('[AGR-02] with the mouse: a period drawn in the week, stretched by its edge', { timeout: 60_000 }, async () => {
    const column = desk.locator('[data-day="3"]');
    const box = (await column.boundingBox())!;
    const y = (minutes: number) => box.y + (box.height * (minutes - 420)) / 780;
    await desk.mouse.move(box.x + 40, y(9 * 60 + 2));
    await desk.mouse.down();
    await desk.mouse.move(box.x + 40, y(10 * 60 + 1), { steps: 4 });
    await desk.mouse.up();
    await desk.getByRole('dialog').waitFor();
    expect(await hours(desk)).toEqual(['09:00', '10:00']);
    await save(desk);
    const made = block(desk, new RegExp(`^${spoken(monday.add({ days: 3 }))}, 09:00 à 10:00, libre`));
    await made.waitFor();
    const place = (await made.boundingBox())!;
    await desk.mouse.move(place.x + 40, place.y + place.height);
    await desk.mouse.down();
    await desk.mouse.move(place.x + 40, y(10 * 60 + 31), { steps: 4 });
    await desk.mouse.up();
    await block(desk, new RegExp(`^${spoken(monday.add({ days: 3 }))}, 09:00 à 10:30`)).waitFor();
  });

  test('[AGR-02] [ACT-18] two people on one availability: the second sees what changed, by whom, and keeps what was typed', { timeout: 90_000 }, async () => {
    await signIn(phone, sas.url, DOCTOR);
    const thursday = monday.add({ days: 3 });
    await week(phone, thursday);
    expect(await axeFindings(phone)).toEqual([]);
    await picture(phone, 'disponibilites-telephone');
    await block(phone, /09:00 à 10:30/).click();
    await phone.getByRole('button', { name: 'Modifier', exact: true }).click();
    await phone.getByLabel('A :').fill('12:00');

    await block(desk, /09:00 à 10:30/).click();
    await desk.getByRole('button', { name: 'Modifier', exact: true }).click();
    await desk.getByText('Visite à domicile').click();
    await save(desk);
    await toastSays(desk, /Modifiée/);

    await save(phone);
    await phone.getByText('Modifiée entre-temps').waitFor();
    await phone.getByText(/Aubezac : type de consultation, AMB → AMB,HH/).waitFor();
    expect(await hours(phone)).toEqual(['09:00', '12:00']);
    await save(phone);
    await block(phone, /09:00 à 12:00/).waitFor();
  });

  test('[AGR-08] a leave says what it hides before it is declared, hides it, and gives it back', { timeout: 60_000 }, async () => {
    await week(desk, monday.add({ days: 3 }));
    await desk.getByRole('button', { name: 'Déclarer une indisponibilité' }).click();
    await desk.getByText('Matin', { exact: true }).click();
    await desk.getByRole('button', { name: 'Voir ce que cela change' }).click();
    await desk.getByText(/1 disponibilité sera cachée/).waitFor();
    await save(desk);
    await desk.getByText('Indisponibilité enregistrée').waitFor();
    await desk.getByRole('button', { name: 'Terminer' }).click();
    await block(desk, /cachée par une indisponibilité/).waitFor();
    await desk.getByRole('button', { name: 'Retirer' }).click();
    await block(desk, /cachée par une indisponibilité/).waitFor({ state: 'detached' });
  });

  test('[AGR-07] Delete in the week removes one date, then the whole series', { timeout: 60_000 }, async () => {
    await desk.getByRole('grid').focus();
    for (const key of ['ArrowRight', 'ArrowDown', 'Delete']) await desk.keyboard.press(key);
    await desk.getByRole('alertdialog').waitFor();
    await desk.getByRole('button', { name: 'Supprimer', exact: true }).click();
    await block(desk, /09:30 à 11:30/).waitFor({ state: 'detached' });
    await week(desk, monday.add({ weeks: 1 }));
    await block(desk, /09:30 à 11:30/).click();
    await desk.getByRole('button', { name: 'Supprimer', exact: true }).click();
    await desk.getByText('Toute la récurrence').click();
    await desk.getByRole('alertdialog').getByRole('button', { name: 'Supprimer', exact: true }).click();
    await toastSays(desk, /retirées/);
    await block(desk, /09:30 à 11:30/).waitFor({ state: 'detached' });
  });

  test('[STR-03] [AGR-02] the manager of SOS Médecins fills the agenda of the association, then copies it to a member; the calendar’s address opens without a session', { timeout: 120_000 }, async () => {
    const manager = await openPage(browser);
    await signIn(manager, sas.url, MANAGER);
    await week(manager);
    await manager.getByRole('button', { name: /^Créer des disponibilités/ }).first().click();
    await manager.getByRole('dialog').waitFor();
    await save(manager);
    await block(manager, /09:00 à 09:30, libre/).waitFor();
    await manager.getByRole('button', { name: 'Copier…' }).click();
    const member = manager.getByRole('dialog').getByRole('checkbox').nth(1);
    await member.locator('xpath=ancestor::label').click();
    await manager.getByRole('button', { name: 'Copier', exact: true }).click();
    await manager.getByText(/1 copiée/).nth(1).waitFor();
    await manager.getByRole('button', { name: 'Terminer' }).click();

    await manager.getByRole('button', { name: 'Calendrier…' }).click();
    await manager.getByRole('button', { name: 'Créer une adresse' }).click();
    const address = await manager.getByText(/\/api\/v1\/calendars\//).innerText();
    const answer = await fetch(address);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8']);
    expect(await answer.text()).toContain('BEGIN:VEVENT');
    await manager.getByRole('button', { name: 'Fermer cette adresse' }).click();
    await expect.poll(async () => (await fetch(address)).status).toBe(404);
  });
});
