import type { TellRequested } from '../platform/orientation/server/request-ask.ts';
import type { TellClosed } from '../platform/orientation/server/request-closed.ts';
import type { AppMessages } from './messages.ts';

const INBOX = '/demandes';

/** Tells those who manage a structure, by e-mail, that a request en sus waits for their answer, and until when. */
export const requestTeller =
  ({ tellEnSusRequest }: Pick<AppMessages, 'tellEnSusRequest'>): TellRequested =>
  async (tx, { structureId, structureName, orientationId, deadlineAt, timeZone }) => {
    const until = deadlineAt.toZonedDateTimeISO(timeZone);
    await tellEnSusRequest(tx, {
      to: { structureId }, key: `en-sus/${orientationId}`, until: deadlineAt,
      values: { structure: structureName, day: until.toPlainDate().toString(), hour: until.toPlainTime().toString({ smallestUnit: 'minute' }), link: INBOX },
    });
  };

/** Tells them, by e-mail, that a request they did not answer is closed. */
export const closedTeller =
  ({ tellEnSusTakenElsewhere }: Pick<AppMessages, 'tellEnSusTakenElsewhere'>): TellClosed =>
  async (tx, { structureId, structureName, orientationId }) => {
    await tellEnSusTakenElsewhere(tx, { to: { structureId }, key: `en-sus-close/${orientationId}`, values: { structure: structureName, link: INBOX } });
  };
