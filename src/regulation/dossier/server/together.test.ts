import fc from 'fast-check';
import sql from 'sql-template-tag';
import { beforeAll, expect, test } from 'vitest';
import { fieldsOf, mergeFields, stamped } from '../domain/merge-fields.ts';
import { openDossier } from '../domain/open.ts';
import { location, qualification, RoomTable } from './room.fixture.ts';

let table: RoomTable;
beforeAll(async () => {
  table = await RoomTable.open();
});

test('[REG-27] two people write different fields of one dossier: both are kept; the same field: both values are shown', async () => {
  const { n1, mru } = table.staff;
  const dossier = await table.play(await table.opened(), [n1, qualification()]);
  const base = dossier.version;
  await table.dossiers.update(n1, dossier.id, { base, patient: { lastName: 'Exemple', age: 54 }, caller: { relation: 'FAMILLE' } });
  const second = await table.dossiers.update(mru, dossier.id, { base, patient: { allergies: 'pénicilline' } });
  expect(second.patient).toMatchObject({ lastName: 'Exemple', age: 54, allergies: 'pénicilline' });
  const clash = await table.dossiers.update(mru, dossier.id, { base, patient: { age: 45 }, callback: '0549000009' }).then(() => null, (failure: unknown) => failure);
  expect(clash).toMatchObject({ status: 409, code: 'fields-conflict', extra: { conflicts: [{ field: 'patient.age', yours: 45, theirs: 54, by: 'Camille N1' }] } });
  const after = await table.dossiers.get(mru, dossier.id);
  expect(after.callback, 'nothing of a refused change is kept').toBe('0549000001');
  expect((await table.dossiers.update(mru, dossier.id, { base: after.version, patient: { age: 45 } })).patient.age).toBe(45);
  await expect(table.dossiers.update(mru, dossier.id, { base: 99, patient: { age: 45 } })).rejects.toMatchObject({ status: 412 });
});

test('[REG-27] what one of two writers told last is never lost in silence, in any order', () => {
  const names = ['lastName', 'firstName', 'history'] as const;
  const change = fc.record({ behind: fc.nat(3), field: fc.constantFrom(...names), value: fc.constantFrom('a', 'b', 'c') });
  fc.assert(fc.property(fc.array(change, { maxLength: 20 }), (changes) => {
    let dossier = openDossier({ id: 'd', number: 'n', territory: '86', now: Temporal.Instant.from('2026-01-13T07:00:00Z'), author: { accountId: 'a', name: 'A', roles: [], status: null, filieres: [] }, call: null, suiteOf: null, programmedFor: null, degradedFrom: null });
    const history = [dossier];
    for (const { behind, field, value } of changes) {
      const seen = history[Math.max(0, history.length - 1 - behind)]!;
      const merged = mergeFields(dossier, { base: seen.version, patient: { [field]: value } });
      const theirs = dossier.patient[field];
      const moved = seen.patient[field] !== theirs || (dossier.stamps[`patient.${field}`]?.version ?? 0) > seen.version;
      expect('conflicts' in merged).toBe(moved && theirs !== value);
      if ('conflicts' in merged || merged.changed.length === 0) continue;
      const version = dossier.version + 1;
      const next = stamped(dossier, { ...merged.dossier, version }, { version, by: 'A', at: '2026-01-13T07:00:00Z' });
      for (const [name, kept] of fieldsOf(next)) if (name !== `patient.${field}`) expect(kept).toEqual(fieldsOf(dossier).get(name));
      dossier = next;
      history.push(next);
    }
  }));
});

test('[ACT-05] an OSNP completes the patient, never the motive', async () => {
  const { os } = table.staff;
  const dossier = await table.waiting('SNP');
  await expect(table.dossiers.update(os, dossier.id, { base: dossier.version, motive: { code: 'M03.06', label: 'Douleur thoracique' } })).rejects.toMatchObject({ status: 403 });
  const done = await table.dossiers.update(os, dossier.id, { base: dossier.version, patient: { usualDoctor: 'Dr Modèle', usualDoctorContact: 'indisponible' } });
  expect(done.patient.usualDoctorContact).toBe('indisponible');
});

