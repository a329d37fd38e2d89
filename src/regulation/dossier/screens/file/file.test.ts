import { expect, test } from 'vitest';
import { people, Play, qualification } from '../../domain/dossier.fixture.ts';
import type { Dossier } from '../../contract.ts';
import { conflictOn } from './conflicts.ts';
import { detailWords } from './detail-words.ts';
import { ageOn, isWritable, readAge } from './patient-rules.ts';
import { timelineOf } from './timeline-entries.ts';
import { formatStopwatch, locationWords, nameWords, personWords, placeWords } from './words.ts';

const viewOf = (play: Play): Dossier => ({ ...play.dossier, prompts: [], possible: [], presence: [] });

test('[REG-20] the timeline tells calls, notes, acts and means, the latest first, with their authors', () => {
  const play = new Play();
  play.do(people.n1, 'qualify', qualification({ priority: 'P1' }));
  play.wait({ minutes: 1 }).do(people.n1, 'send-to-doctor');
  play.wait({ minutes: 1 }).do(people.mru, 'start-regulation');
  play.wait({ minutes: 1 }).do(people.mru, 'decide', { careLevel: 'R2', decisions: [{ type: 'SMUR' }, { type: 'CONSEIL' }] });
  const note = { id: 'n', at: '2026-01-13T07:01:30Z', author: 'Camille', role: 'arm' as const, kind: 'logistique' as const, text: 'Portail bleu', writtenAt: null };
  const told = timelineOf({ ...viewOf(play), notes: [note] });
  expect(told.map(({ kind, title, by }) => [kind, title, by])).toEqual([
    ['act', 'Acte de régulation', 'Dr Urgence'], ['means', 'SMUR décidé', 'Dr Urgence'], ['note-logistique', 'Note logistique', 'Camille'], ['call', 'Appel, en ligne', ''],
  ]);
});

test('[PCA-02] a note of a paper form stands at the time it was written', () => {
  const note = { id: 'n', at: '2026-01-13T10:00:00Z', author: 'Camille', role: 'arm' as const, kind: 'medicale' as const, text: 'x', writtenAt: '2026-01-13T06:00:00Z' };
  const told = timelineOf({ ...viewOf(new Play()), notes: [note] });
  expect(told.at(-1)).toMatchObject({ at: '2026-01-13T06:00:00Z', onPaper: true });
});

test('[REG-08] a change of filière is told with its reason; the first one is no change', () => {
  const play = new Play();
  play.do(people.n1, 'qualify', qualification());
  expect(timelineOf(viewOf(play)).some(({ kind }) => kind === 'filiere')).toBe(false);
  play.wait({ minutes: 1 }).do(people.n1, 'requalify', { filiere: 'SNP', reason: 'soins de ville' });
  expect(timelineOf(viewOf(play))[0]).toMatchObject({ kind: 'filiere', title: 'Passe en filière SNP', text: 'soins de ville' });
});

test('a conflict tells whose value stands, for its own field only', () => {
  const problem = { code: 'fields-conflict', extra: { conflicts: [{ field: 'patient.history', yours: 'a', theirs: 'HTA', by: 'Camille' }] } };
  expect(conflictOn('patient.history', problem)).toEqual({ by: 'Camille', theirs: 'HTA' });
  expect(conflictOn('patient.allergies', problem)).toBeNull();
  expect(conflictOn('patient.history', { ...problem, code: 'other' })).toBeNull();
  expect(conflictOn('patient.history', null)).toBeNull();
});

test('an age is read as people type it, and follows the birth date', () => {
  expect([readAge(''), readAge('7'), readAge('34 ans'), readAge('vieux'), readAge('200')]).toEqual([null, 7, 34, undefined, undefined]);
  const today = Temporal.PlainDate.from('2026-01-13');
  expect([ageOn('2000-01-13', today), ageOn('2000-01-14', today), ageOn('2026-02-01', today)]).toEqual([26, 25, null]);
});

test('words of a dossier', () => {
  expect(personWords({ sex: 'F', age: 34 })).toBe('F 34 ans');
  expect(personWords({ sex: '', age: 1 })).toBe('1 an');
  expect(nameWords({ lastName: 'Dupont', firstName: 'Marie' })).toBe('DUPONT Marie');
  expect(placeWords({ state: 'ACTIF', step: 'A_VALIDER_MR' })).toBe('À valider');
  expect(placeWords({ state: 'ACHEVE', step: null })).toBe('Achevé');
  expect(locationWords(null)).toBe('');
  expect(formatStopwatch(127_000, 600_000)).toBe('2:07');
  expect(formatStopwatch(600_000, 600_000)).toBe('10 min');
  expect(detailWords('CONSULTATION', { specialty: 'SM54', delay: '24h' })).toBe('Médecine générale, dans les 24 heures');
  expect(detailWords('SMUR', { teams: 2 })).toBe('2 équipes');
  expect(isWritable({ state: 'CLOTURE' })).toBe(false);
});
