import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { type CommunePosition, cityInsee, normaliseName } from '../../../territory/server/index.ts';
import type { ActivityRecord } from '../domain/extract.ts';
import { normalisePhone } from './phone.ts';

/** The columns of `directory.import_line`, in the order that `toLine` writes them. */
export const stagedColumns =
  'line, activity_id, national_id, civility, last_name, first_name, search_name, profession_code, profession, specialty, ' +
  'specialty_label, mode, place_id, place_name, address, postcode, city, insee, lat, lon, phone, email, finess, siret';

/** Finds the commune of an address, by its code or else by postcode and name. */
export class CommuneFinder {
  readonly #byInsee: ReadonlyMap<string, CommunePosition>;
  readonly #byPostcode = new Map<string, CommunePosition[]>();

  constructor(positions: ReadonlyMap<string, CommunePosition>) {
    this.#byInsee = positions;
    for (const position of positions.values()) {
      for (const postcode of position.postcodes) {
        const list = this.#byPostcode.get(postcode);
        if (list) list.push(position);
        else this.#byPostcode.set(postcode, [position]);
      }
    }
  }

  find(insee: string | null, postcode: string, city: string): CommunePosition | undefined {
    const byCode = insee ? this.#byInsee.get(cityInsee(insee)) : undefined;
    if (byCode) return byCode;
    const candidates = this.#byPostcode.get(postcode) ?? [];
    if (candidates.length <= 1) return candidates[0];
    const name = normaliseName(city);
    return candidates.find(({ searchName }) => searchName === name);
  }
}

const ESCAPED = /[\\\t\n\r]/g;
const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const copyText = (value: string | number | null | undefined): string =>
  value == null ? '\\N' : typeof value === 'number' ? String(value) : value.replace(ESCAPED, (character) => escapes[character]!);

/** One line of COPY for a record. */
export function toLine(line: number, record: ActivityRecord, communes: CommuneFinder): string {
  const commune = communes.find(record.insee, record.postcode, record.city);
  const insee = commune?.insee ?? (record.insee ? cityInsee(record.insee) : '');
  const specialty = record.specialty ?? `PRO:${record.professionCode}`;
  const placeId = record.placeId ?? addressKey(record, insee);
  const values = [
    line, `${record.nationalId}@${placeId}#${specialty}/${record.mode ?? ''}`, record.nationalId, record.civility, record.lastName,
    record.firstName, normaliseName(`${record.lastName} ${record.firstName}`), record.professionCode, record.profession, specialty,
    record.specialtyLabel ?? record.profession, record.mode, placeId, record.placeName, record.address, record.postcode,
    record.city || (commune?.name ?? ''), insee, commune?.lat, commune?.lon, record.phone && normalisePhone(record.phone),
    record.email, record.finess, record.siret,
  ];
  return `${values.map(copyText).join('\t')}\n`;
}

/** A place without national id is known by its address: the same words give the same place. */
function addressKey({ address, postcode, placeName }: ActivityRecord, insee: string): string {
  const words = [normaliseName(address) || normaliseName(placeName), postcode, insee].join('|');
  return `adr:${createHash('sha256').update(words).digest('base64url').slice(0, 22)}`;
}

/** Sends prepared lines to the staging table. */
export async function copyLines(client: pg.Client, table: string, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return;
  await pipeline(Readable.from(inChunks(lines)), client.query(copyFrom(`copy ${table} (${stagedColumns}) from stdin`)));
}

const LINES_PER_CHUNK = 500;

function* inChunks(lines: readonly string[]): Generator<Buffer> {
  for (let i = 0; i < lines.length; i += LINES_PER_CHUNK) yield Buffer.from(lines.slice(i, i + LINES_PER_CHUNK).join(''));
}
