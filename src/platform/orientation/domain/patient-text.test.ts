import { expect, test } from 'vitest';
import { patientDataInText } from './patient-text.ts';

test.each([
  ['Le patient Martin attend', "le nom d'un patient"], ['patiente : Mme Durand', "le nom d'un patient"], ['elle est née le 3 mai', 'une date de naissance'],
  ['dossier du 12/04/1961', 'une date de naissance'], ['rappeler le 06 12 34 56 78', 'un numéro de téléphone'], ['1 85 05 78 006 084 36', 'un numéro de sécurité sociale'],
  ['Monsieur B. a des antécédents cardiaques', "la santé d'une personne"], ['Le patient a une ordonnance', "la santé d'une personne"],
])('[SEC-05] [FORM-10] « %s » is refused: %s', (text, why) => {
  expect(patientDataInText(text, 2026)).toBe(why);
});

test.each([
  'Je ne trouve pas comment annuler un rendez-vous quand le patient ne vient pas.', "Depuis le 18/11/2026, la page Recherche s'affiche à 8 h 12 sans carte.",
  'Le docteur Martin ne voit plus ses disponibilités : erreur 503, référence 20261118-4.', 'Le traitement de ma demande de compte est long.',
  'Mon identifiant RPPS est 10003456789.',
])('[FORM-10] « %s » is no patient', (text) => {
  expect(patientDataInText(text, 2026)).toBeNull();
});
