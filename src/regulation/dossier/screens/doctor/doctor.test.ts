import { expect, test } from 'vitest';
import { people, Play, pmt, qualification } from '../../domain/dossier.fixture.ts';
import { type Dossier, decisionTypeLabels } from '../../contract.ts';
import { offersFor } from './decisions.ts';
import { bodyOf, type Draft, emptyDraft, previewOf, toggle, withDetail } from './draft.ts';
import { heldOrder } from '../file/held-order.ts';
import type { Line, Queue } from '../file/use-queues.ts';
import { incomplete, levelRefusal, refusalWords } from './refusals.ts';
import { doctorQueues } from './queue-model.ts';

const viewOf = (play: Play): Dossier => ({ ...play.dossier, prompts: [], possible: [], presence: [] });

function inRegulation(filiere: 'AMU' | 'SNP' = 'AMU') {
  const play = new Play();
  play.do(people.n1, 'qualify', qualification({ priority: 'P1', filiere }));
  play.do(people.n1, 'send-to-doctor');
  play.do(filiere === 'AMU' ? people.mru : people.mrg, 'start-regulation');
  return play;
}

const drafted = (...types: Parameters<typeof toggle>[1][]): Draft => types.reduce(toggle, emptyDraft);

test('[REG-12] every response of the catalogue is offered to each doctor, once, with its own key', () => {
  for (const role of ['mru', 'mrg', 'medecin-specialise']) {
    const { first, rest } = offersFor([role]);
    const all = [...first, ...rest];
    expect(all.map(({ type }) => type).toSorted()).toEqual(Object.keys(decisionTypeLabels).toSorted());
    expect(new Set(all.map(({ key }) => key)).size).toBe(all.length);
    expect(all.some(({ key }) => ['n', 'r'].includes(key))).toBe(false);
  }
});

test('[REG-10] [REG-11] each doctor finds first what he decides most', () => {
  expect(offersFor(['mru']).first.map(({ type }) => type)).toEqual(expect.arrayContaining(['SMUR', 'VSAV', 'AMBULANCE', 'CONSEIL', 'SU', 'SOINS_VILLE_SAS']));
  expect(offersFor(['mrg']).first.map(({ type }) => type)).toEqual(expect.arrayContaining(['CONSEIL', 'PMT', 'MEDECIN_TRAITANT', 'CONSULTATION', 'VISITE', 'TELECONSULTATION']));
});

test('[US-U-02] several decisions make one act; a second press leaves one, the others keep what was said of them', () => {
  const draft = withDetail(drafted('SMUR', 'CONSEIL', 'VSAV'), 'SMUR', 'teams', 2);
  expect(bodyOf({ ...toggle(draft, 'VSAV'), careLevel: 'R1', hypothesis: ' IDM ' })).toEqual({
    decisions: [{ type: 'SMUR', teams: 2 }, { type: 'CONSEIL' }], careLevel: 'R1', hypothesis: 'IDM',
  });
});

test('[REG-16] before signing: what misses, else the code and what follows', () => {
  const play = inRegulation();
  const preview = (draft: Draft) => previewOf('decide', draft, viewOf(play), people.mru, play.now);
  expect(preview(emptyDraft).refusals.map(({ path }) => path)).toEqual(['decisions']);
  expect(preview(drafted('SMUR')).refusals.map(({ path }) => path)).toEqual(['decisions.0.careLevel']);
  expect(preview({ ...drafted('SMUR'), careLevel: 'R2' })).toEqual({ refusals: [], attribution: 'DRM.MRU.MU', place: 'Décidé', next: 'Ensuite, l’ARM engage les moyens.' });
  expect(preview({ ...drafted('CONSEIL'), careLevel: 'R4' }).next).toBe('Rien ne reste à exécuter.');
});

test('[REG-19] [US-G-02] a prescription is refused on R2 with the reason, and without agreement, drug or pharmacy', () => {
  const play = inRegulation('SNP');
  const { type: _type, careLevel: _level, ...details } = pmt() as Record<string, string | boolean> & { type: string };
  const draft: Draft = { ...emptyDraft, decisions: [{ type: 'PMT', details }], careLevel: 'R4' };
  const preview = (one: Draft) => previewOf('decide', one, viewOf(play), people.mrg, play.now).refusals;
  expect(preview(draft)).toEqual([]);
  expect(preview({ ...draft, careLevel: 'R2' })).toEqual([expect.objectContaining({ path: 'decisions.0.careLevel', message: 'une prescription téléphonique est réservée aux niveaux R3 et R4' })]);
  expect(refusalWords(preview({ ...drafted('PMT'), careLevel: 'R1' }))).toBe('une prescription téléphonique est réservée aux niveaux R3 et R4 ; 5 champs à remplir');
  expect(levelRefusal(incomplete(preview({ ...draft, careLevel: 'R2' })))).toBe('une prescription téléphonique est réservée aux niveaux R3 et R4');
  expect(levelRefusal(incomplete(preview({ ...drafted('PMT'), careLevel: 'R3' })))).toBeNull();
  expect(preview({ ...drafted('PMT'), careLevel: 'R3' }).map(({ path }) => path.split('.').at(-1))).toEqual(['consent', 'understanding', 'drug', 'dose', 'pharmacy']);
});

test('[REG-06] a doctor of the other filière is asked for his code', () => {
  const play = inRegulation('SNP');
  const draft: Draft = { ...drafted('CONSEIL'), careLevel: 'R4' };
  expect(previewOf('decide', draft, viewOf(play), people.mru, play.now).refusals.map(({ path }) => path)).toEqual(['substitution']);
  expect(previewOf('decide', { ...draft, substitution: 'ABSML' }, viewOf(play), people.mru, play.now)).toMatchObject({ refusals: [], attribution: 'DRM.MRL.ABSML' });
});

const line = (id: string): Line => ({ id }) as Line;
const queue = (code: string, ...ids: string[]): Queue => ({ code, label: code, total: ids.length, dossiers: ids.map(line) });

test('[REG-09] the queues of each doctor: his own, the others’, what is urgent, what is to sign', () => {
  const queues = [queue('P0', 'a'), queue('MRU', 'b', 'c'), queue('VALIDATION', 'd'), queue('MRG', 'e'), queue('REPORTE', 'f')];
  expect(doctorQueues(queues, ['mru'])).toMatchObject({ p0: [{ id: 'a' }], own: [{ code: 'MRU' }], others: [{ code: 'MRG' }], validationTotal: 1, deferred: [{ id: 'f' }] });
  expect(doctorQueues(queues, ['mrg'])).toMatchObject({ own: [{ code: 'MRG' }], others: [{ code: 'MRU' }] });
  expect(doctorQueues([queue('PSY', 'a'), queue('VALIDATION')], ['medecin-specialise'])).toMatchObject({ own: [{ code: 'PSY' }], others: [] });
});

test('a list somebody points at keeps its places: what left stays marked, what comes is last', () => {
  const shown = heldOrder([], [line('a'), line('b'), line('c')], false);
  const held = heldOrder(shown, [line('p0'), line('c'), line('a')], true);
  expect(held.map(({ row, gone }) => [row.id, gone])).toEqual([['a', false], ['b', true], ['c', false], ['p0', false]]);
  expect(heldOrder(held, [line('p0'), line('c'), line('a')], false).map(({ row }) => row.id)).toEqual(['p0', 'c', 'a']);
});
