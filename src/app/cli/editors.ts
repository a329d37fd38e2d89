import { systemClock } from '../../foundation/clock.ts';
import { invalid } from '../../foundation/errors.ts';
import { fieldsOf } from '../../foundation/http/problem.ts';
import { editorSchema } from '../../platform/availability/contract.ts';
import { silentEditors } from '../editors.ts';
import { withStorage } from './storage.ts';

interface DataOption {
  readonly data?: string;
}

const by = { actor: 'command-line', role: null };
const marks = { passed: '✓', failed: '✕', warning: '!', skipped: '–' } as const;

export async function addEditorCommand(
  options: DataOption & { name: string; baseUrl: string; flows: string; origin: string; cert?: string; key?: string; ca?: string },
): Promise<void> {
  const parsed = editorSchema.safeParse({
    name: options.name, baseUrl: options.baseUrl, flows: options.flows.split(',').map((flow) => flow.trim()), origin: options.origin,
    certPath: options.cert ?? null, keyPath: options.key ?? null, caPath: options.ca ?? null,
  });
  if (!parsed.success) {
    const problems = fieldsOf(parsed.error);
    throw invalid('editor-invalid', `À corriger : ${problems.map(({ path, message }) => `${path} : ${message}`).join(' ; ')}`, problems);
  }
  const saved = await withStorage(options.data, (database) => silentEditors(database, systemClock).save(parsed.data, by));
  console.log(`${saved.name} sera interrogé à ${saved.baseUrl} (${saved.flows.join(', ')}).`);
}

export async function listEditorsCommand({ data }: DataOption): Promise<void> {
  const editors = await withStorage(data, (database) => silentEditors(database, systemClock).list());
  if (editors.length === 0) console.log('Aucun éditeur. Ajoutez-en un : sas editor add --name … --base-url …');
  for (const editor of editors) {
    console.log(`${editor.name}\t${editor.active ? 'actif' : 'inactif'}\t${editor.flows.join(',')}\t${editor.stage}\t${editor.baseUrl}`);
  }
}

/** Prints each step as soon as it is known; exits non-zero when one failed. */
export async function testEditorCommand(name: string, { data }: DataOption): Promise<void> {
  await withStorage(data, async (database) => {
    let failed = 0;
    for await (const step of silentEditors(database, systemClock).test(name)) {
      if (step.status === 'failed') failed++;
      console.log(`${marks[step.status]} ${step.id}  ${step.title}\n    ${step.detail}`);
    }
    console.log(failed === 0 ? 'Aucun échec.' : `${failed} échec${failed > 1 ? 's' : ''}.`);
    if (failed > 0) process.exitCode = 1;
  });
}

export async function removeEditorCommand(name: string, { data }: DataOption): Promise<void> {
  await withStorage(data, (database) => silentEditors(database, systemClock).remove(name, by));
  console.log(`${name} ne sera plus interrogé.`);
}
