/** A FHIR answer read loosely: tests look at whatever path they want. */
export type Json = any;

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly location: string | null;
  readonly body: Json;
  readonly ms: number;
}

/** One call to a FHIR server, the address sent exactly as written. */
export async function call(url: string, init: RequestInit = {}): Promise<Answer> {
  const start = performance.now();
  const response = await fetch(url, init);
  const text = await response.text();
  const type = response.headers.get('content-type') ?? '';
  return { status: response.status, type, location: response.headers.get('location'), body: type.includes('json') ? JSON.parse(text) : text, ms: performance.now() - start };
}

/** Resources of one kind in a searchset. */
export const resources = (bundle: Json, resourceType: string): Json[] =>
  (bundle.entry ?? []).map((entry: Json) => entry.resource).filter((resource: Json) => resource.resourceType === resourceType);

/** INT_R01 as the platform writes it, encoded. */
export const practitionerSearch = (ids: readonly string[], from: string, to: string, cpts = false): string =>
  [
    '_include=Slot%3Aschedule', '_include%3Aiterate=Schedule%3Aactor',
    ...(cpts ? ['_include=Slot%3Aservice-type-reference', '_include%3Aiterate=HealthcareService%3Aorganization'] : []),
    `start=ge${encodeURIComponent(from)}`, `start=le${encodeURIComponent(to)}`,
    `schedule.actor%3APractitioner.identifier=${ids.map((id) => encodeURIComponent(`urn:oid:1.2.250.1.71.4.2.1|${id}`)).join(',')}`,
    'status=free',
  ].join('&');

/** The SOS Médecins search. */
export const associationSearch = (sirets: readonly string[], from: string, to: string): string =>
  [
    '_revinclude=Slot%3Aschedule', '_include=Schedule%3Aactor%3ALocation', '_include%3Aiterate=Location%3Aorganization',
    `_has%3ASlot%3Aschedule%3Astart=ge${encodeURIComponent(from)}`, `_has%3ASlot%3Aschedule%3Astart=le${encodeURIComponent(to)}`,
    '_has%3ASlot%3Aschedule%3Astatus=free',
    `actor%3ALocation.organization.identifier=${sirets.map((siret) => encodeURIComponent(`urn:oid:1.2.250.1.71.4.2.2|${siret}`)).join(',')}`,
  ].join('&');
