import { invalid } from '../../foundation/errors.ts';
import type { ActivityRecord, ExtractLine, LineProblem, ReadExtract } from '../../platform/directory/server/index.ts';
import { type Column, columnNames, type Layout, layoutOf } from './columns.ts';

const NATIONAL_ID = /^(8\d{11}|0[0-9A-Z]{9})$/;
const FINESS = /^[0-9AB]{2}\d{7}$/;
const SIRET = /^\d{14}$/;
/** Former id of the structure, already prefixed: 4 + RPPS rang or 0 + ADELI rang (interop-sas 1.2). */
const PRACTICE_ID = /^(4\d{12,14}|0[0-9A-Z]{9,13})$/;
const FRANCE = '99100';

/** Reads the extract `PS_LibreAcces_Personne_activite`: UTF-8, one header line, fields separated by `|`, no quotes. */
export const readActivityExtract: ReadExtract = async function* (chunks, afterLine) {
  let layout: Layout | null = null;
  let width = 0;
  let line = 0;
  let rest = '';
  const read = (text: string): ExtractLine | null => {
    line += 1;
    if (!layout) {
      layout = layoutOf(text.replace(/^\uFEFF/, ''));
      width = text.split('|').length;
      return null;
    }
    return line <= afterLine || text === '' ? null : readLine(text, line, layout, width);
  };
  for await (const chunk of chunks) {
    const texts = (rest + chunk).split('\n');
    rest = texts.pop()!;
    const lines = texts.map((text) => read(text.endsWith('\r') ? text.slice(0, -1) : text)).filter((entry) => entry !== null);
    if (lines.length > 0) yield lines;
  }
  const last = rest === '' ? null : read(rest.trimEnd());
  if (last) yield [last];
  if (!layout) throw invalid('extract-empty', "Ce fichier est vide. Rien n'a été importé.");
};

function readLine(text: string, line: number, layout: Layout, width: number): ExtractLine {
  const fields = text.split('|');
  // The published lines end with a separator, that some tools drop.
  if (Math.abs(fields.length - width) > 1) {
    const nationalId = fields[layout.nationalId]?.trim() ?? '';
    return { line, problem: {
      field: null, reason: `${width} colonnes attendues, ${fields.length} trouvées`, nationalId: NATIONAL_ID.test(nationalId) ? nationalId : null,
    } };
  }
  const get = (column: Column) => (layout[column] < 0 ? '' : (fields[layout[column]] ?? '').trim());
  const problem = problemOf(get);
  if (problem) return { line, problem };
  const record = toRecord(get);
  return record ? { line, record } : { line };
}

function problemOf(get: (column: Column) => string): LineProblem | null {
  const nationalId = get('nationalId');
  if (!NATIONAL_ID.test(nationalId)) {
    return { field: columnNames.nationalId[0], reason: `« ${nationalId.slice(0, 20)} » : 8 suivi du RPPS (11 chiffres) ou 0 suivi de l'ADELI (9 caractères) attendu`, nationalId: null };
  }
  for (const column of ['lastName', 'professionCode', 'profession'] as const) {
    if (get(column) === '') return { field: columnNames[column][0], reason: 'valeur absente', nationalId };
  }
  return null;
}

/** The activity, or null when the line names no place of practice in France. */
function toRecord(get: (column: Column) => string): ActivityRecord | null {
  const country = get('country');
  if (country !== '' && country !== FRANCE) return null;
  const finess = FINESS.test(get('finess')) ? get('finess') : null;
  const siret = SIRET.test(get('siret')) ? get('siret') : null;
  const formerId = get('formerId');
  const placeId = finess ? `1${finess}` : siret ? `3${siret}` : PRACTICE_ID.test(formerId) ? formerId : null;

  const cedex = /^(\d{5}) (.+)$/.exec(get('cedex'));
  const insee = get('insee') || null;
  const postcode = /^\d{5}$/.test(get('postcode')) ? get('postcode') : (cedex?.[1] ?? '');
  if (!placeId && !insee && postcode === '') return null;
  const address = [get('streetNumber'), get('streetRepeat'), get('streetType'), get('street')].filter(Boolean).join(' ');
  const specialty = get('specialty');
  return {
    nationalId: get('nationalId'),
    civility: get('civility') || null,
    lastName: get('lastName'),
    firstName: get('firstName'),
    professionCode: get('professionCode'),
    profession: get('profession'),
    specialty: specialty || null,
    specialtyLabel: specialty ? get('specialtyLabel') || specialty : null,
    mode: get('mode') || null,
    placeId,
    placeName: get('tradeName') || get('corporateName') || `Cabinet ${get('lastName')}`,
    address,
    postcode,
    city: get('city') || (cedex?.[2] ?? '').replace(/ CEDEX.*$/i, ''),
    insee,
    phone: get('phone') || get('phone2') || null,
    email: get('email') || null,
    finess,
    siret,
  };
}