test('[REG-14] the usual doctor is asked for on an SNP dossier until the answer is stored', async () => {
  const { mrg } = table.staff;
  const dossier = await table.waiting('SNP');
  expect(dossier.prompts).toEqual(['usual-doctor']);
  expect((await table.dossiers.update(mrg, dossier.id, { base: dossier.version, patient: { usualDoctorContact: 'sans-mt' } })).prompts).toEqual([]);
});

test('[REG-27] who is here and in which field, forgotten after 30 seconds; told to the others when it changes', async () => {
  const { n1, mru } = table.staff;
  const { id } = await table.opened();
  const told = async () => (await table.announced('dossier')).filter((one) => one.ids['dossierId'] === id && one.ids['presence']).length;
  await table.dossiers.presence(n1, id, 'patient.lastName');
  await table.dossiers.presence(n1, id, 'patient.lastName');
  expect(await told()).toBe(1);
  expect(await table.dossiers.presence(mru, id, null)).toEqual([
    { accountId: n1.accountId, name: 'Camille N1', field: 'patient.lastName' }, { accountId: mru.accountId, name: 'Dr Urgence', field: null },
  ]);
  table.clock.advance({ seconds: 31 });
  expect((await table.dossiers.get(mru, id)).presence).toEqual([]);
});

test('[REG-20] medical and logistic notes, each with author, role and time, without a new version of the dossier', async () => {
  const { n1, mru } = table.staff;
  const dossier = await table.opened();
  await table.dossiers.addNote(n1, dossier.id, { kind: 'logistique', text: 'Code portail 12B' });
  await table.dossiers.addNote(mru, dossier.id, { kind: 'medicale', text: 'Antécédent coronarien' });
  const read = await table.dossiers.get(mru, dossier.id);
  expect(read.version).toBe(dossier.version);
  expect(read.notes).toMatchObject([{ kind: 'logistique', author: 'Camille N1', role: 'arm', writtenAt: null }, { kind: 'medicale', author: 'Dr Urgence', role: 'mru' }]);
});

test('[PCA-02] a paper form is re-entered with its own times and marked; the journal has both times', async () => {
  const { n1 } = table.staff;
  table.at('14:20');
  const dossier = await table.dossiers.open(n1, { degradedFrom: '2026-01-13T14:04:00+01:00' });
  expect(dossier).toMatchObject({ degraded: true, openedAt: '2026-01-13T13:04:00Z', calls: [] });
  const note = await table.dossiers.addNote(n1, dossier.id, { kind: 'medicale', text: 'Malaise', writtenAt: '2026-01-13T14:05:00+01:00' });
  expect(note).toMatchObject({ at: '2026-01-13T13:20:00Z', writtenAt: '2026-01-13T13:05:00Z' });
  const entries = await table.events(dossier.id);
  expect(entries.map((one) => one.payload)).toMatchObject([{ degradedFrom: '2026-01-13T13:04:00Z' }, { degraded: true, writtenAt: '2026-01-13T13:05:00Z' }]);
  await expect(table.dossiers.open(n1, { degradedFrom: '2026-01-13T18:00:00+01:00' })).rejects.toMatchObject({ status: 422 });
  const live = await table.opened();
  await table.dossiers.addNote(n1, live.id, { kind: 'logistique', text: 'x', writtenAt: '2026-01-13T14:06:00+01:00' });
  expect((await table.dossiers.get(n1, live.id)).degraded).toBe(true);
});

