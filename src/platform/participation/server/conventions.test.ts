import { expect, test } from 'vitest';
import { actorOf } from '../../../../tests/support/agenda.ts';
import { CPTS, leader, managerOf, setUpParticipation, SOS } from './participation.fixture.ts';

const body = {
  kind: 'effecteurs' as const, structureId: SOS, subject: 'Participation des effecteurs au SAS 86', startsOn: '2026-02-01', endsOn: '2028-01-31',
  signatories: [{ party: 'sas' as const, name: 'Lou Responsable', quality: 'Directrice', signedOn: '2026-01-12' }, { party: 'structure' as const, name: 'Gil Gestionnaire', quality: 'Président', signedOn: null }],
};
const signed = body.signatories.map((one) => ({ ...one, signedOn: '2026-01-13' }));

test('[STR-09] a convention goes from draft to force with its readings, its governance and two dated signatures', async () => {
  const { conventions, journal } = await setUpParticipation();
  let one = await conventions.create(leader, body);
  expect(one).toMatchObject({ status: 'BROUILLON', structureName: 'SOS Médecins de la Vienne', possible: ['read-amu', 'read-mg'] });
  await expect(conventions.act(leader, one.id, 'activate', one.version)).rejects.toMatchObject({ code: 'convention-transition' });
  for (const act of ['read-amu', 'read-mg', 'validate'] as const) one = await conventions.act(leader, one.id, act, one.version);
  await expect(conventions.act(leader, one.id, 'activate', one.version)).rejects.toMatchObject({ code: 'convention-unsigned' });
  const { kind: _, structureId: __, ...content } = body;
  await expect(conventions.change(leader, one.id, { ...content, subject: 'Autre objet', signatories: signed, version: one.version })).rejects.toMatchObject({ code: 'convention-refused' });
  one = await conventions.change(leader, one.id, { ...content, signatories: signed, version: one.version });
  one = await conventions.act(leader, one.id, 'activate', one.version);
  expect(one).toMatchObject({ status: 'ACTIF', possible: ['replace'] });
  expect(one.events.map(({ event, to, authorName }) => `${event} ${to} ${authorName}`).at(-1)).toBe('activate ACTIF Lou Responsable');
  await expect(conventions.act(leader, one.id, 'replace', 1), 'on an old version').rejects.toMatchObject({ code: 'convention-moved' });
  expect(await journal()).toContain('convention-activate');
});

test('[STR-09] [STR-10] the next one replaces it; a convention of regulation is a CPTS’s; each reads what is his', async () => {
  const { conventions } = await setUpParticipation();
  const inForce = async () => {
    let one = await conventions.create(leader, { ...body, signatories: signed });
    for (const act of ['read-mg', 'read-amu', 'validate', 'activate'] as const) one = await conventions.act(leader, one.id, act, one.version);
    return one;
  };
  const first = await inForce();
  const second = await inForce();
  const status = Object.fromEntries((await conventions.list(managerOf(SOS))).map((one) => [one.id, one.status]));
  expect(status).toEqual({ [first.id]: 'REMPLACE', [second.id]: 'ACTIF' });
  expect((await conventions.list(managerOf(SOS)))[0]!.possible, 'who reads does not lead').toEqual([]);
  expect(await conventions.list(managerOf(CPTS))).toEqual([]);
  await expect(conventions.create(leader, { ...body, kind: 'regulation-snp' })).rejects.toMatchObject({ code: 'convention-refused' });
  await expect(conventions.create(leader, { ...body, kind: 'regulation-snp', structureId: CPTS })).resolves.toMatchObject({ kind: 'regulation-snp' });
  await expect(conventions.create(actorOf('responsable-sas', { territories: ['79'] }), body)).rejects.toMatchObject({ code: 'territory-out-of-reach' });
});
