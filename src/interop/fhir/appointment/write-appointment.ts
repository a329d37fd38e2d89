import type { ReceivedAppointment } from '../../../platform/orientation/domain/appointment.ts';
import { formatInstant } from '../dates.ts';
import {
  ACCOUNT_SYSTEM, APPOINTMENT_PROFILE, IDENTIFIER_TYPE_SYSTEMS, IDNPS_SYSTEM, OPERATOR_EXTENSION, PARTICIPATION_TYPE_SYSTEM, SOS_APPOINTMENT_PROFILE,
} from '../systems.ts';

const typed = (code: string) => ({ coding: [{ system: IDENTIFIER_TYPE_SYSTEMS[0], code }] });

/** The appointment as the platform kept it: rebuilt from what was read, never an echo of what was sent. */
export function writeAppointment(appointment: ReceivedAppointment, id: string) {
  const { operator, practitionerId } = appointment;
  const separator = appointment.key.indexOf('|');
  const national = operator.kind === 'national';
  const participant = practitionerId
    ? { actor: { identifier: { type: typed('IDNPS'), system: IDNPS_SYSTEM, value: practitionerId } }, status: 'accepted' }
    : { type: [{ coding: [{ system: PARTICIPATION_TYPE_SYSTEM, code: 'ADM' }] }], status: 'needs-action' };
  return {
    resourceType: 'Appointment' as const,
    id,
    meta: { profile: [practitionerId ? APPOINTMENT_PROFILE : SOS_APPOINTMENT_PROFILE] },
    extension: [
      {
        url: OPERATOR_EXTENSION,
        valueReference: {
          identifier: { type: typed(national ? 'IDNPS' : 'INTRN'), system: national ? IDNPS_SYSTEM : ACCOUNT_SYSTEM, value: operator.value },
        },
      },
    ],
    identifier: [{ system: appointment.key.slice(0, separator), value: appointment.key.slice(separator + 1) }],
    status: appointment.status,
    start: formatInstant(appointment.start),
    end: formatInstant(appointment.end),
    ...(appointment.created ? { created: formatInstant(appointment.created) } : {}),
    participant: [participant],
  };
}
