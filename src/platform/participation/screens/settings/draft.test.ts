import { expect, test } from 'vitest';
import { declarationOf, type Draft, draftOf, statementOf, whyNot } from './draft.ts';

const overview = { current: null, upcoming: null, statements: { individual: { version: 'individuel-1', text: 'Je déclare…' } } };
const empty = draftOf(overview, null, (number) => number);
const filled: Draft = { ...empty, participates: true, via: 'individual', contact: ' 05 49 00 00 11 ', viaStructureId: 'left-from-before', placeIds: ['p'] };

test('[PART-01] [PART-14] the pop-in opens on nothing declared, and sends only what belongs to the way selected', () => {
  expect(empty).toMatchObject({ participates: false, via: null, shown: ['contact', 'note', 'hours'] });
  expect(whyNot({ ...empty, participates: true })).toBe('Sélectionnez comment vous participez.');
  expect(declarationOf(filled, overview, { nationalId: '8' })).toMatchObject({ via: 'individual', viaStructureId: null, placeIds: [], contact: '05 49 00 00 11', note: null, statement: null });
  expect(declarationOf({ ...filled, via: 'cpts' }, overview, { nationalId: '8' })).toMatchObject({ viaStructureId: 'left-from-before', placeIds: ['p'] });
});

test("[PART-06] [AGR-04] the statement is asked as soon as no vendor's slots stand for it", () => {
  expect(statementOf({ ...filled, usesEditor: true, upload: true }, overview, { nationalId: '8' })).toBeNull();
  expect(statementOf({ ...filled, usesEditor: true, upload: false }, overview, { nationalId: '8' })).toMatchObject({ version: 'individuel-1' });
  expect(declarationOf({ ...filled, sworn: true }, overview, { nationalId: '8' }).statement).toBe('individuel-1');
  expect(declarationOf({ ...filled, sworn: true, usesEditor: true }, overview, { nationalId: '8' }).statement, 'nothing to swear').toBeNull();
});
