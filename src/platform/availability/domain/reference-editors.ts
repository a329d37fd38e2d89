import type { Editor } from '../contract.ts';

/** Address of an editor whose real one is not known yet; the top-level domain can never exist (RFC 2606). */
export const UNKNOWN_BASE_URL = 'https://a-renseigner.invalid/fhir';

const names = ['Clickdoc', 'Doctolib', 'KelDoc', 'Maiia', 'Maincare', 'Medunion urgences', 'Monmedecin.org'];

/** The editors listed at start (AGR-12), to be completed and activated once their address is known. */
export const referenceEditors: readonly Editor[] = names.map((name) => ({
  name, baseUrl: UNKNOWN_BASE_URL, flows: ['ps'], origin: 'sas', certPath: null, keyPath: null, caPath: null,
  concurrency: 4, active: false, stage: 'CADRAGE',
}));