test('[PCA-02] a form entered twice, interrupted or by two people at once, opens one dossier and writes each note once', async () => {
  const { n1, n2, os } = table.staff;
  table.at('14:20');
  const form = { degradedFrom: '2026-01-13T14:04:00+01:00', formNumber: 'K7QMP-012' };
  const both = await Promise.all([table.dossiers.open(n1, form), table.dossiers.open(n2, form)]);
  expect(new Set(both.map((one) => one.id)).size).toBe(1);
  const again = await table.dossiers.open(n1, form);
  expect(again).toMatchObject({ id: both[0].id, number: both[0].number, version: 1, openedAt: '2026-01-13T13:04:00Z' });
  const note = { id: '0f8fad5b-d9cb-469f-a165-70867728950e', kind: 'medicale' as const, text: 'Malaise', writtenAt: '2026-01-13T14:05:00+01:00' };
  const written = await table.dossiers.addNote(n1, again.id, note);
  expect(await table.dossiers.addNote(n1, again.id, note)).toEqual(written);
  expect((await table.dossiers.get(n1, again.id)).notes).toHaveLength(1);
  expect((await table.events(again.id)).filter((one) => one.event === 'open' || one.event === 'note-added')).toHaveLength(2);
  await expect(table.dossiers.open(n1, { ...form, degradedFrom: '2026-01-13T14:05:00+01:00' }), 'another call under the same number').rejects.toMatchObject({ code: 'form-already-entered' });
  await expect(table.dossiers.open(n1, { formNumber: 'K7QMP-013', callId: table.ring() })).rejects.toMatchObject({ code: 'incomplete' });
  await expect(table.dossiers.open(os, form)).rejects.toMatchObject({ code: 'transition-forbidden' });
  expect((await table.dossiers.open(n1, { ...form, formNumber: 'K7QMP-013' })).id).not.toBe(again.id);
});

test('[SEC-09] before creating an identity, the dossiers that may be the same are shown with what brings them together', async () => {
  const { n1 } = table.staff;
  const first = await table.play(await table.opened(n1, '+33549445566'), [n1, qualification({ callback: '05 49 44 55 66', patient: { lastName: 'Éxemple', firstName: 'Ada', birthDate: '1950-03-02' } })]);
  const second = await table.opened(n1, '+33549445566');
  expect((await table.dossiers.similar(n1, second.id)).map((line) => [line.id, line.why])).toEqual([[first.id, ['phone']]]);
  const third = await table.play(await table.opened(n1, '+33549000777'), [n1, qualification({ callback: '0549000777', location: { ...location, address: '9 rue Neuve' }, patient: { lastName: 'EXEMPLE', firstName: 'ada', birthDate: '1950-03-02' } })]);
  expect((await table.dossiers.similar(n1, third.id)).map((line) => [line.id, line.why])).toEqual([[first.id, ['identity', 'birth-date']]]);
  expect((await table.dossiers.search(n1, { q: 'exemple a', limit: 10 })).map((line) => line.id)).toEqual([third.id, first.id]);
  expect((await table.dossiers.search(n1, { q: first.number.toLowerCase(), limit: 10 })).map((line) => line.id)).toEqual([first.id]);
  expect((await table.dossiers.search(n1, { q: '05 49 44 55 66', limit: 10 })).map((line) => line.id)).toEqual([second.id, first.id]);
});

test('[REG-08, TEL-14] merge moves the calls and keeps both histories; split gives one victim his own dossier', async () => {
  const { n1, sv } = table.staff;
  const kept = await table.play(await table.opened(), [n1, qualification()]);
  const doubled = await table.play(await table.opened(), [n1, qualification()]);
  const merged = await table.play(doubled, [sv, { action: 'merge', into: kept.id, reason: 'même accident' }]);
  expect(merged).toMatchObject({ state: 'ACHEVE', mergedInto: kept.id, calls: [] });
  const both = await table.dossiers.get(sv, kept.id);
  expect(both.calls.map((call) => call.id)).toEqual([kept.calls[0]!.id, doubled.calls[0]!.id]);
  expect(table.links.get(doubled.calls[0]!.id)).toBe(kept.id);
  expect((await table.events(doubled.id)).map((one) => one.event)).toContain('qualify');
  const left = await table.play(both, [sv, { action: 'split', reason: 'deux victimes', callIds: [doubled.calls[0]!.id] }]);
  expect(left.calls).toHaveLength(1);
  const opened = await table.database.for('dossier').one<{ id: string }>(sql`select id from dossier.dossier where body->>'splitFrom' = ${kept.id}`);
  expect(await table.dossiers.get(sv, opened.id)).toMatchObject({ step: 'OUVERT', splitFrom: kept.id, location: { city: 'Poitiers' }, calls: [{ id: doubled.calls[0]!.id }] });
});

