import type { ReceivedAppointment } from '../../../platform/orientation/domain/appointment.ts';
import { readProfessionalId } from '../identifiers.ts';
import { ACCOUNT_SYSTEM, IDENTIFIER_TYPE_SYSTEMS, IDNPS_SYSTEM, OPERATOR_EXTENSION } from '../systems.ts';
import { FhirRefusal, type Issue } from './outcome.ts';
import { type AppointmentShape, appointmentSchema, issuesOf, operatorSchema, type Participant, toInstant } from './shape.ts';

const STATUSES = ['pending', 'booked', 'fulfilled', 'noshow', 'cancelled'] as const;

/** A technical id and nothing that could be somebody's name or a sentence. */
const TECHNICAL_ID = /^[A-Za-z0-9._:/|=~-]{1,128}$/;
const SYSTEM = /^(urn:oid:[\d.]{3,100}|urn:uuid:[\da-f-]{36}|https?:\/\/[\w.:/~-]{1,150})$/i;

interface Coding {
  readonly system?: string | undefined;
  readonly code?: string | undefined;
}

/**
 * An INT_R03 Appointment in the platform's words. Elements and participants about a patient are never read.
 * @throws FhirRefusal 400 when the shape is wrong, 422 when a rule of the flow is broken; all reasons at once
 */
export function readAppointment(body: unknown): ReceivedAppointment {
  const parsed = appointmentSchema.safeParse(body);
  if (!parsed.success) throw new FhirRefusal(400, issuesOf(parsed.error));
  const appointment = parsed.data;
  const rules: Issue[] = [];
  const broken = (expression: string, text: string) => void rules.push({ code: 'business-rule', text, expression: `Appointment.${expression}` });

  const operator = readOperator(appointment, broken);
  const practitionerId = readPractitioner(appointment.participant, broken);
  const [identifier] = appointment.identifier;
  const start = toInstant(appointment.start)!;
  const end = toInstant(appointment.end)!;
  const status = STATUSES.find((code) => code === appointment.status);
  if (!SYSTEM.test(identifier!.system)) broken('identifier[0].system', "system : URI de l'éditeur attendue (urn:oid:… ou https://…)");
  if (!TECHNICAL_ID.test(identifier!.value)) broken('identifier[0].value', 'value : identifiant technique attendu, sans espace ni accent, 128 caractères au plus');
  if (!status) broken('status', `status : un de ${STATUSES.join(', ')} attendu`);
  if (Temporal.Instant.compare(end, start) <= 0) broken('end', 'end : la fin doit suivre le début');
  if (rules.length > 0 || !status || !operator) throw new FhirRefusal(422, rules);

  return {
    key: `${identifier!.system}|${identifier!.value}`,
    status,
    start,
    end,
    created: appointment.created ? toInstant(appointment.created) : null,
    operator,
    practitionerId,
  };
}

type Broken = (expression: string, text: string) => void;

const operatorSystems: Record<string, { readonly system: string; readonly kind: 'national' | 'technical' }> = {
  IDNPS: { system: IDNPS_SYSTEM, kind: 'national' },
  INTRN: { system: ACCOUNT_SYSTEM, kind: 'technical' },
};

const frenchCode = (coding: readonly Coding[] | undefined): string | undefined =>
  coding?.find(({ system }) => IDENTIFIER_TYPE_SYSTEMS.includes(system as (typeof IDENTIFIER_TYPE_SYSTEMS)[number]))?.code;

function readOperator(appointment: AppointmentShape, broken: Broken): ReceivedAppointment['operator'] | null {
  const operators = appointment.extension.flatMap((extension, index) => (extension.url === OPERATOR_EXTENSION ? [{ extension, index }] : []));
  const first = operators[0];
  if (!first || operators.length > 1) {
    throw new FhirRefusal(400, [{ code: first ? 'structure' : 'required', text: `extension FrAppointmentOperator : exactement une attendue (le régulateur qui a réservé)`, expression: 'Appointment.extension' }]);
  }
  const path = `extension[${first.index}].valueReference`;
  const parsed = operatorSchema.safeParse(first.extension.valueReference);
  if (!parsed.success) throw new FhirRefusal(400, issuesOf(parsed.error, `Appointment.${path}`));
  const { type, system, value } = parsed.data.identifier;
  const code = frenchCode(type.coding);
  const expected = code === undefined ? undefined : operatorSystems[code];
  if (!expected) {
    broken(`${path}.identifier.type`, `type : code IDNPS ou INTRN du système ${IDENTIFIER_TYPE_SYSTEMS[0]} attendu`);
    return null;
  }
  if (system !== expected.system) broken(`${path}.identifier.system`, `system : ${expected.system} attendu avec le code ${code}`);
  if (!TECHNICAL_ID.test(value)) broken(`${path}.identifier.value`, "value : identifiant du régulateur attendu, tel que la plateforme l'a donné");
  return { kind: expected.kind, value };
}

/** Prefixed id of the professional; null when the participant says that the doctor is not known yet (SOS Médecins). */
function readPractitioner(participants: readonly Participant[], broken: Broken): string | null {
  const ids = new Set<string>();
  let unknownDoctor = false;
  let refused = false;
  participants.forEach((participant, index) => {
    const path = `participant[${index}]`;
    const refuse = (element: string, text: string) => {
      refused = true;
      broken(`${path}.${element}`, text);
    };
    const role = roleOf(participant);
    if (role === 'ignored') return;
    if (participant.status !== 'accepted' && participant.status !== 'needs-action') {
      refuse('status', 'participant.status : accepted ou needs-action attendu');
    }
    if (role === 'unknown-doctor') {
      unknownDoctor = true;
      return;
    }
    const identifier = participant.actor!.identifier!;
    const id = readProfessionalId(identifier.value ?? '');
    if (identifier.system !== IDNPS_SYSTEM) refuse('actor.identifier.system', `system : ${IDNPS_SYSTEM} attendu`);
    if (frenchCode(identifier.type?.coding) !== 'IDNPS') refuse('actor.identifier.type', `type : code IDNPS du système ${IDENTIFIER_TYPE_SYSTEMS[0]} attendu`);
    if (!id) refuse('actor.identifier.value', 'value : 8 + RPPS ou 0 + ADELI attendu');
    else ids.add(id.id);
  });
  if (ids.size > 1) broken('participant', 'participant : un seul professionnel attendu');
  if (ids.size === 0 && !unknownDoctor && !refused) {
    broken('participant', 'participant : le professionnel (IDNPS), ou le type ADM quand il n’est pas encore connu, est attendu');
  }
  return [...ids][0] ?? null;
}

/** Which participants are ours to read: a professional's identifier, or the mark of an unknown doctor. The rest is passed over. */
function roleOf({ actor, type }: Participant): 'professional' | 'unknown-doctor' | 'ignored' {
  if (isPersonal(actor)) return 'ignored';
  const { identifier } = actor ?? {};
  const codes = identifier?.type?.coding?.map(({ code }) => code) ?? [];
  if (identifier && (identifier.system === IDNPS_SYSTEM || codes.includes('IDNPS'))) return 'professional';
  const administrative = type?.some((concept) => concept.coding?.some(({ code }) => code === 'ADM')) ?? false;
  return administrative && !actor ? 'unknown-doctor' : 'ignored';
}

const PERSONAL = /(^|\/)(Patient|RelatedPerson|Person)(\/|$)/;

const isPersonal = (actor: Participant['actor']): boolean => PERSONAL.test(actor?.type ?? '') || PERSONAL.test(actor?.reference ?? '');
