import type { AccountIdentifier, VendorAccount } from '../../../platform/availability/domain/vendor-account.ts';
import { ACCOUNT_SYSTEM, IDENTIFIER_TYPE_SYSTEMS, IDNPS_SYSTEM, REGULATOR_PROFILE } from '../systems.ts';

const systemOf = ({ kind }: AccountIdentifier): string => (kind === 'national' ? IDNPS_SYSTEM : ACCOUNT_SYSTEM);

/** `system|value`, as a conditional update names the account it is about. */
export const tokenOf = (identifier: AccountIdentifier): string => `${systemOf(identifier)}|${identifier.value}`;

/** The account as a `FrPractitionerRegul` (interop-sas 4.8). */
export function regulatorResource({ identifier, active, lastName, firstName, email }: VendorAccount) {
  const code = identifier.kind === 'national' ? 'IDNPS' : 'INTRN';
  return {
    resourceType: 'Practitioner' as const,
    meta: { source: ACCOUNT_SYSTEM, profile: [REGULATOR_PROFILE] },
    identifier: [{ type: { coding: [{ system: IDENTIFIER_TYPE_SYSTEMS[0], code }] }, system: systemOf(identifier), value: identifier.value }],
    active,
    name: [{ family: lastName, given: [firstName] }],
    telecom: [{ system: 'email', value: email }],
  };
}
