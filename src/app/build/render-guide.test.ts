import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { helpAddress } from '../browser/help.ts';
import { screensOf } from '../browser/screens.ts';
import { imageMark, renderGuide } from './render-guide.ts';

test('[FORM-10] a guide becomes sections with their ids, pictures and tables, the numbers of headings left out of addresses', () => {
  const { title, sections, images } = renderGuide(
    '# Guide\n\nAvant.\n\n## 1. Se connecter\n\n![Une page](images/page.png)\n\n## Où chercher ?\n\n| touche | |\n|---|---|\n| `F2` | ouvre |\n\n### Où chercher ?\n\nVoir [le guide](osnp.md#reserver).',
  );
  expect(title).toBe('Guide');
  expect(sections.map(({ id, level, title: words }) => [id, level, words])).toEqual([
    ['en-bref', 2, 'En bref'], ['se-connecter', 2, '1. Se connecter'], ['ou-chercher', 2, 'Où chercher ?'], ['ou-chercher-2', 3, 'Où chercher ?'],
  ]);
  expect(images).toEqual(['images/page.png']);
  expect(sections[1]!.html).toContain(`<img src="${imageMark(0)}" alt="Une page" loading="lazy">`);
  expect(sections[2]!.html).toContain('<th scope="col">touche</th><td></td>');
  expect(sections[2]!.text).toBe('touche F2 ouvre');
  expect(sections[3]!.html).toContain('<a href="/aide/osnp#reserver">le guide</a>');
});

test('[FORM-10] nothing of a guide runs: raw tags are words, links of other kinds are words, pictures come from our folder', () => {
  const { sections } = renderGuide('# G\n\n<script>alert(1)</script>\n\nUn <b onclick="x()">mot</b> et [lien](javascript:alert(1)) et [autre](//ailleurs).');
  expect(sections[0]!.html).not.toMatch(/<script|<b |javascript:|href/);
  expect(() => renderGuide('![x](https://ailleurs/x.png)')).toThrow('picture outside');
});

test('[FORM-10] every guide of the application renders with a title; the help of each screen leads to a section that exists', () => {
  const guides = new Map(globSync('docs/guides/*.md').map((path) => [path.replace(/^.*\/|\.md$/g, ''), renderGuide(readFileSync(path, 'utf8'))]));
  expect(guides.size).toBeGreaterThan(6);
  for (const [name, { title, sections }] of guides) expect([name, title.length > 3, sections.length > 0]).toEqual([name, true, true]);
  for (const screen of screensOf(['platform', 'regulation'])) {
    if (!screen.help) continue;
    const { path, section } = helpAddress(screen.help);
    const guide = guides.get(path.replace('/aide/', ''));
    expect([screen.path, guide !== undefined, section === undefined || guide!.sections.some(({ id }) => id === section)]).toEqual([screen.path, true, true]);
  }
});
