import { expect, test } from 'vitest';
import { actorOf } from '../../../../tests/support/agenda.ts';
import { newKey } from '../../../../tests/support/orientations.ts';
import { cds, cpts, doctorOf, insertSearch, managerOf, msp, setUpRequests, sos, WANTED } from '../../../../tests/support/requests.ts';

const byPhone = { answeredBy: 'secretariat', at: '2026-01-13T09:30:00Z' } as const;

test('[SUR-02] en sus is asked after a slot search that came back empty, or with a reason; 422 names the field', async () => {
  const { orientations, osnp, database, clock } = await setUpRequests();
  const asking = (more: object, searchId?: string) =>
    orientations.create(osnp, { enSus: { rpps: doctorOf(7).slice(1), at: '2026-01-13T20:00:00Z', ...more }, ...(searchId ? { searchId } : {}) }, newKey());
  const refusal = async (more: object, searchId?: string) => {
    const error = await asking(more, searchId).then(() => null, (thrown) => thrown);
    return `${error.status} ${error.code} ${error.fields[0].path}`;
  };
  const unjustified = (path: string) => `422 en-sus-not-justified enSus.${path}`;
  expect(await refusal({})).toBe(unjustified('reason'));
  const found = await insertSearch(database, osnp, { enSus: false, slots: 3 });
  const cut = await insertSearch(database, osnp, { enSus: false, slots: null });
  const empty = await insertSearch(database, osnp, { enSus: false, slots: 0, sources: [['Rapide', 'ok'], ['Lent', 'late']] });
  const inExcess = await insertSearch(database, osnp, { enSus: true, slots: 0 });
  const elsewhere = await insertSearch(database, osnp, { enSus: false, slots: 0, insee: '86001' });
  expect(await refusal({ emptySearchId: found })).toBe(unjustified('reason'));
  expect(await refusal({ emptySearchId: cut })).toBe(unjustified('emptySearchId'));
  expect(await refusal({ emptySearchId: inExcess })).toBe(unjustified('emptySearchId'));
  expect(await refusal({ emptySearchId: elsewhere }, inExcess)).toBe(unjustified('emptySearchId'));
  const proved = await asking({ emptySearchId: empty }, inExcess);
  expect(await orientations.requests.views.get(osnp, proved.requestId!)).toMatchObject({ emptySearchId: empty, missingSources: ['Lent'], openingReason: null });
  expect((await asking({}, empty)).status).toBe('SOLLICITE');
  const reasoned = await asking({ emptySearchId: found, reason: 'slots-too-late' });
  expect(await orientations.requests.views.get(osnp, reasoned.requestId!)).toMatchObject({ emptySearchId: null, openingReason: 'slots-too-late' });
  clock.advance({ hours: 5 });
  expect(await refusal({ emptySearchId: empty })).toBe(unjustified('emptySearchId'));
});

test('[PART-09] [ANN-11] a member is never asked in the place of his structure, nor a structure unknown to the SAS', async () => {
  const { orientations, osnp, taking } = await setUpRequests();
  taking.set(doctorOf(7), { via: 'cpts', viaStructureId: cpts, enSus: true });
  const asking = (who: object) => orientations.create(osnp, { enSus: { ...who, at: WANTED, reason: 'doctor-decision' } }, newKey());
  await expect(asking({ rpps: doctorOf(7).slice(1) })).rejects.toMatchObject({ code: 'member-of-structure', status: 422 });
  await expect(asking({ structureId: '1860000999' })).rejects.toMatchObject({ fields: [{ path: 'enSus.structureId' }] });
});

