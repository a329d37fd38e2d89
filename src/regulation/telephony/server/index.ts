import type { createTelephony } from './telephony.ts';

export type { EndedCall } from './intake.ts';
export type { TelephonyDependencies } from './room.ts';
export type { TransferWish } from './actions.ts';
export type * from '../domain/port.ts';
export { createTelephony } from './telephony.ts';
export { telephonyHandlers } from './routes.ts';

/** All that the application wires: use cases, handlers' needs, background tasks. */
export type TelephonyRoom = ReturnType<typeof createTelephony>;

/** What other contexts of the regulation half may ask of the telephony. */
export type Telephony = Pick<
  TelephonyRoom,
  'callOf' | 'callsOfDossier' | 'onLine' | 'linkDossier' | 'setPriority' | 'passOn' | 'pullIn' | 'onCallEnded' | 'wake'
>;
