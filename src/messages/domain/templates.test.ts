import fc from 'fast-check';
import { expect, test } from 'vitest';
import { demoAccounts } from '../../../db/demo/accounts.ts';
import { demoCommunes, generateWorld } from '../../../db/demo/world.ts';
import { type Kind, kinds } from './kinds.ts';
import { maskEmail, maskPhone } from './mask.ts';
import { checkedValues, render } from './render.ts';
import { type Template, templateIds, templateOf, type Values } from './templates.ts';

const SITE = 'https://sas86.example';
/** What a hurried hand would type into any field that lets it. */
const sentences = [
  'douleur thoracique depuis hier', 'Douleur thoracique depuis hier', 'fièvre', 'Patient diabétique, 72 ans', 'Mme Martin a mal au ventre', 'suspicion de fracture du poignet',
  'https://ailleurs.example/?motif=angine', '//ailleurs.example', '/demandes?note=mal de gorge', '/demandes?note=mal%20de%20gorge', 'Bonjour\r\nBcc: tous@example.fr',
];
const samples: Record<string, string | number> = {
  person: 'Dr Jeanne Martin', label: 'Maison de santé du Clain, 12 rue des Lilas', day: '2026-01-13', hour: '10:30', moment: '2026-01-13T10:30', week: '2026-W03', count: 3, minutes: 90,
  phone: '+33549000011', link: '/demandes?demande=a1b2-c3',
};
const kindName = ({ schema }: Kind) => Object.entries(kinds).find(([, one]) => one.schema === schema)?.[0];
const valuesOf = ({ parameters }: Template): Values => Object.fromEntries(Object.entries(parameters).map(([name, kind]) => {
  const known = kindName(kind);
  return [name, known ? samples[known]! : (kind.schema as unknown as { options: string[] }).options[0]!];
}));

test.each(templateIds)('[INT-08] %s: no parameter takes a sentence, its text names its parameters and no other', (id) => {
  const template = templateOf(id);
  for (const kind of Object.values(template.parameters)) {
    for (const sentence of sentences) expect(kind.schema.safeParse(sentence).success, sentence).toBe(false);
  }
  const written = [template.subject ?? '', ...template.text].join(' ');
  const named = new Set([...written.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!));
  expect([...named].filter((name) => !(name in template.parameters))).toEqual([]);
  expect(Boolean(template.action)).toBe('link' in template.parameters);
  expect(Boolean(template.subject)).toBe(template.channel === 'email');

  const { subject, text, html } = render(id, valuesOf(template), SITE);
  expect(`${subject} ${text} ${html}`).not.toMatch(/[{}]|undefined/);
  expect(subject).not.toMatch(/[\r\n]/);
  if (template.action) expect(text).toContain(`${template.action} : ${SITE}/demandes?demande=a1b2-c3`);
});

test('[INT-08] whatever is typed, a label is either a label or the neutral words, and HTML is escaped', () => {
  fc.assert(fc.property(fc.oneof(fc.string({ maxLength: 160 }), fc.constantFrom(...sentences, '<b>Gras</b>', "L'Isle & Fils")), (typed) => {
    const { structure } = checkedValues('en-sus-request', { ...valuesOf(templateOf('en-sus-request')), structure: typed });
    expect([typed, 'lieu indiqué sur le site']).toContain(structure);
    const { html } = render('en-sus-request', { ...valuesOf(templateOf('en-sus-request')), structure: typed }, SITE);
    expect(html.replace(/<\/?(!doctype|html|head|meta|title|body|p|a|hr)\b[^<>]*>/g, '')).not.toMatch(/[<>]/);
  }));
  expect(render('en-sus-request', { ...valuesOf(templateOf('en-sus-request')), structure: "L'Isle & Fils" }, SITE).html).toContain('L&#39;Isle &amp; Fils');
});

test('[INT-08] a value that is not of its kind refuses the message without being repeated', () => {
  expect(() => checkedValues('outcomes-to-tell', { count: 'fièvre depuis hier', link: '/mes-patients' })).toThrow(/^outcomes-to-tell: count is not of its kind$/);
});

test('the names, places and addresses of the fictional SAS are labels', () => {
  const world = generateWorld({ seed: 86, communes: demoCommunes() });
  const accepted = (kind: 'person' | 'label', text: string) => kinds[kind].schema.safeParse(text).success;
  const labels = [...world.structures, ...world.places].flatMap(({ name, address, postcode, city }) => [name, `${address}, ${postcode} ${city}`]);
  expect([...new Set(labels)].filter((text) => !accepted('label', text))).toEqual([]);
  expect(demoAccounts(world).map(({ displayName }) => displayName).filter((name) => !accepted('person', name))).toEqual([]);
});

test('times and numbers read as people say them', () => {
  expect(kinds.week.show('2026-W01', SITE)).toBe('semaine du lundi 29 décembre 2025');
  expect([kinds.minutes.show(90, SITE), kinds.minutes.show(120, SITE), kinds.minutes.show(0, SITE)]).toEqual(['1 h 30', '2 h', '0 h']);
  expect(kinds.moment.show('2026-01-13T08:05', SITE)).toBe('mardi 13 janvier 2026 à 8 h 05');
  expect(render('patient-reminder', valuesOf(templateOf('patient-reminder')), SITE).text).toBe(
    'Rappel : rendez-vous mardi 13 janvier 2026 à 10 h 30, Dr Jeanne Martin, Maison de santé du Clain, 12 rue des Lilas. Pour annuler : 05 49 00 00 11.');
});

test('[INT-08] recipients are shown masked', () => {
  expect([maskEmail('camille.durand@demo.example.fr'), maskEmail('x@y')]).toEqual(['c•••@d•••.fr', 'x•••@y•••']);
  expect([maskPhone('+33612345612'), maskPhone('06 12 34 56 12'), maskPhone('3624')]).toEqual(['06 •• •• •• 12', '06 •• •• •• 12', '••• 24']);
});
