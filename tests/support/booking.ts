import type { Page } from 'playwright-core';

/** Beyond 48 h, or past a level of the charter, a reason is asked: the first of the list is taken. */
export async function chooseReasons(page: Page): Promise<void> {
  for (const label of [/Motif du délai/, /passer un niveau/]) {
    const field = page.getByRole('dialog').getByRole('button', { name: label });
    if ((await field.count()) === 0) continue;
    await field.click();
    await page.getByRole('option').first().click();
  }
}

/** The server may ask for a reason that the form did not foresee; the button is then pressed again. */
export async function chooseReasonsIfAsked(page: Page): Promise<void> {
  await page.waitForTimeout(800);
  const level = page.getByRole('dialog').getByRole('button', { name: /passer un niveau/ });
  if ((await level.count()) === 0) return;
  await chooseReasons(page);
  await page.getByRole('dialog').getByRole('button', { name: /^(Réserver|Continuer)/ }).click();
}

/** Takes the first free slot of the platform's agenda that a search shows. */
export async function bookByKeyboard(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^\d\d:\d\d, .*agenda SAS$/ }).first().focus();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('dialog');
  await panel.getByRole('button', { name: /^Réserver/ }).waitFor();
  await chooseReasons(page);
  await panel.getByRole('button', { name: /^Réserver/ }).focus();
  await page.keyboard.press('Enter');
  const taken = panel.getByText('Rendez-vous pris').first();
  const asked = panel.getByRole('button', { name: /Motif du délai|passer un niveau/ }).filter({ hasText: /Choisir|Sélectionner/ }).first();
  await taken.or(asked).first().waitFor();
  if (await asked.isVisible()) {
    await chooseReasons(page);
    await panel.getByRole('button', { name: /^Réserver/ }).press('Enter');
  }
  await taken.waitFor();
}