test('[SUR-03] [RDV-04] an individual is phoned: accepted with who answered and the time given, refused, or no answer', async () => {
  const { orientations, osnp, ask, chain } = await setUpRequests();
  const asked = await ask([[doctorOf(7), 1], [doctorOf(8), 1], [doctorOf(9), 2]]);
  expect(asked).toMatchObject({ status: 'SOLLICITE', possible: ['accept', 'refuse', 'no-answer', 'cancel'] });
  expect((await chain(asked.requestId!)).attempts[0]).toMatchObject({ channel: 'phone', contact: '+33549111111', remainingMs: null });
  await expect(orientations.act(osnp, asked.id, 'accept', {})).rejects.toMatchObject({ status: 422, fields: [{ path: 'answeredBy' }, { path: 'at' }] });
  await orientations.act(osnp, asked.id, 'no-answer', {});
  const [, second] = (await chain(asked.requestId!)).attempts;
  expect(second).toMatchObject({ status: 'PROPOSE', askedAt: null, possible: ['ask', 'cancel'] });
  await orientations.act(osnp, second!.orientationId, 'ask', {});
  await orientations.act(osnp, second!.orientationId, 'refuse', { reason: 'full', answeredBy: 'medecin' });
  const third = (await chain(asked.requestId!)).attempts[2]!;
  await orientations.act(osnp, third.orientationId, 'ask', {});
  expect(await orientations.act(osnp, third.orientationId, 'accept', { ...byPhone, answererId: doctorOf(9) })).toMatchObject({ status: 'PRIS', start: byPhone.at });
  const { history } = await orientations.get(osnp, third.orientationId);
  expect(history.map(({ from, to }) => `${from} ${to}`)).toEqual(['null PROPOSE', 'PROPOSE SOLLICITE', 'SOLLICITE ACCEPTE', 'ACCEPTE PRIS']);
  const whole = await chain(asked.requestId!);
  expect(whole).toMatchObject({ state: 'ACCEPTE', next: [] });
  expect(whole.attempts.map(({ status, refusal, answeredBy, answerChannel }) => ({ status, refusal, answeredBy, answerChannel }))).toEqual([
    { status: 'SANS_REPONSE', refusal: null, answeredBy: null, answerChannel: 'phone' }, { status: 'REFUSE', refusal: 'full', answeredBy: 'medecin', answerChannel: 'phone' },
    { status: 'PRIS', refusal: null, answeredBy: 'secretariat', answerChannel: 'phone' },
  ]);
});

test('[SUR-03] an individual with an account may answer himself', async () => {
  const { orientations, osnp, ask } = await setUpRequests();
  const asked = await ask([[doctorOf(7), 1]]);
  const himself = actorOf('effecteur', { nationalId: doctorOf(7) });
  expect((await orientations.requests.views.inbox(himself)).items).toMatchObject([{ orientationId: asked.id, status: 'SOLLICITE', city: 'Poitiers' }]);
  expect(await orientations.act(himself, asked.id, 'accept', { at: '2026-01-13T10:00:00Z' })).toMatchObject({ status: 'ACCEPTE', start: '2026-01-13T10:00:00Z' });
  expect(await orientations.act(osnp, asked.id, 'accept', {})).toMatchObject({ status: 'PRIS' });
});

test('[SUR-04] [SUR-05] [SUR-06] [SUR-10] a structure accepts without a name, names later, proposes a time; the orientation ends with its RPPS', async () => {
  const { orientations, osnp, ask, clock, told } = await setUpRequests();
  const asked = await ask([[cpts, 1], [msp, 2]]);
  expect(asked.status).toBe('DEMANDE');
  expect(told).toEqual([asked.id]);
  const manager = managerOf(cpts);
  const [item] = (await orientations.requests.views.inbox(manager)).items;
  expect(item).toMatchObject({ forLabel: 'CPTS fictive', city: 'Poitiers', specialty: 'SM54', wantedAt: WANTED, remainingMs: 600_000, possible: ['accept', 'refuse'] });
  expect(JSON.stringify(item)).not.toMatch(/lrm|DRM/);
  clock.advance({ minutes: 3 });
  expect((await orientations.requests.views.inbox(manager)).items[0]!.remainingMs).toBe(420_000);
  expect(await orientations.act(manager, asked.id, 'accept', { at: '2026-01-13T11:00:00Z' })).toMatchObject({ status: 'ACCEPTE_SANS_NOM', start: '2026-01-13T11:00:00Z' });
  clock.advance({ minutes: 12 });
  await expect(orientations.act(manager, asked.id, 'name', { nationalId: doctorOf(4) })).rejects.toMatchObject({ code: 'professional-not-member' });
  expect(await orientations.act(manager, asked.id, 'name', { nationalId: doctorOf(2) })).toMatchObject({ status: 'ACCEPTE_NOMME', nationalId: doctorOf(2) });
  expect(await orientations.act(osnp, asked.id, 'accept', {})).toMatchObject({ status: 'PRIS', nationalId: doctorOf(2), start: '2026-01-13T11:00:00Z' });
  const named = await ask([[msp, 1]]);
  expect(await orientations.act(managerOf(msp), named.id, 'accept', { nationalId: doctorOf(5) })).toMatchObject({ status: 'ACCEPTE_NOMME', nationalId: doctorOf(5) });
});

