/** A FHIR resource as it goes on the wire. */
export interface Resource {
  readonly resourceType: string;
  id?: string;
  [element: string]: unknown;
}

export interface Entry {
  fullUrl: string;
  search: { mode: 'match' | 'include' };
  resource: Resource;
}

export interface Bundle extends Resource {
  total: number;
  entry?: Entry[];
}

const sas = 'https://interop.esante.gouv.fr/ig/fhir/sas/StructureDefinition';

/** Two bases live side by side on purpose in the national guide: never derive these addresses. */
export const profiles = {
  bundle: 'http://sas.fr/fhir/StructureDefinition/BundleAgregateur',
  slot: 'http://sas.fr/fhir/StructureDefinition/FrSlotAgregateur',
  schedule: 'http://sas.fr/fhir/StructureDefinition/FrScheduleAgregateur',
  practitioner: 'http://sas.fr/fhir/StructureDefinition/FrPractitionerAgregateur',
  practitionerRole: 'http://sas.fr/fhir/StructureDefinition/FrPractitionerRoleExerciceAgregateur',
  location: 'http://sas.fr/fhir/StructureDefinition/FrLocationAgregateur',
  appointment: 'http://sas.fr/fhir/StructureDefinition/FrAppointmentSAS',
  cptsBundle: `${sas}/sas-cpts-bundle-aggregator`,
  cptsSlot: `${sas}/sas-cpts-slot-aggregator`,
  cptsHealthcareService: `${sas}/sas-cpts-healthcareservice-aggregator`,
  cptsOrganization: `${sas}/sas-cpts-organization-aggregator`,
  sosBundle: `${sas}/sas-sos-bundle-aggregator`,
  sosSlot: `${sas}/sas-sos-slot-aggregator`,
  sosSchedule: `${sas}/sas-sos-schedule-aggregator`,
  sosLocation: `${sas}/sas-sos-location-aggregator`,
  sosOrganization: `${sas}/sas-sos-organization-aggregator`,
  sosAppointment: `${sas}/sas-sos-appointment`,
  regulator: `${sas}/FrPractitionerRegul`,
} as const;

export const systems = {
  person: 'urn:oid:1.2.250.1.71.4.2.1',
  structure: 'urn:oid:1.2.250.1.71.4.2.2',
  platformAccount: 'urn:oid:1.2.250.1.213.3.6',
  identifierType: 'http://interopsante.org/fhir/CodeSystem/fr-v2-0203',
  locationIdentifierType: 'http://interopsante.org/fhir/CodeSystem/fr-location-identifier-type',
  frCoreIdentifierType: 'https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0203',
  slotType: 'https://mos.esante.gouv.fr/NOS/TRE_R314-TypeCreneau/FHIR/TRE-R314-TypeCreneau',
  structureCategory: 'https://mos.esante.gouv.fr/NOS/TRE_R66-CategorieEtablissement/FHIR/TRE-R66-CategorieEtablissement',
  specialty: 'https://mos.esante.gouv.fr/NOS/TRE_R38-SpecialiteOrdinale/FHIR/TRE-R38-SpecialiteOrdinale',
  actCode: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
  appointmentType: 'http://terminology.hl7.org/CodeSystem/v2-0276',
  participationType: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType',
} as const;

export const serviceTypeExtension = 'http://hl7.org/fhir/5.0/StructureDefinition/extension-Slot.serviceType';
export const operatorExtension = 'http://interopsante.org/fhir/StructureDefinition/FrAppointmentOperator';

export const coded = (system: string, code: string) => ({ coding: [{ system, code }] });
export const identifier = (typeSystem: string, type: 'IDNPS' | 'IDNST' | 'INTRN', system: string, value: string) => ({
  type: coded(typeSystem, type), system, value,
});
/** `{ telecom: […] }`, or nothing at all: an unknown element is absent, never empty. */
export const telecom = (phone: string | null) => (phone ? { telecom: [{ system: 'phone', value: phone }] } : {});

/** A refusal, answered as an OperationOutcome: 400 for a malformed request, 422 for one that a rule refuses. */
export class FhirError extends Error {
  readonly status: number;
  readonly code: string;
  readonly expression: string | null;

  constructor(status: number, code: string, message: string, expression: string | null = null) {
    super(message);
    this.status = status;
    this.code = code;
    this.expression = expression;
  }
}

export const operationOutcome = (code: string, diagnostics: string, expression: string | null): Resource => ({
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'error', code, diagnostics, ...(expression && { expression: [expression] }) }],
});
