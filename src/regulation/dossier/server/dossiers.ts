import type { BackgroundTask } from '../../../foundation/background.ts';
import type { Actor } from '../../../identity/contract.ts';
import { createActs } from './act.ts';
import { createAppointments } from './appointments.ts';
import { createDueWork } from './due.ts';
import { createHandovers } from './handover.ts';
import type { DossierDependencies } from './index.ts';
import { createLinks } from './links.ts';
import { createLists } from './lists.ts';
import { createOpening } from './open.ts';
import { createPatientTasks } from './patient-tasks.ts';
import { createReads } from './read.ts';
import { listRegulators } from './regulators.ts';
import { createReminderWork } from './reminders.ts';
import { createRoom } from './room.ts';
import { createRecallStudy } from './recall-study.ts';
import { readRoomAlerts } from './room-alerts.ts';
import { createUpdates } from './update.ts';

const DUE_EVERY_MS = 1_000;
const REMINDERS_EVERY_MS = 5_000;

/** Dossiers of the regulation room: what routes and other contexts may call. */
export function createDossiers(dependencies: DossierDependencies) {
  const room = createRoom(dependencies);
  const due = createDueWork(room);
  const remindDue = createReminderWork(room);
  const links = createLinks(room);
  const tasks: BackgroundTask[] = [
    { name: 'dossiers-due', everyMs: DUE_EVERY_MS, work: due },
    { name: 'patient-reminders', everyMs: REMINDERS_EVERY_MS, work: remindDue },
  ];
  return {
    open: createOpening(room),
    act: createActs(room),
    ...createReads(room),
    ...createUpdates(room),
    ...createLists(room),
    handovers: createHandovers(room),
    links,
    appointments: createAppointments(room, links),
    recallStudy: createRecallStudy(room),
    patientTasks: createPatientTasks(room),
    settings: room.settings,
    roomAlerts: (actor: Actor) => readRoomAlerts(room, actor),
    regulators: (actor: Actor) => listRegulators(room, actor),
    /** Does what is due now; the background task calls it every second. */
    due,
    /** Reminds the patients whose time has come; the background task calls it every few seconds. */
    remindDue,
    tasks,
  };
}

export type Dossiers = ReturnType<typeof createDossiers>;