test('[REG-26] a dossier planned for later becomes active at its time, and waits for N1', async () => {
  const { n1 } = table.staff;
  table.at('15:00');
  const planned = await table.dossiers.open(n1, { programmedFor: '2026-01-13T16:00:00+01:00' });
  expect(planned).toMatchObject({ state: 'PROGRAM', step: null });
  table.at('16:00');
  await table.dossiers.due();
  expect(await table.dossiers.get(n1, planned.id)).toMatchObject({ state: 'ACTIF', step: 'OUVERT', queue: 'N1' });
});

test('[REG-17] a new call on a closed dossier opens its suite; on one still open it must be attached', async () => {
  const { n1 } = table.staff;
  const ended = await table.play(await table.opened(), [n1, { action: 'close-as-d', code: 'ADMIN' }]);
  await expect(table.dossiers.open(n1, { callId: table.ring(), suiteOf: ended.id })).rejects.toMatchObject({ code: 'dossier-still-open' });
  table.clock.advance({ hours: 25 });
  await table.dossiers.due();
  expect(await table.refused(n1, ended, { action: 'attach-call', callId: table.ring() })).toMatchObject({ status: 409 });
  expect(await table.dossiers.open(n1, { callId: table.ring(), suiteOf: ended.id })).toMatchObject({ suiteOf: ended.id, step: 'OUVERT' });
});

test('[REG-07] a P0 or P1 call cut off makes a call-back task at once; a call that ends as planned does not', async () => {
  const { n1 } = table.staff;
  const end = (callId: string, planned: boolean) => table.database.for('dossier').transaction((tx) => table.dossiers.links.callEnded(tx, callId, { at: table.clock.now(), planned }));
  const dossier = await table.play(await table.opened(), [n1, { action: 'engage-p0', location }]);
  expect(await end(dossier.calls[0]!.id, false)).toBe(true);
  expect(await end(dossier.calls[0]!.id, false), 'told twice').toBe(false);
  expect(await table.dossiers.get(n1, dossier.id)).toMatchObject({ tasks: [{ kind: 'rappel-coupure', assignee: n1.accountId }], calls: [{ onLine: false }] });
  const calm = await table.play(await table.opened(), [n1, qualification()]);
  await end(calm.calls[0]!.id, false);
  expect((await table.dossiers.get(n1, calm.id)).tasks).toEqual([]);
});

test('[RDV-02, INT-05] an appointment joins its dossier and then follows its life', async () => {
  const { os } = table.staff;
  const dossier = await table.waiting('SNP');
  const told = (status: string, id = 'rdv-1') => table.database.for('dossier').transaction(async (tx) => {
    const found = await table.dossiers.links.find(tx, dossier.number);
    return table.dossiers.links.attachAppointment(tx, found!.id, { appointmentId: id, status, start: Temporal.Instant.from('2026-01-13T15:00:00Z'), practitioner: 'Dr Modèle' });
  });
  await told('booked');
  await told('noshow');
  expect(await table.dossiers.get(os, dossier.id)).toMatchObject({
    appointments: [{ appointmentId: 'rdv-1', status: 'noshow', practitioner: 'Dr Modèle', start: '2026-01-13T15:00:00Z' }],
  });
  const db = table.database.for('dossier');
  expect(await db.transaction((tx) => table.dossiers.links.find(tx, "n'importe quoi"))).toBeNull();
  await db.transaction((tx) => table.dossiers.links.recordProtocol(tx, table.staff.n1, dossier.id, { id: 'fievre', version: 2, answers: [{ question: 'Âge ?', answer: '3 ans' }], overridden: false }, null));
  expect((await table.dossiers.get(os, dossier.id)).protocol).toMatchObject({ id: 'fievre', version: 2 });
});

test('[REG-09] queues in order: priority, then age', async () => {
  const { mru } = table.staff;
  const numbers: Record<string, string> = {};
  for (const [name, priority] of [['old P2', 'P2'], ['P3', 'P3'], ['P1', 'P1'], ['new P2', 'P2']] as const) {
    table.clock.advance({ minutes: 1 });
    numbers[name] = (await table.waiting('AMU', { priority })).number;
  }
  expect(await table.queue(mru, 'MRU')).toEqual(['P1', 'old P2', 'new P2', 'P3'].map((name) => numbers[name]));
});

