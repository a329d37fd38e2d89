import { expect, test } from 'vitest';
import { asCsv, asHtml, inWords } from './export.ts';

const data = {
  at: '2026-11-20T08:00:00Z', name: 'Zoé <Fictive>',
  sections: [{ title: 'Compte', rows: [{ Nom: '=1+1', Depuis: '2026-01-01T09:00:00Z', Rang: 2, Fin: null }] }, { title: 'Vide', rows: [] }],
};

test('[SEC-08] the export reads in a spreadsheet and in any browser, and runs nothing there', () => {
  expect(asCsv(data)).toBe("\uFEFFPartie;Ligne;Donnée;Valeur\r\nCompte;1;Nom;'=1+1\r\nCompte;1;Depuis;2026-01-01T09:00:00Z\r\nCompte;1;Rang;2\r\nCompte;1;Fin;\r\n");
  const html = asHtml(data, 'Europe/Paris');
  expect(html).toContain('Zoé &#60;Fictive&#62;');
  expect(html).toContain('<td>01/01/2026 10:00</td><td>2</td><td>—</td>');
  expect(html).toContain('<h2>Vide</h2><p>Rien.</p>');
});

test('[SEC-08] instants are told by the watch of the place, all else as it is', () => {
  expect(inWords('2026-07-01T22:30:00Z', 'Indian/Reunion')).toBe('02/07/2026 02:30');
  expect([inWords('2026-07', 'UTC'), inWords(3, 'UTC'), inWords(null, 'UTC')]).toEqual(['2026-07', '3', '—']);
});
