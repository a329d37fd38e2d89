import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ExtractLine } from '../../platform/directory/server/index.ts';
import { readActivityExtract } from './reader.ts';
import { extractHeader, extractLine, extractLines } from './sample.ts';

const header = `${extractHeader.join('|')}|`;

async function read(text: string, afterLine = 0, pieceSize = text.length): Promise<ExtractLine[]> {
  const pieces = async function* () {
    for (let i = 0; i < text.length; i += pieceSize) yield text.slice(i, i + pieceSize);
  };
  const lines: ExtractLine[] = [];
  for await (const packet of readActivityExtract(pieces(), afterLine)) lines.push(...packet);
  return lines;
}

const doctor = {
  "Type d'identifiant PP": '8', 'Identifiant PP': '19000000001', 'Identification nationale PP': '819000000001',
  "Libellé civilité d'exercice": 'Docteur', "Nom d'exercice": 'MARTIN', "Prénom d'exercice": 'JEANNE', 'Code profession': '10',
  'Libellé profession': 'Médecin', 'Code savoir-faire': 'SM54', 'Libellé savoir-faire': 'Médecine Générale', 'Code mode exercice': 'L',
  'Numéro SIRET site': '86000000000001', 'Raison sociale site': 'CABINET DR MARTIN', 'Numéro Voie (coord. structure)': '12',
  'Indice répétition voie (coord. structure)': 'B', 'Libellé type de voie (coord. structure)': 'Rue', 'Libellé Voie (coord. structure)': 'DE LA GARE',
  'Bureau cedex (coord. structure)': '86000 POITIERS', 'Code postal (coord. structure)': '86000', 'Code commune (coord. structure)': '86194',
  'Libellé commune (coord. structure)': 'Poitiers', 'Téléphone (coord. structure)': '0536490001',
} as const;
const readOne = async (values: Parameters<typeof extractLine>[0]) => (await read(`${header}\n${extractLine({ ...doctor, ...values })}\n`))[0]!;

test('[INT-07] a published line becomes an activity in neutral terms', async () => {
  expect(await readOne({})).toEqual({ line: 2, record: {
    nationalId: '819000000001', civility: 'Docteur', lastName: 'MARTIN', firstName: 'JEANNE', professionCode: '10', profession: 'Médecin',
    specialty: 'SM54', specialtyLabel: 'Médecine Générale', mode: 'L', placeId: '386000000000001', placeName: 'CABINET DR MARTIN',
    address: '12 B Rue DE LA GARE', postcode: '86000', city: 'Poitiers', insee: '86194', phone: '0536490001', email: null, finess: null, siret: '86000000000001',
  } });
});

test('[INT-07] the id of a place is its FINESS, else its SIRET, else the prefixed id of the practice, else none', async () => {
  const idWith = async (values: object) => (await readOne({ 'Numéro SIRET site': '', ...values })).record?.placeId;
  expect(await idWith({ 'Numéro FINESS site': '860000001', 'Numéro SIRET site': '86000000000001' })).toBe('1860000001');
  expect(await idWith({ 'Numéro SIRET site': '86000000000001' })).toBe('386000000000001');
  expect(await idWith({ 'Ancien identifiant de la structure': '41900000000100' })).toBe('41900000000100');
  expect(await idWith({ 'Ancien identifiant de la structure': '075912415900' })).toBe('075912415900');
  expect(await idWith({ 'Numéro SIRET site': '123' })).toBeNull();
});

test('[INT-07] a line without commune nor postcode is read from the cedex office', async () => {
  const { record } = await readOne({ 'Code postal (coord. structure)': '', 'Code commune (coord. structure)': '', 'Libellé commune (coord. structure)': '', 'Bureau cedex (coord. structure)': '86021 POITIERS CEDEX 2' });
  expect(record).toMatchObject({ postcode: '86021', city: 'POITIERS', insee: null });
});

test('[INT-07] a line without place in France is neither an activity nor a problem', async () => {
  expect(await readOne({ 'Code pays (coord. structure)': '99132' })).toEqual({ line: 2 });
  const nowhere = { 'Numéro SIRET site': '', 'Code postal (coord. structure)': '', 'Code commune (coord. structure)': '', 'Bureau cedex (coord. structure)': '' };
  expect(await readOne(nowhere)).toEqual({ line: 2 });
});

test.each([
  ['an RPPS too short', { 'Identification nationale PP': '81900' }, 'Identification nationale PP', null],
  ['no name', { "Nom d'exercice": '' }, "Nom d'exercice", '819000000001'],
  ['no profession', { 'Code profession': ' ' }, 'Code profession', '819000000001'],
])('[INT-07] a line with %s is refused with its column', async (_, values, field, nationalId) => {
  expect(await readOne(values)).toMatchObject({ line: 2, problem: { field, nationalId } });
});

test('[INT-07] a line cut in two gives two problems and the next lines are read', async () => {
  const [a, b] = [extractLine(doctor).slice(0, 80), extractLine(doctor).slice(80)];
  const lines = await read([header, a, b, extractLine(doctor)].join('\n'));
  expect(lines.map(({ line, record }) => [line, record !== undefined])).toEqual([[2, false], [3, false], [4, true]]);
  expect(lines[0]!.problem).toMatchObject({ field: null, reason: expect.stringMatching(/^57 colonnes attendues/), nationalId: '819000000001' });
});

test('[INT-07] columns are found by name whatever their order, case, accents or apostrophes; unknown ones are ignored', async () => {
  const names = [...extractHeader].reverse().map((name) => name.replace("'", '’').toUpperCase());
  const values = extractLine(doctor).split('|').slice(0, extractHeader.length).reverse();
  const text = `\uFEFF${['COLONNE NOUVELLE', ...names].join('|')}\r\n${['x', ...values].join('|')}\r\n`;
  expect((await read(text))[0]!.record).toEqual((await readOne({})).record);
});

test('[INT-07] a file without the expected columns is refused, naming what is missing', async () => {
  await expect(read('nom;prenom\nA;B\n')).rejects.toMatchObject({ code: 'extract-columns-missing', message: expect.stringContaining('Identification nationale PP') });
  await expect(read(header.replace('Code profession|', ''))).rejects.toMatchObject({ message: expect.stringMatching(/il manque « Code profession »/) });
  await expect(read('')).rejects.toMatchObject({ code: 'extract-empty' });
});

test('[INT-07] the size of the pieces changes nothing, and reading can start again after any line', async () => {
  const text = [...extractLines(40, 1)].join('\n');
  const whole = await read(text);
  expect(whole.map(({ line }) => line)).toEqual(Array.from({ length: 40 }, (_, i) => i + 2));
  await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 0, max: 45 }), async (size, afterLine) => {
    expect(await read(text, afterLine, size)).toEqual(whole.filter(({ line }) => line > afterLine));
  }), { numRuns: 40 });
});

test('[INT-07] the generated extract is the same for the same seed, and every line of it is an activity', async () => {
  const text = [...extractLines(2_000, 7)].join('\n');
  expect([...extractLines(2_000, 7)].join('\n')).toBe(text);
  expect([...extractLines(2_000, 8)].join('\n')).not.toBe(text);
  const lines = await read(text);
  expect(lines).toHaveLength(2_000);
  expect(lines.every(({ record }) => record !== undefined)).toBe(true);
});