test('[SUR-06] [RDV-04] a structure without the web channel is phoned, and the operator records its answer in its name', async () => {
  const { orientations, osnp, ask, chain } = await setUpRequests();
  const asked = await ask([[cpts, 1], [sos, 2]]);
  await orientations.act(managerOf(cpts), asked.id, 'refuse', { reason: 'no-doctor' });
  const call = (await chain(asked.requestId!)).attempts[1]!;
  expect(call).toMatchObject({ status: 'PROPOSE', channel: 'phone', contact: '+33549000000', remainingMs: null });
  await orientations.act(osnp, call.orientationId, 'ask', {});
  expect((await chain(asked.requestId!)).attempts[1]).toMatchObject({ status: 'DEMANDE', remainingMs: 600_000 });
  await expect(orientations.act(osnp, call.orientationId, 'refuse', {})).rejects.toMatchObject({ fields: [{ path: 'answeredBy' }] });
  expect(await orientations.act(osnp, call.orientationId, 'accept', { ...byPhone, nationalId: doctorOf(6) })).toMatchObject({ status: 'PRIS', nationalId: doctorOf(6), start: byPhone.at });
});

test('[SUR-08] the next of the charter is asked by itself when the delay is over, exactly then, also after a restart; then the operator is told', async () => {
  const { requests, ask, pass, chain, told, database } = await setUpRequests();
  await requests.delays.save(actorOf('responsable-sas'), '86', { CPTS: 4 });
  const asked = await ask([[cpts, 1], [msp, 2]]);
  expect(await pass({ minutes: 3, seconds: 59, milliseconds: 999 })).toBe(0);
  expect(await pass({ milliseconds: 1 })).toBe(1);
  const second = await chain(asked.requestId!);
  expect(second.attempts.map(({ status, remainingMs }) => [status, remainingMs])).toEqual([['EXPIRE', null], ['DEMANDE', 600_000]]);
  expect(told).toHaveLength(2);
  // The process stopped between the two: another takes over from what is stored.
  await database.owner.pool.query(`update orientation.request set current_id = null, deadline_at = null`);
  await database.owner.pool.query(`update orientation.orientation set status = 'REFUSE' where status = 'DEMANDE'`);
  await pass({ seconds: 6 });
  expect(await chain(asked.requestId!)).toMatchObject({ state: 'EPUISE', next: [] });
});

test('[SUR-08] cancelled by the SAS, nobody else is asked; given back or unsuitable, the next one is', async () => {
  const { orientations, osnp, ask, chain } = await setUpRequests();
  const stopped = await ask([[cpts, 1], [msp, 2]]);
  await orientations.act(osnp, stopped.id, 'cancel', {});
  expect(await chain(stopped.requestId!)).toMatchObject({ state: 'ANNULE', attempts: [{ status: 'ANNULE_SAS' }] });
  const givenBack = await ask([[cpts, 1], [msp, 2]]);
  await orientations.act(managerOf(cpts), givenBack.id, 'accept', {});
  expect(await chain(givenBack.requestId!)).toMatchObject({ state: 'ACCEPTE' });
  await orientations.act(managerOf(cpts), givenBack.id, 'cancel', {});
  expect(await chain(givenBack.requestId!)).toMatchObject({ state: 'EN_COURS', attempts: [{ status: 'ANNULE_EFFECTEUR' }, { status: 'DEMANDE' }] });
  const late = await ask([[msp, 1], [cpts, 2]]);
  await orientations.act(managerOf(msp), late.id, 'accept', { nationalId: doctorOf(4), at: '2026-01-14T17:00:00Z' });
  await orientations.act(osnp, late.id, 'decline', {});
  expect((await chain(late.requestId!)).attempts.map(({ status }) => status)).toEqual(['REFUSE', 'DEMANDE']);
});

