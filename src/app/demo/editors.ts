import type { Clock } from '../../foundation/clock.ts';
import type { Database } from '../../foundation/db/database.ts';
import { editorSchema, type Flow } from '../../platform/availability/contract.ts';
import { createInterfacing } from '../../platform/availability/server/interfacing.ts';
import { silentEditors } from '../editors.ts';

/** The simulated vendors at the addresses they have this time, and the real ones by name, inactive (AGR-12). */
export async function registerDemoEditors(
  database: Database,
  clock: Clock,
  vendors: readonly { readonly name: string; readonly baseUrl: string; readonly flows: readonly Flow[] }[],
): Promise<void> {
  const editors = silentEditors(database, clock);
  const by = { actor: 'demonstration', role: null };
  for (const vendor of vendors) await editors.save(editorSchema.parse({ ...vendor, stage: 'EXPLOITATION' }), by);
  await editors.addReferences(by);
  const interfacing = createInterfacing({ database, clock });
  for (const { name, flows } of vendors) for (const flow of flows) await interfacing.saveKit(name, flow, demoKit(name), by);
}

/** Addresses of invented documents: the top-level domain can never exist (RFC 2606). */
const demoKit = (name: string) => {
  const site = `https://${name.toLowerCase()}.invalid/sas`;
  return { tutorialUrl: `${site}/tutoriel`, faqUrl: `${site}/questions`, sheetUrl: `${site}/se-connecter.pdf`, mails: { LANCE: `${site}/courriels-lancement` } };
};
