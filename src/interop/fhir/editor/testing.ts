import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Editor } from '../../../platform/availability/contract.ts';
import type { Asked } from './slots.ts';

/** Answers of a fictional vendor, and the official ones, for the tests of the reading. */
export const NOW = Temporal.Instant.from('2026-01-15T08:00:00Z');
export const DOCTOR = '810000000017';
export const OTHER_DOCTOR = '810000000025';
export const ASSOCIATION = '334173748400020';

export const asked = (change: Partial<Asked> = {}): Asked => ({
  flow: 'ps',
  ids: [DOCTOR, OTHER_DOCTOR],
  now: NOW,
  from: NOW,
  to: Temporal.Instant.from('2026-01-17T22:59:59Z'),
  ...change,
});

export const editor = (baseUrl: string, change: Partial<Editor> = {}): Editor => ({
  name: 'Éditeur fictif', baseUrl, flows: ['ps'], origin: 'sas', certPath: null, keyPath: null, caPath: null,
  concurrency: 4, active: true, stage: 'EXPLOITATION', ...change,
});

const INTEROP = 'https://interop.esante.gouv.fr/ig/fhir/sas/StructureDefinition';
const profiles: Record<string, string> = {
  Bundle: 'http://sas.fr/fhir/StructureDefinition/BundleAgregateur',
  Slot: 'http://sas.fr/fhir/StructureDefinition/FrSlotAgregateur',
  Schedule: 'http://sas.fr/fhir/StructureDefinition/FrScheduleAgregateur',
  Practitioner: 'http://sas.fr/fhir/StructureDefinition/FrPractitionerAgregateur',
  PractitionerRole: 'http://sas.fr/fhir/StructureDefinition/FrPractitionerRoleExerciceAgregateur',
  Location: 'http://sas.fr/fhir/StructureDefinition/FrLocationAgregateur',
  HealthcareService: `${INTEROP}/sas-cpts-healthcareservice-aggregator`,
  Organization: `${INTEROP}/sas-cpts-organization-aggregator`,
};
type Json = Record<string, any>;

const resource = (resourceType: string, id: string, content: Json): Json => ({ resourceType, id, meta: { profile: [profiles[resourceType]] }, ...content });
const typed = (system: string, code: string) => ({ coding: [{ system, code }] });
const V2 = 'http://interopsante.org/fhir/CodeSystem/fr-v2-0203';
const ACT = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';

export const slot = (id: string, content: Json = {}): Json => {
  const { meta, ...rest } = content;
  return resource('Slot', id, {
    meta: { profile: [profiles.Slot], security: [{ system: 'https://mos.esante.gouv.fr/NOS/TRE_R314-TypeCreneau/FHIR/TRE-R314-TypeCreneau', code: 'PUBLIC' }], ...meta },
    serviceType: [typed(ACT, 'AMB')],
    specialty: [typed('https://mos.esante.gouv.fr/NOS/TRE_R38-SpecialiteOrdinale/FHIR/TRE-R38-SpecialiteOrdinale', 'SM54')],
    appointmentType: typed('http://terminology.hl7.org/CodeSystem/v2-0276', 'ROUTINE'),
    schedule: { reference: 'Schedule/a1' },
    status: 'free',
    start: '2026-01-15T14:00:00.000+01:00',
    end: '2026-01-15T14:20:00.000+01:00',
    comment: 'https://edt.example/agenda?ps=1',
    ...rest,
  });
};
export const schedule = (content: Json = {}) => resource('Schedule', 'a1', { actor: [{ reference: 'Practitioner/p1' }, { reference: 'PractitionerRole/r1' }], ...content });
export const practitioner = (value: string = DOCTOR, content: Json = {}) =>
  resource('Practitioner', 'p1', { identifier: [{ type: typed(V2, 'IDNPS'), system: 'urn:oid:1.2.250.1.71.4.2.1', value }], name: [{ family: 'EXEMPLE', given: ['Ada'] }], ...content });
export const location = (content: Json = {}) =>
  resource('Location', 'l1', {
    identifier: [{ type: typed('http://interopsante.org/fhir/CodeSystem/fr-location-identifier-type', 'INTRN'), system: 'https://edt.example', value: 'lieu-1' }],
    address: { line: ['1 rue du Test'], city: 'Testville', postalCode: '86000' },
    ...content,
  });
export const role = (content: Json = {}) =>
  resource('PractitionerRole', 'r1', {
    contained: [location()],
    practitioner: { reference: 'Practitioner/p1' },
    organization: { identifier: { type: typed(V2, 'IDNST'), system: 'urn:oid:1.2.250.1.71.4.2.2', value: '1860000001' } },
    location: [{ reference: '#l1' }],
    telecom: [{ system: 'phone', value: '+33549000000' }],
    ...content,
  });
export const cpts = (n: number, value = `186000010${n}`) => [
  resource('HealthcareService', `h${n}`, { providedBy: { reference: `Organization/o${n}` } }),
  resource('Organization', `o${n}`, { identifier: [{ type: typed(V2, 'IDNST'), system: 'urn:oid:1.2.250.1.71.4.2.2', value }], name: `CPTS ${n}` }),
];
export const cptsService = (n: number) => ({
  coding: [{ system: 'https://mos.esante.gouv.fr/NOS/TRE_R66-CategorieEtablissement/FHIR/TRE-R66-CategorieEtablissement', code: '604' }],
  extension: [{ url: 'http://hl7.org/fhir/5.0/StructureDefinition/extension-Slot.serviceType', valueReference: { reference: `HealthcareService/h${n}` } }],
});

export const bundle = (resources: readonly Json[], content: Json = {}): Json => ({
  resourceType: 'Bundle',
  meta: { profile: [profiles.Bundle] },
  type: 'searchset',
  total: resources.filter(({ resourceType }) => resourceType === 'Slot').length,
  link: [{ relation: 'self', url: 'https://edt.example/fhir/Slot?status=free' }],
  entry: resources.map((item) => ({ fullUrl: `https://edt.example/fhir/${item.resourceType}/${item.id}`, search: { mode: item.resourceType === 'Slot' ? 'match' : 'include' }, resource: item })),
  ...content,
});

/** An answer with nothing wrong: these slots of one doctor at one place. */
export const soundBundle = (...slots: Json[]): Json => bundle([...slots, schedule(), practitioner(), role()]);

/** The official example bundles and what to ask to receive them. */
export const official = {
  PSIndiv: { flow: 'ps', ids: ['810002673899', '810100050075'], around: '2021-11-04T14:00:00Z', slots: 4 },
  CPTS1: { flow: 'cpts', ids: ['810002909371'], around: '2024-06-12T14:00:00Z', slots: 1 },
  CPTS2: { flow: 'cpts', ids: ['810002909371'], around: '2024-06-12T14:00:00Z', slots: 1 },
  AgregateurSOS: { flow: 'sos', ids: [ASSOCIATION, '392080466300010'], around: '2023-08-18T06:00:00Z', slots: 4 },
} as const;

/** An official bundle with all its dates moved so that it was published around NOW. */
export function officialBundle(fixtures: string, name: keyof typeof official): Json {
  const text = readFileSync(join(fixtures, 'ig-sas', `Bundle-ExampleBundle${name}.json`), 'utf8');
  const shift = NOW.since(Temporal.Instant.from(official[name].around));
  return JSON.parse(text, (key, value) => (key === 'start' || key === 'end' ? moved(value, shift) : value));
}

const moved = (text: string, shift: Temporal.Duration): string =>
  Temporal.Instant.from(text).add(shift).toString({ timeZone: '+01:00', fractionalSecondDigits: 3 });
