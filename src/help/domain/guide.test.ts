import { expect, test } from 'vitest';
import { inOrder, type NamedGuide, search } from './guide.ts';

const guide = (name: string, ...sections: (readonly [string, string])[]): NamedGuide => ({
  name, title: name, sections: sections.map(([title, text], index) => ({ id: `s${index}`, level: 2, title, html: '', text })),
});

test('[FORM-10] the guides of my role come first, a guide nobody knows comes last', () => {
  const names = (roles: string[]) => inOrder(['inconnu', 'faq', 'arm', 'osnp', 'connexion'].map((name) => ({ name })), roles).map(({ name }) => name);
  expect(names(['osnp'])).toEqual(['osnp', 'connexion', 'arm', 'faq', 'inconnu']);
  expect(names([])).toEqual(['connexion', 'arm', 'osnp', 'faq', 'inconnu']);
});

test('[FORM-10] the search forgives accents and case, wants every word, puts titles first, and shows the words around', () => {
  const guides = [
    guide('a', ['Réserver', `${'mot '.repeat(60)}créneau gardé deux minutes ${'suite '.repeat(60)}`]), guide('b', ['Créneau gardé', 'Deux minutes.'], ['Autre', 'rien']),
  ];
  const found = search(guides, '  CRENEAU garde ');
  expect(found.map(({ guide: { name }, section }) => `${name} ${section.title}`)).toEqual(['b Créneau gardé', 'a Réserver']);
  expect(found[1]!.excerpt).toMatch(/^… (mot )+créneau gardé deux minutes (suite )+…$/);
  expect(search(guides, 'creneau rien')).toEqual([]);
  expect(search(guides, '   ')).toEqual([]);
});
