import { z } from 'zod';
import type { AppointmentFacts } from '../../platform/orientation/server/orientations-record.ts';
import { buildMessage, formatHubDate, type Sending } from './build.ts';
import type { HubMessage, WireAppointment } from './structure.ts';

const SPECIALTY_URL = 'https://mos.esante.gouv.fr/NOS/TRE_R38-SpecialiteOrdinale/FHIR/TRE-R38-SpecialiteOrdinale';
const PROFESSION_URL = 'https://mos.esante.gouv.fr/NOS/TRE_G15-ProfessionSante/FHIR/TRE-G15-ProfessionSante';
const RPPS = /^81\d{10}$/;
/** 1 + FINESS or 3 + SIRET. */
const STRUCTURE_ID = /^(?:1\d[\dAB]\d{7}|3\d{14})$/;
const SPECIALTY_CODE = /^S[A-Z]{1,2}\d{2,3}$/;
/** The address is required on the wire, and somebody who signs in with a card may have none here. */
const NO_EMAIL = 'non renseigné';

/** Facts of the outbox, read back from its JSON. */
export const appointmentFactsSchema = z.object({
  appointmentId: z.string(), method: z.enum(['create', 'update']), status: z.enum(['pending', 'booked', 'fulfilled', 'noshow', 'cancelled']),
  created: z.string(), start: z.string().nullable(), end: z.string().nullable(), category: z.enum(['PS', 'CPTS', 'MSP', 'CDS', 'SOS', 'PDM']),
  practitionerId: z.string().nullable(), structureId: z.string().nullable(), specialty: z.string().nullable(), regulator: z.string(),
  lrmReference: z.string().nullable(),
}) satisfies z.ZodType<AppointmentFacts>;

/** The people and the structure that the facts name by their ids, read when the message leaves. */
export interface AppointmentParties {
  /** `nationalId` is the IDNPS, with its prefix; null when he has none. */
  readonly regulator: { readonly lastName: string; readonly firstName: string; readonly email: string | null; readonly nationalId: string | null };
  readonly practitioner: {
    readonly nationalId: string; readonly lastName: string; readonly firstName: string; readonly professionCode: string | null; readonly specialty: string | null;
  } | null;
  readonly structure: { readonly id: string; readonly name: string } | null;
}

/**
 * The message INT_L02 of an appointment. It is of kind Report even when it updates: the content's method tells which.
 * @throws Error when the appointment has no start, or the hub would refuse the message.
 */
export function buildAppointmentMessage(sending: Sending, facts: AppointmentFacts, parties: AppointmentParties): HubMessage {
  if (facts.start === null) throw new Error("Ce rendez-vous n'a pas d'heure de début : le logiciel de régulation ne peut pas le recevoir.");
  const date = (text: string) => formatHubDate(Temporal.Instant.from(text), sending.zone);
  const appointment: WireAppointment = {
    appointmentId: facts.appointmentId,
    method: facts.method === 'create' ? 'CreateAppointment' : 'UpdateAppointment',
    created: date(facts.created),
    start: date(facts.start),
    end: facts.end === null ? undefined : date(facts.end),
    status: facts.status,
    orientationCategory: facts.category,
    practitioner: practitionerOf(facts, parties.practitioner),
    organization: organizationOf(parties.structure),
    regulator: {
      regulatorId: parties.regulator.nationalId ?? undefined,
      regulatorName: parties.regulator.lastName,
      regulatorFirstname: parties.regulator.firstName,
      regulatorEmail: parties.regulator.email ?? NO_EMAIL,
    },
  };
  return buildMessage(sending, 'Report', { appointment });
}

/** A professional known by an ADELI number alone cannot be told: only RPPS fits. */
function practitionerOf(facts: AppointmentFacts, practitioner: AppointmentParties['practitioner']): WireAppointment['practitioner'] {
  if (!practitioner || !RPPS.test(practitioner.nationalId)) return undefined;
  const specialty = [practitioner.specialty, facts.specialty].find((code) => code !== null && SPECIALTY_CODE.test(code));
  return {
    rppsId: practitioner.nationalId, lastName: practitioner.lastName, firstName: practitioner.firstName,
    ...(specialty ? { specialityCode: specialty, specialityUrl: SPECIALTY_URL } : {}),
    ...(practitioner.professionCode ? { professionCode: practitioner.professionCode, professionUrl: PROFESSION_URL } : {}),
  };
}

const organizationOf = (structure: AppointmentParties['structure']): WireAppointment['organization'] =>
  structure && STRUCTURE_ID.test(structure.id) ? { organizationId: structure.id, name: structure.name } : undefined;
