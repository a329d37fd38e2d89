/** Identifier and code systems of the SAS implementation guide (interop-sas 1.2 and 5). */
export const IDNPS_SYSTEM = 'urn:oid:1.2.250.1.71.4.2.1';
export const IDNST_SYSTEM = 'urn:oid:1.2.250.1.71.4.2.2';
/** Technical id that the platform gives to a regulator's account. */
export const ACCOUNT_SYSTEM = 'urn:oid:1.2.250.1.213.3.6';

/** Two generations of the same French code system are in use; both are read, the first is written. */
export const IDENTIFIER_TYPE_SYSTEMS = [
  'http://interopsante.org/fhir/CodeSystem/fr-v2-0203',
  'https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0203',
] as const;

export const OPERATOR_EXTENSION = 'http://interopsante.org/fhir/StructureDefinition/FrAppointmentOperator';
export const APPOINTMENT_PROFILE = 'http://sas.fr/fhir/StructureDefinition/FrAppointmentSAS';
export const REGULATOR_PROFILE = 'https://interop.esante.gouv.fr/ig/fhir/sas/StructureDefinition/FrPractitionerRegul';
export const SOS_APPOINTMENT_PROFILE = 'https://interop.esante.gouv.fr/ig/fhir/sas/StructureDefinition/sas-sos-appointment';
export const PARTICIPATION_TYPE_SYSTEM = 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType';

/** Media type of what we answer; the guide also prints `application/json+fhir`, which we accept. */
export const FHIR_JSON = 'application/fhir+json';
