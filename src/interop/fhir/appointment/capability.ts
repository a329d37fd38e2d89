import { APPOINTMENT_PROFILE, SOS_APPOINTMENT_PROFILE } from '../systems.ts';

/** What this server offers to vendors: appointments, created and updated under condition (interop-sas 4.10). */
export const capabilityStatement = (url: string) => ({
  resourceType: 'CapabilityStatement' as const,
  status: 'active' as const,
  /** Day of the last change of this statement. */
  date: '2026-01-15',
  kind: 'instance' as const,
  description: 'Service d’accès aux soins : rendez-vous pris par les régulateurs chez les éditeurs (INT_R03).',
  implementation: { description: 'Plateforme SAS', url },
  fhirVersion: '4.0.1' as const,
  format: ['application/fhir+json', 'application/json'],
  rest: [
    {
      mode: 'server' as const,
      security: { cors: false, description: 'Certificat client (mTLS) ou jeton porteur du rôle « editor ».' },
      resource: [
        {
          type: 'Appointment',
          supportedProfile: [APPOINTMENT_PROFILE, SOS_APPOINTMENT_PROFILE],
          interaction: [{ code: 'create' }, { code: 'update' }],
          versioning: 'no-version',
          updateCreate: true,
          conditionalUpdate: true,
          searchParam: [{ name: 'identifier', type: 'token' }],
        },
      ],
    },
  ],
});
