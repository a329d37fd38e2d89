import type { Clock } from '../foundation/clock.ts';
import type { Database } from '../foundation/db/database.ts';
import { silentLogger } from '../foundation/log.ts';
import { checkEditor } from '../interop/fhir/editor/check.ts';
import { createFhirEditorClient } from '../interop/fhir/editor/client.ts';
import { type CheckEditor, createEditors, type Editors } from '../platform/availability/server/editors.ts';
import { createKnowledge } from '../platform/availability/server/knowledge.ts';

const CHECK_TIMEOUT_MS = 60_000;

/** The conformity run of a vendor through our own client. */
export function conformityRun(client: ReturnType<typeof createFhirEditorClient>, clock: Clock): CheckEditor {
  return (editor, knownIds) =>
    checkEditor(editor, {
      http: client.http, clock, signal: AbortSignal.timeout(CHECK_TIMEOUT_MS),
      professionals: knownIds.filter((id) => !id.startsWith('3')), associations: knownIds.filter((id) => id.startsWith('3')),
    });
}

/** The vendors' register outside a server: for the command line and the demonstration. */
export function silentEditors(database: Database, clock: Clock): Editors {
  const client = createFhirEditorClient({ clock, log: silentLogger });
  const knowledge = createKnowledge({ db: database.for('availability'), clock, log: silentLogger });
  return createEditors({ database, clock, knowledge, checkEditor: conformityRun(client, clock) });
}
