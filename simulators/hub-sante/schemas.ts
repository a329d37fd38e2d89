import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const BASE = 'classpath:/json-schema/';
const VOCABULARY = ['x-id', 'version', 'example', 'x-health-only', 'x-cols', 'x-display'];
/** The national patterns of dotted ids backtrack exponentially; these say the same in linear time. */
const SLOW_ID = /\^\(\[a-zA-Z0-9_-\]\+\\\\\.\?\)\{4,(\d+)\}\$/g;
const quickId = (_: string, most: string) => `^(?=(?:\\\\.?[a-zA-Z0-9_-]){4})[a-zA-Z0-9_-]+(?:\\\\.[a-zA-Z0-9_-]+){0,${Number(most) - 1}}\\\\.?$`;

/** What the national schemas of a folder say against a message, line by line; nothing when it is valid. */
export type Validate = (message: unknown) => string[];

/** Reads the national schemas (`*.schema.json`), which are no part of this repository. */
export async function loadHubSchemas(folder: string): Promise<Validate> {
  const [{ Ajv }, { default: addFormats }] = await Promise.all([import('ajv'), import('ajv-formats')]);
  const ajv = new Ajv({ strict: true, strictTypes: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addVocabulary(VOCABULARY);
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.schema.json'))) {
    const text = readFileSync(join(folder, name), 'utf8').replace(SLOW_ID, quickId);
    // All the files carry the same $id: their names tell them apart.
    ajv.addSchema({ ...(JSON.parse(text) as object), $id: `${BASE}${name}` });
  }
  const validateWith = (name: string) => {
    const validate = ajv.getSchema(`${BASE}${name}`)!;
    return (message: unknown): string[] =>
      validate(message) ? [] : (validate.errors ?? []).map(({ instancePath, message: text }) => `${instancePath || 'message'}: ${text}`);
  };
  const envelope = validateWith('EDXL-DE-envelope-only.schema.json');
  const full = validateWith('EDXL-DE-full.schema.json');
  return (message) => {
    const broken = envelope(message);
    return broken.length > 0 ? broken : full(message);
  };
}