test('[SUR-08] [RDV-06] a level passed over needs a reason and is not asked; who was set aside, closed or stopped accepting is passed, and it is kept', async () => {
  const { orientations, osnp, searched, chain, taking } = await setUpRequests();
  const { searchId, emptySearchId } = await searched([[cpts, 1], [msp, 2], [doctorOf(7), 3], [doctorOf(8), 3]]);
  const asking = (more: object) => orientations.create(osnp, { searchId, enSus: { structureId: msp, at: WANTED, emptySearchId }, ...more }, newKey());
  await expect(asking({})).rejects.toMatchObject({ code: 'charter-level-skipped', fields: [{ path: 'skipReason' }] });
  const asked = await asking({ skipReason: 'too-far' });
  expect(asked.skipReason).toBe('too-far');
  taking.set(doctorOf(7), { via: 'individual', enSus: false });
  await orientations.act(managerOf(msp), asked.id, 'refuse', {});
  const { attempts, passed } = await chain(asked.requestId!);
  expect(attempts.map(({ label, status }) => [label, status])).toEqual([['MSP fictive', 'REFUSE'], ['Nom08 Ada', 'PROPOSE']]);
  expect(passed).toEqual([{ label: 'Nom07 Ada', why: 'no-longer-accepts' }]);
});

test('[ACT-18] [SEC-05] who does not answer for the structure, or no longer does, is refused and journaled', async () => {
  const { orientations, ask, database } = await setUpRequests();
  const asked = await ask([[cpts, 1]]);
  const delegate = actorOf('delegataire', { delegations: [{ nationalId: null, structureId: cpts, scopes: ['requests'] }] });
  expect((await orientations.requests.views.inbox(delegate)).items).toHaveLength(1);
  const ended = { ...delegate, delegations: [] };
  expect((await orientations.requests.views.inbox(ended)).items).toEqual([]);
  const strangers = [ended, managerOf(msp), actorOf('effecteur', { nationalId: doctorOf(1) }), actorOf('osnp', { territories: ['79'] })];
  for (const stranger of strangers) {
    await expect(orientations.act(stranger, asked.id, 'accept', { answeredBy: 'medecin', at: WANTED })).rejects.toMatchObject({ code: 'transition-forbidden', status: 403 });
  }
  const { rows } = await database.owner.pool.query("select actor from foundation.journal where event = 'transition-refused' order by seq");
  expect(rows.map(({ actor }) => actor)).toEqual(strangers.map(({ accountId }) => accountId));
  await expect(orientations.requests.views.get(actorOf('osnp', { territories: ['79'] }), asked.requestId!)).rejects.toMatchObject({ status: 404 });
  expect(await orientations.act(delegate, asked.id, 'accept', {})).toMatchObject({ status: 'ACCEPTE_SANS_NOM' });
});

test('[SUR-08] a structure learns that a request is closed: stopped by the SAS, or accepted by another after its delay', async () => {
  const { orientations, osnp, ask, pass, chain, closed } = await setUpRequests();
  const stopped = await ask([[msp, 1]]);
  await orientations.act(osnp, stopped.id, 'cancel', {});
  expect(closed.splice(0)).toEqual([msp]);

  const asked = await ask([[cpts, 1], [sos, 2], [doctorOf(7), 3]]);
  await pass({ minutes: 10 });
  expect(closed).toEqual([]);
  const [, second] = (await chain(asked.requestId!)).attempts;
  await orientations.act(osnp, second!.orientationId, 'ask', {});
  await orientations.act(osnp, second!.orientationId, 'refuse', { answeredBy: 'secretariat' });
  const { orientationId } = (await chain(asked.requestId!)).attempts[2]!;
  await orientations.act(osnp, orientationId, 'ask', {});
  await orientations.act(osnp, orientationId, 'accept', byPhone);
  expect(closed).toEqual([cpts]);

  const answered = await ask([[cds, 1]]);
  await orientations.act(managerOf(cds), answered.id, 'accept', {});
  expect(closed).toEqual([cpts]);
});
