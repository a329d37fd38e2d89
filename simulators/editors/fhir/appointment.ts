import type { Appointment } from '../appointments.ts';
import { appointmentDate } from '../dates.ts';
import { coded, identifier, operatorExtension, profiles, type Resource, systems } from './resources.ts';

/** INT_R03: the appointment as the platform receives it. */
export function appointmentResource(appointment: Appointment, identifierSystem: string): Resource {
  const { doctor, operator } = appointment;
  const booker = operator.kind === 'national'
    ? identifier(systems.identifierType, 'IDNPS', systems.person, operator.value)
    : identifier(systems.identifierType, 'INTRN', systems.platformAccount, operator.value);
  return {
    resourceType: 'Appointment',
    meta: { profile: [appointment.flow === 'ps' ? profiles.appointment : profiles.sosAppointment] },
    extension: [{ url: operatorExtension, valueReference: { identifier: booker } }],
    identifier: [{ system: identifierSystem, value: appointment.id }],
    status: appointment.status,
    start: appointmentDate(appointment.start),
    end: appointmentDate(appointment.end),
    created: appointmentDate(appointment.created),
    participant: [
      doctor
        ? { actor: { identifier: identifier(systems.identifierType, 'IDNPS', systems.person, doctor.nationalId) }, status: 'accepted' }
        : { type: [coded(systems.participationType, 'ADM')], status: 'needs-action' },
    ],
  };
}
