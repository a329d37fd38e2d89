import { expect, test } from 'vitest';
import { orientationStatuses } from '../../contract.ts';
import { actsOf, consequences, mayCancelForPatient } from './acts.ts';
import { authorInWords, eventInWords, remarksOf, sourceInWords, statusLooks } from './words.ts';

const plain = { beyond48h: false, lateReason: null, skipReason: null, charterLevel: null, flags: [] };

test('[RDV-06] a level passed and a late appointment are said with their reasons', () => {
  const remarks = remarksOf({ ...plain, beyond48h: true, lateReason: 'patient-choice', skipReason: 'too-far', charterLevel: 3 });
  expect(remarks.map(({ short }) => short)).toEqual(['hors 48 h', 'niveau passé']);
  expect(remarks[0]!.long).toBe('Rendez-vous au-delà de 48 h. Motif : choix du patient.');
  expect(remarks[1]!.long).toBe('Un niveau de la charte a été passé (choix au niveau 3). Motif : trop loin pour le patient.');
  expect(remarksOf(plain)).toEqual([]);
});

test('[DASH-01] flags are said in words, and one that is not known yet is still shown', () => {
  expect(remarksOf({ ...plain, flags: ['sans-recherche', 'professionnel-inconnu', 'nouveau'] }).map(({ short }) => short)).toEqual([
    'sans recherche', 'professionnel inconnu', 'nouveau',
  ]);
});

test('[RDV-09] an author is a person or a vendor, an event is said in words', () => {
  expect(authorInWords('editor:AgendaRapide')).toBe('éditeur AgendaRapide');
  expect(authorInWords('Claire Dumont')).toBe('Claire Dumont');
  expect(eventInWords('no-show')).toBe('Patient non venu');
  expect(eventInWords('autre')).toBeNull();
  expect(sourceInWords({ kind: 'slot', editor: null })).toBe('Agenda du SAS');
  expect(Object.keys(statusLooks).sort()).toEqual([...orientationStatuses].sort());
});

test('[RDV-09] an action says what it will do and to whom', () => {
  const booked = { label: 'Moreau Hélène', kind: 'slot', status: 'PRIS', editor: null } as const;
  expect(consequences('cancel', booked, 'demain 09:00', false)).toEqual([
    'Le rendez-vous demain 09:00 chez Moreau Hélène est annulé.', 'La place redevient libre pour les autres recherches.',
  ]);
  expect(consequences('cancel', booked, 'demain 09:00', true)[1]).toMatch(/n’est pas remise en ligne/);
  const begun = { label: 'Moreau Hélène', kind: 'editor', status: 'RESERVATION', editor: 'AgendaRapide' } as const;
  expect(consequences('cancel', begun, 'demain 09:00', false)[1]).toBe('Si vous l’avez déjà prise chez AgendaRapide, annulez-la aussi chez lui.');
  expect([mayCancelForPatient(booked), mayCancelForPatient(begun)]).toEqual([true, false]);
});

test('[RDV-09] only what the server says possible is offered, undoing last', () => {
  expect(actsOf({ possible: ['cancel', 'no-show', 'honoured', 'unknown'], start: null })).toEqual(['honoured', 'no-show', 'cancel']);
});
