import { AppError, type ErrorFamily } from '../../../foundation/errors.ts';

/** FHIR issue types that we answer (a subset of the required value set). */
export type IssueCode =
  | 'structure' | 'required' | 'value' | 'business-rule' | 'duplicate' | 'conflict' | 'multiple-matches' | 'not-found'
  | 'not-supported' | 'forbidden' | 'login' | 'too-long' | 'transient' | 'exception';

export interface Issue {
  readonly code: IssueCode;
  /** A French sentence for the vendor's engineer. */
  readonly text: string;
  /** FHIRPath of the element, e.g. `Appointment.participant[0].actor`. */
  readonly expression?: string;
}

/** A refusal on its way to being an OperationOutcome. */
export class FhirRefusal extends Error {
  readonly status: number;
  readonly issues: readonly Issue[];

  constructor(status: number, issues: readonly Issue[]) {
    super(issues.map((issue) => issue.text).join(' '));
    this.name = 'FhirRefusal';
    this.status = status;
    this.issues = issues;
  }
}

export const refuse = (status: number, code: IssueCode, text: string, expression?: string) => new FhirRefusal(status, [{ code, text, expression }]);

export const operationOutcome = (issues: readonly Issue[]) => ({
  resourceType: 'OperationOutcome' as const,
  issue: issues.map(({ code, text, expression }) => ({
    severity: 'error' as const,
    code,
    details: { text },
    diagnostics: text,
    ...(expression ? { expression: [expression] } : {}),
  })),
});

const issueCodes: Record<ErrorFamily, IssueCode> = {
  'not-found': 'not-found',
  forbidden: 'forbidden',
  conflict: 'conflict',
  stale: 'conflict',
  unversioned: 'conflict',
  rule: 'business-rule',
  invalid: 'value',
  unauthenticated: 'login',
  unavailable: 'transient',
  'too-many': 'transient',
};

/** Elements of the resource for the fields that the contexts know by their own names. */
const expressions: Record<string, string> = {
  key: 'Appointment.identifier[0]',
  status: 'Appointment.status',
  start: 'Appointment.start',
  end: 'Appointment.end',
  created: 'Appointment.created',
  operator: 'Appointment.extension[0].valueReference.identifier',
  practitionerId: 'Appointment.participant[0].actor.identifier',
};

/**
 * A refusal of the application as a FHIR one. A conflict is 422 on a create (a duplicate breaks a rule), 409 on an update,
 * and 412 when the update matches several appointments (code `appointment-ambiguous`).
 */
export function fromAppError(error: AppError, method: 'create' | 'update'): FhirRefusal {
  const ambiguous = error.code === 'appointment-ambiguous';
  const duplicate = error.family === 'conflict' && method === 'create';
  const status = ambiguous ? 412 : duplicate ? 422 : error.status;
  const code = ambiguous ? 'multiple-matches' : duplicate ? 'duplicate' : issueCodes[error.family];
  const details = error.fields.map(({ path, message }) => ({ code, text: message, expression: expressions[path] ?? path }));
  return new FhirRefusal(status, [{ code, text: error.message, expression: details[0]?.expression }, ...details]);
}
