import type { Clock } from '../../../foundation/clock.ts';
import type { Database } from '../../../foundation/db/database.ts';
import type { Territories } from '../../../territory/server/index.ts';
import { createReading } from './read.ts';
import { createRecording, type RecordOnDossier } from './record.ts';
import { createUsage, type Requalified } from './usage.ts';
import { createVersions } from './versions.ts';

export type { DossierPath, RecordOnDossier } from './record.ts';
export { protocolHandlers } from './routes.ts';
export type { RecordedUse, Requalified } from './usage.ts';
export { createVersions } from './versions.ts';

export interface ProtocolDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly territories: Pick<Territories, 'get'>;
  readonly recordOnDossier: RecordOnDossier;
  readonly requalified: Requalified;
}

/** Local protocols: versions written together, approved by both filières and the governance, used at the first level, counted. */
export const createProtocols = (dependencies: ProtocolDependencies) => ({
  ...createReading(dependencies), ...createVersions(dependencies), ...createRecording(dependencies), usage: createUsage(dependencies),
});
export type Protocols = ReturnType<typeof createProtocols>;