test('[US-OS-01] a line of a queue says what is left to do: orders not carried out, open follow-ups', async () => {
  const { mru, os } = table.staff;
  const lineOf = async (id: string) => (await table.dossiers.queues(os)).flatMap(({ dossiers }) => dossiers).find((one) => one.id === id);
  const waiting = await table.waiting('AMU');
  const decided = await table.play(waiting, [mru, { action: 'start-regulation' }], [mru, {
    action: 'decide', careLevel: 'R3', decisions: [{ type: 'SOINS_VILLE_SAS', delay: '24h' }, { type: 'CONSEIL' }],
  }]);
  const [order] = (await lineOf(decided.id))!.orders;
  expect(order).toEqual({ decisionId: decided.acts[0]!.decisions[0]!.id, type: 'SOINS_VILLE_SAS', at: decided.acts[0]!.at, delay: '24h' });
  const dueAt = table.clock.now().add({ hours: 2 }).toString();
  await table.play(decided, [os, { action: 'execute' }], [os, { action: 'follow-up', tasks: [{ kind: 'rappel-rdv', label: 'Rappeler le rendez-vous', dueAt }] }]);
  expect(await lineOf(decided.id)).toMatchObject({ orders: [], tasks: [{ kind: 'rappel-rdv', label: 'Rappeler le rendez-vous', dueAt }] });
});

test('[REG-04] a new version of the règlement intérieur, approved and dated, changes what needs a doctor; the old one stays', async () => {
  const { n1, head } = table.staff;
  const { rules } = await table.dossiers.settings.of(table.database.for('dossier'), '86');
  expect(await table.dossiers.settings.saveRules(head, '86', { ...rules, withoutDoctor: [] }, 'comité du 12 janvier')).toBe(1);
  const given = await table.play(await table.opened(), [n1, { action: 'request-validation', category: 'DR.DREG.DRPHARMA', answer: 'Pharmacie du Clain' }]);
  expect(given).toMatchObject({ step: 'A_VALIDER_MR', queue: 'VALIDATION' });
  expect(await table.dossiers.settings.saveRules(head, '86', rules, 'comité du 13 janvier')).toBe(2);
  expect((await table.events('86')).filter((one) => one.event === 'rules-approved').map((one) => one.reason)).toEqual(['comité du 12 janvier', 'comité du 13 janvier']);
});

test('[REG-27] twenty actions at once on one version: one passes, the others are told the dossier has moved on', async () => {
  const { n1 } = table.staff;
  const dossier = await table.opened();
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => table.dossiers.act(n1, dossier.id, qualification(), `"${dossier.version}"`)));
  expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
  expect(new Set(results.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code: string }).code] : [])))).toEqual(new Set(['dossier-moved-on']));
});

test('[REG-27, PDSA-05] a dossier is never given to somebody who does not regulate here, by a handover or by hand', async () => {
  const { mrg, n1, effecteur, sv } = table.staff;
  const taken = await table.play(await table.waiting('SNP'), [mrg, { action: 'start-regulation' }]);
  const mine = (await table.dossiers.handovers.list(mrg)).dossiers.map((line) => line.id);
  await expect(table.dossiers.handovers.sign(mrg, { to: effecteur.accountId, dossierIds: mine, comment: '' })).rejects.toMatchObject({ code: 'receiver-unknown', status: 422 });
  await expect(table.dossiers.act(mrg, taken.id, { action: 'hand-over', to: { accountId: effecteur.accountId, name: 'Dr Ville' }, reason: 'relève' }, '*')).rejects.toMatchObject({ code: 'receiver-unknown' });
  expect((await table.dossiers.get(sv, taken.id)).owner).toMatchObject({ accountId: mrg.accountId });
  const given = await table.play(taken, [mrg, { action: 'hand-over', to: { accountId: n1.accountId, name: 'un autre nom' }, reason: 'relève' }]);
  expect(given.owner, 'the name is the account’s own').toEqual({ accountId: n1.accountId, name: 'Camille N1' });
});
