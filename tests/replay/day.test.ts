import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chainJournal, verifyJournal } from '../../src/foundation/journal.ts';
import { afternoon } from './day-afternoon.ts';
import { morning } from './day-morning.ts';
import { type DayRoom, type Kept, openDayRoom } from './day-room.ts';

/*
 * The scripted day of requirements 8.3 in the assembled room. What its events still wait for:
 *
 * | Event         | Left to                                                                                             |
 * | ------------- | --------------------------------------------------------------------------------------------------- |
 * | 07:55         | the planning itself (PLAN-02): presence is read from the posts taken                                |
 * | 08:03         | the exchange with the SMUR and the SIS (TRA-01): means are recorded by the room                     |
 * | 08:11         | the charter level by level (RDV-06): on the platform, proved by its own tests                       |
 * | 09:20, 09:40  | the messages between 15 and 18 (SIS-01, SIS-02, SIS-05): the line, the VSAV and its bilan are here  |
 * | 10:15–10:50   | patients en sus, CPTS, MSP, SOS and CDS asked (SUR-01, 03 to 07)                                    |
 * | 11:10         | the prescription sent to the pharmacy (REG-19): it is recorded, with its pharmacy                   |
 * | 11:25         | the message "MRT non facturable" (REM-08): the decision is here                                     |
 * | 11:40         | transport to a consultation and back (RDV-16)                                                       |
 * | 13:15         | the nurse of the emergency department (SU-01, SU-03)                                                |
 * | 14:00         | the overflow to SAS 79 (PCA-03): the outage, the paper forms and their entry are here               |
 * | 15:00         | a vendor that fails (AGR-14), 17:30 the agenda and participation (PART-02, PART-10): the platform's |
 * | 18:00         | the reminders (RDV-11): the cancellation is here                                                    |
 * | J+1 08:30     | the patient of 10:31 is en sus: the one who does not come here is another                           |
 * | J+1 09:00, 1 Feb, 1 Apr | complaints (QUAL-01), pay (REM-02), quarterly returns (IND-02, IND-03)                    |
 */
const folder = mkdtempSync(join(tmpdir(), 'day-'));
let day: DayRoom;
beforeAll(async () => {
  day = await openDayRoom(join(folder, 'network.jsonl'));
});
afterAll(async () => {
  await day.close();
  rmSync(folder, { recursive: true });
});

const kept: Kept = {};
morning(() => day, kept);
afternoon(() => day, kept);

test('[SEC-03] [REG-04] after the day: every dossier has its keeper, every change its entry, every call its dossier, and the journal holds', async () => {
  expect(await day.rows("select number from dossier.dossier where state = 'ACTIF' and queue is null and owner is null")).toEqual([]);
  expect(await day.rows(`
    select d.number, d.version, count(j.*)::int as entries from dossier.dossier d
    left join foundation.journal j on j.object_type = 'dossier' and j.object_id = d.id::text and j.to_state is not null
    group by d.territory, d.id, d.number, d.version having count(j.*) <> d.version`)).toEqual([]);
  expect(await day.rows("select id from telephony.call where answered_at is not null and direction = 'in' and dossier_id is null")).toEqual([]);
  expect(await day.rows("select d.number from dossier.dossier d where d.state in ('VALIDE', 'CLOTURE') and d.type = 'DRM' and not exists (select 1 from dossier.act a where a.dossier_id = d.id)")).toEqual([]);
  expect(await day.rows("select object_id from foundation.journal where event = 'event-set-aside'"), 'no event of the telephone was set aside').toEqual([]);
  await chainJournal(day.database.owner);
  const verdict = await verifyJournal(day.database.owner);
  expect(verdict).toMatchObject({ waiting: 0, broken: null });
  expect(verdict.verified).toBeGreaterThan(300);
});
