import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import sql from 'sql-template-tag';
import { z } from 'zod';
import type { Database, Transaction } from '../../foundation/db/database.ts';
import { invalid } from '../../foundation/errors.ts';
import { departmentOf, normaliseName } from '../domain/names.ts';
import { objectsOfFirstArray } from './json-array.ts';

export interface CommuneImportResult {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  /** `line` is the line of a CSV file, or the rank (from 1) of the object in a JSON file. */
  readonly rejected: readonly { line: number; field: string | null; reason: string }[];
}

interface CommuneRecord {
  readonly insee: string;
  readonly name: string;
  readonly postcodes: string[];
  readonly population: number | null;
  readonly lat: number;
  readonly lon: number;
  readonly contour: unknown;
}

const BATCH = 500;
/** Decimals kept in contours: about ten metres, plenty for a background map and five times lighter. */
const CONTOUR_DECIMALS = 4;

const position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);
const communeSchema = z.object({
  code: z.string().regex(/^\d[\dAB]\d{3}$/, 'code INSEE de 5 caractères attendu'),
  nom: z.string().min(1, 'nom attendu'),
  codesPostaux: z.array(z.string().regex(/^\d{5}$/, 'codes postaux de 5 chiffres attendus')),
  population: z.number().int().nonnegative().nullish(),
  centre: z.object({ coordinates: position }, 'point attendu (coordonnées du centre)'),
  contour: z.object({ type: z.enum(['Polygon', 'MultiPolygon']), coordinates: z.array(z.unknown()) }).nullish(),
});

class DryRun extends Error {}

/**
 * Imports the official extract of communes (geo API: JSON, GeoJSON or CSV), as a stream. Running it twice changes nothing;
 * a wrong line is listed and the others are imported. `dryRun` gives the same figures and writes nothing.
 * @throws invalid `unreadable-communes` when nothing in the file looks like a commune
 */
export async function importCommunes(
  database: Database,
  { file, dryRun = false }: { file: string; dryRun?: boolean },
): Promise<CommuneImportResult> {
  const counts = { created: 0, updated: 0, unchanged: 0 };
  const rejected: { line: number; field: string | null; reason: string }[] = [];
  let batch: CommuneRecord[] = [];
  const flush = async (tx: Transaction) => {
    const { created, updated } = await writeBatch(tx, batch);
    counts.created += created;
    counts.updated += updated;
    counts.unchanged += batch.length - created - updated;
    batch = [];
  };
  try {
    await database.for('territory').transaction(async (tx) => {
      Object.assign(counts, { created: 0, updated: 0, unchanged: 0 });
      rejected.length = 0;
      batch = [];
      for await (const { line, value } of readObjects(file)) {
        const parsed = communeSchema.safeParse(value);
        if (parsed.success) batch.push(toRecord(parsed.data));
        else rejected.push({ line, field: parsed.error.issues[0]!.path.join('.') || null, reason: parsed.error.issues[0]!.message });
        if (batch.length === BATCH) await flush(tx);
      }
      if (batch.length > 0) await flush(tx);
      if (dryRun) throw new DryRun();
    });
  } catch (error) {
    if (!(error instanceof DryRun)) throw error;
  }
  if (counts.created + counts.updated + counts.unchanged === 0) {
    throw invalid(
      'unreadable-communes',
      `Aucune commune lisible dans ${file}. Attendu : l'extrait JSON ou CSV de geo.api.gouv.fr avec code, nom, codesPostaux et centre. Rien n'a été modifié.`,
    );
  }
  return { ...counts, rejected };
}

async function writeBatch(tx: Transaction, records: readonly CommuneRecord[]): Promise<{ created: number; updated: number }> {
  const byInsee = new Map(records.map((record) => [record.insee, record]));
  const rows = [...byInsee.values()].map((record) => ({
    ...record, department: departmentOf(record.insee), search_name: normaliseName(record.name),
  }));
  return tx.one(sql`
    with written as (
      insert into territory.commune as known (insee, name, search_name, department, postcodes, population, lat, lon, contour, source)
      select insee, name, search_name, department, postcodes, population, lat, lon, contour, 'official'
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (insee text, name text, search_name text, department text,
        postcodes text[], population int, lat float8, lon float8, contour jsonb)
      on conflict (insee) do update set name = excluded.name, search_name = excluded.search_name, postcodes = excluded.postcodes,
        population = coalesce(excluded.population, known.population), lat = excluded.lat, lon = excluded.lon,
        contour = coalesce(excluded.contour, known.contour), source = 'official'
      where (known.name, known.postcodes, known.population, known.lat, known.lon, known.contour, known.source)
        is distinct from (excluded.name, excluded.postcodes, coalesce(excluded.population, known.population), excluded.lat,
          excluded.lon, coalesce(excluded.contour, known.contour), 'official')
      returning xmax = 0 as created
    )
    select count(*) filter (where created) as created, count(*) filter (where not created) as updated from written`);
}

