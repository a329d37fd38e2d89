import { parseBound } from '../dates.ts';
import type { Window } from '../slots.ts';
import { FhirError, systems } from './resources.ts';

/** The parameters of a raw query. A `+` stays a `+` (offsets of dates), names may be percent-encoded. */
export function parameters(rawQuery: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const pair of rawQuery.split('&').filter(Boolean)) {
    const at = pair.indexOf('=');
    const [name, value] = [decode(at < 0 ? pair : pair.slice(0, at)), decode(at < 0 ? '' : pair.slice(at + 1))];
    found.set(name, [...(found.get(name) ?? []), value]);
  }
  return found;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new FhirError(400, 'invalid', `Requête mal encodée : ${text}`);
  }
}

/** What a slot search asks: the window, and the ids (at most 25, of the system expected). */
export interface SlotQuery {
  readonly window: Window;
  readonly ids: readonly string[];
  readonly includes: ReadonlySet<string>;
}

/** INT_R01 and INT_R04. @throws FhirError */
export const practitionerQuery = (query: Map<string, string[]>): SlotQuery =>
  read(query, { start: 'start', status: 'status', id: 'schedule.actor:Practitioner.identifier', system: systems.person });

/** SOS Médecins. @throws FhirError */
export const associationQuery = (query: Map<string, string[]>): SlotQuery =>
  read(query, {
    start: '_has:Slot:schedule:start', status: '_has:Slot:schedule:status',
    id: 'actor:Location.organization.identifier', system: systems.structure,
  });

const MAX_IDS = 25;

function read(query: Map<string, string[]>, names: { start: string; status: string; id: string; system: string }): SlotQuery {
  const status = query.get(names.status) ?? [];
  if (status.length !== 1 || status[0] !== 'free') {
    throw new FhirError(400, 'invalid', `Le paramètre ${names.status} est attendu une fois, avec la valeur free.`);
  }
  const window = { from: bound(query, names.start, 'ge'), to: bound(query, names.start, 'le') };
  const tokens = (query.get(names.id) ?? []).flatMap((value) => value.split(',')).filter(Boolean);
  if (tokens.length === 0) throw new FhirError(400, 'required', `Le paramètre ${names.id} est attendu.`);
  if (tokens.length > MAX_IDS) {
    throw new FhirError(400, 'too-costly', `${MAX_IDS} identifiants au plus par requête, ${tokens.length} reçus.`);
  }
  const ids = tokens.map((token) => token.split('|')).filter(([system]) => system === names.system).map(([, value]) => value ?? '');
  const includes = new Set(['_include', '_include:iterate', '_revinclude'].flatMap((name) => query.get(name) ?? []));
  return { window, ids: [...new Set(ids)], includes };
}

function bound(query: Map<string, string[]>, name: string, prefix: 'ge' | 'le'): Temporal.Instant {
  const values = (query.get(name) ?? []).filter((value) => value.startsWith(prefix));
  if (values.length !== 1) throw new FhirError(400, 'required', `Le paramètre ${name}=${prefix}… est attendu une fois.`);
  const instant = parseBound(values[0]!.slice(2), prefix);
  if (!instant) throw new FhirError(400, 'invalid', `Le paramètre ${name}=${prefix}… n'est pas une date lisible.`);
  return instant;
}
