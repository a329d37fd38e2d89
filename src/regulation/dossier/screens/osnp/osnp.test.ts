import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Line, Queue } from '../file/use-queues.ts';
import { dueOfOrder, taskGroups, tasksInOrder, waitingLines } from './tasks.ts';
import { workOf } from './work.ts';

const at = '2026-01-13T08:00:00Z';
const line = (id: string, more: Partial<Line> = {}): Line => ({ id, priority: 'P2', openedAt: at, step: 'DECIDE', orders: [], tasks: [], ...more }) as Line;
const queue = (code: string, ...dossiers: Line[]): Queue => ({ code, label: code, total: dossiers.length, dossiers });
const order = (decisionId: string, type: Line['orders'][number]['type'], delay: string | null = null) => ({ decisionId, type, at, delay });
const task = (id: string, kind: string, dueAt = at) => ({ id, kind, label: kind, dueAt });

test('[US-OS-07] tasks in order: appointments to find, structures, no-shows, reminders, the rest', () => {
  const told = tasksInOrder([
    queue('SUIVI', line('a', { tasks: [task('reminder', 'rappel-rdv'), task('no-show', 'rdv-cancelled')] }), line('b', { tasks: [task('other', 'bilan'), task('structure', 'rappel-structure')] })),
    queue('SNP', line('c', { orders: [order('p2', 'CONSULTATION', '24h'), order('arm', 'AMBULANCE')] }), line('d', { priority: 'P1', orders: [order('p1', 'SOINS_VILLE_SAS')] })),
  ]);
  expect(told.map(({ id }) => id)).toEqual(['p1', 'p2', 'structure', 'no-show', 'reminder', 'other']);
  expect(told[1]).toMatchObject({ words: 'Consultation en ville, dans les 24 heures', dueAt: '2026-01-14T08:00:00Z' });
});

test('[RDV-13] patients who did not come are looked for first among the follow-ups, in dossiers that no queue holds any more', () => {
  const owed = { tasks: [{ id: 'absent', dossierId: 'closed', appointmentId: 'a', kind: 'rdv-noshow' as const, start: at, dueAt: at }], dossiers: [line('closed', { step: null })] };
  const told = tasksInOrder([queue('SUIVI', line('a', { tasks: [task('reminder', 'rappel-rdv')] }))], owed);
  expect(told.map(({ id, words, line: { id: dossier } }) => [id, words, dossier])).toEqual([['absent', 'Patient non venu : vérifier sa situation', 'closed'], ['reminder', 'rappel-rdv', 'a']]);
});

test('a delay counts from the act; none set, none shown', () => {
  expect(dueOfOrder(order('x', 'CONSULTATION', '6h'))).toBe('2026-01-13T14:00:00Z');
  expect(dueOfOrder(order('x', 'CONSULTATION'))).toBeNull();
  expect(dueOfOrder(order('x', 'CONSULTATION', 'demain matin'))).toBeNull();
});

test('[US-OS-01] the queue holds what waits to be taken, not what only has orders left', () => {
  expect(waitingLines([queue('SNP', line('a', { step: 'ATTENTE_N2' }), line('b')), queue('SUIVI', line('c', { step: 'ATTENTE_N2' }))]).map(({ id }) => id)).toEqual(['a']);
});

test('nothing to do is lost or said twice, whatever the queues', () => {
  const kinds = fc.constantFrom('rappel-rdv', 'rdv-cancelled', 'rappel-structure', 'bilan');
  const lines = fc.array(fc.record({ kinds: fc.array(kinds, { maxLength: 3 }), priority: fc.constantFrom('P1', 'P2', 'P3') }), { maxLength: 8 });
  fc.assert(fc.property(lines, (made) => {
    const dossiers = made.map(({ kinds: given, priority }, at) => line(`d${at}`, { priority: priority as Line['priority'], tasks: given.map((kind, rank) => task(`${at}-${rank}`, kind)) }));
    const told = tasksInOrder([queue('SNP', ...dossiers), queue('SUIVI', ...dossiers)]);
    expect(told.map(({ id }) => id).toSorted()).toEqual(dossiers.flatMap(({ tasks }) => tasks.map(({ id }) => id)).toSorted());
    const groups = told.map(({ group }) => taskGroups.indexOf(group));
    expect(groups).toEqual(groups.toSorted((a, b) => a - b));
  }));
});

test('[ACT-05] [ACT-06] what an OSNP does with a dossier follows where it stands; the emergency is always one action away', () => {
  const me = 'me';
  const dossier = (more: object) => ({ possible: ['requalify'], owner: null, step: 'ATTENTE_N2' as const, ...more });
  expect(workOf(dossier({ possible: ['take', 'requalify'] }), me)).toEqual({ main: 'take', escalate: true });
  expect(workOf(dossier({ step: 'EN_COURS_N2', owner: { accountId: me, name: 'x' }, possible: ['send-to-doctor', 'request-validation', 'requalify'] }), me)).toEqual({ main: 'pass', escalate: true });
  expect(workOf(dossier({ step: 'DECIDE', possible: ['take', 'execute'] }), me)).toEqual({ main: 'execute', escalate: false });
  expect(workOf(dossier({ step: 'EN_SUIVI', possible: ['close-task', 'execute'] }), me)).toEqual({ main: 'execute', escalate: false });
  expect(workOf(dossier({ step: null, possible: [] }), me)).toEqual({ main: 'read', escalate: false });
});
