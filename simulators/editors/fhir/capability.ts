import type { Flow } from '../behaviours.ts';
import type { Resource } from './resources.ts';

/** What this vendor's server does, flow by flow. */
export function capabilityStatement(name: string, base: string, flows: readonly Flow[]): Resource {
  const slots = flows.includes('ps') && {
    type: 'Slot',
    interaction: [{ code: 'search-type' }],
    searchInclude: ['Slot:schedule', ...(flows.includes('cpts') ? ['Slot:service-type-reference', 'HealthcareService:organization'] : [])],
    searchParam: [{ name: 'start', type: 'date' }, { name: 'status', type: 'token' }],
  };
  const schedules = flows.includes('sos') && {
    type: 'Schedule',
    interaction: [{ code: 'search-type' }],
    searchInclude: ['Schedule:actor:Location', 'Location:organization'],
    searchRevInclude: ['Slot:schedule'],
  };
  const accounts = {
    type: 'Practitioner',
    interaction: [{ code: 'read' }, { code: 'create' }, { code: 'update' }],
    updateCreate: true,
    conditionalUpdate: true,
    searchParam: [{ name: 'identifier', type: 'token' }],
  };
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: '2024-10-01',
    kind: 'instance',
    fhirVersion: '4.0.1',
    format: ['application/fhir+json'],
    software: { name },
    implementation: { description: `${name} : éditeur fictif, démonstration`, url: base },
    rest: [{ mode: 'server', resource: [slots, schedules, accounts].filter(Boolean) }],
  };
}
