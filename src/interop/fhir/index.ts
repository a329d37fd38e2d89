export { bookingUrl } from './booking-url.ts';
export { type FhirServerDeps, fhirRoutes } from './appointment/routes.ts';
export { type CheckDeps, type CheckStep, checkEditor } from './editor/check.ts';
export { type ClientDeps, type ClientLimits, createFhirEditorClient, type FhirEditorClient } from './editor/client.ts';
export { slotRequestUrl } from './editor/request.ts';
export { type ConformityRule, conformityRules, type RuleCode } from './editor/rules.ts';