function toRecord(commune: z.output<typeof communeSchema>): CommuneRecord {
  const [lon, lat] = commune.centre.coordinates;
  const { code: insee, nom: name, codesPostaux: postcodes, population = null, contour } = commune;
  const light = contour && { type: contour.type, coordinates: rounded(contour.coordinates) };
  return { insee, name, postcodes, population, lat, lon, contour: light ?? null };
}

function rounded(value: unknown): unknown {
  if (typeof value === 'number') return Number(value.toFixed(CONTOUR_DECIMALS));
  return Array.isArray(value) ? value.map(rounded) : value;
}

async function* readObjects(file: string): AsyncGenerator<{ line: number; value: unknown }> {
  const stream = createReadStream(file, { encoding: 'utf8', highWaterMark: 256 * 1024 });
  const json = await beginsLikeJson(file);
  if (!json) return yield* readCsv(stream);
  let line = 0;
  for await (const text of objectsOfFirstArray(stream)) {
    line += 1;
    yield { line, value: fromGeoJson(safely(() => JSON.parse(text))) };
  }
}

async function beginsLikeJson(file: string): Promise<boolean> {
  for await (const chunk of createReadStream(file, { encoding: 'utf8', end: 1_023 })) return /^[\uFEFF\s]*[[{]/.test(chunk as string);
  return false;
}

/** A GeoJSON feature holds the same properties, its geometry being the centre or the contour. */
function fromGeoJson(value: unknown): unknown {
  const feature = value as { type?: string; properties?: object; geometry?: { type: string } } | null;
  if (feature?.type !== 'Feature' || !feature.properties) return value;
  const key = feature.geometry?.type === 'Point' ? 'centre' : 'contour';
  return { [key]: feature.geometry, ...feature.properties };
}

/** Names under which the published CSV files give each value. */
const csvNames = {
  code: ['code', 'code_insee', 'insee', 'code_commune'],
  nom: ['nom', 'nom_standard', 'nom_commune'],
  codesPostaux: ['codespostaux', 'codes_postaux', 'code_postal', 'codepostal'],
  population: ['population'],
  centre: ['centre'],
  lat: ['lat', 'latitude', 'latitude_centre'],
  lon: ['lon', 'longitude', 'longitude_centre'],
  contour: ['contour'],
} as const;

async function* readCsv(stream: NodeJS.ReadableStream): AsyncGenerator<{ line: number; value: unknown }> {
  const parser = stream.pipe(
    parse({ bom: true, columns: (names: string[]) => names.map((name) => name.trim().toLowerCase()), delimiter: [',', ';', '\t'], info: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true }),
  );
  for await (const { record, info } of parser as AsyncIterable<{ record: Record<string, string>; info: { lines: number } }>) {
    const cell = (key: keyof typeof csvNames) => csvNames[key].map((name) => record[name]?.trim()).find(Boolean);
    const coordinates = [Number(cell('lon') ?? NaN), Number(cell('lat') ?? NaN)];
    yield {
      line: info.lines,
      value: {
        code: cell('code')?.padStart(5, '0') ?? '',
        nom: cell('nom') ?? '',
        codesPostaux: (cell('codesPostaux') ?? '').split(/[^\d]+/).filter(Boolean).map((code) => code.padStart(5, '0')),
        population: cell('population') ? Math.round(Number(cell('population'))) : null,
        centre: cell('centre') ? safely(() => JSON.parse(cell('centre')!)) : { coordinates },
        contour: cell('contour') ? safely(() => JSON.parse(cell('contour')!)) : null,
      },
    };
  }
}

function safely(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return null;
  }
}
