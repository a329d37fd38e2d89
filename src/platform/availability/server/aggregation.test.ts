import fc from 'fast-check';
import sql from 'sql-template-tag';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../../../../tests/support/database.ts';
import { doctor, editorSlot } from '../domain/editor.fixture.ts';
import { EditorFailure, type EditorQuestion } from '../domain/editor.ts';
import { aggregationOf, editorNamed, emptyAnswer, fullAnswer, HandVendors, until, wanted } from './aggregation.fixture.ts';
import type { SourceAnswer } from './index.ts';

const doctors = (count: number) => Array.from({ length: count }, (_, n) => doctor(n));
const association = '386000000000017';
const statusOf = (answers: readonly SourceAnswer[]) => Object.fromEntries(answers.map(({ state }) => [state.name, state.status]));

test('[AGR-20] each vendor is handed over as soon as it answers, in the order they answer, never waiting for another', async () => {
  const database = await createTestDatabase();
  const vendors = new HandVendors();
  const { aggregation, clock } = await aggregationOf(database, ['A', 'B', 'C'].map((name) => editorNamed(name)), vendors.ask);
  const answers: SourceAnswer[] = [];
  const done = aggregation.askVendors(wanted(doctors(30), clock), (answer) => answers.push(answer));
  await until(() => vendors.calls.length === 6);

  for (const call of vendors.of('C')) call.answer();
  await until(() => answers.length === 1);
  expect(answers[0]).toMatchObject({ state: { name: 'C', status: 'ok', slotCount: 30, problems: [] } });

  for (const call of vendors.of('A')) call.fail(new EditorFailure('http', 'Erreur 500.'));
  await until(() => answers.length === 2);
  expect(answers[1]).toMatchObject({ state: { name: 'A', status: 'error', detail: 'Erreur 500.' }, slots: [] });

  vendors.of('B')[0]!.answer();
  vendors.of('B')[1]!.answer();
  await done;
  expect(answers.map(({ state }) => state.name)).toEqual(['C', 'A', 'B']);
});

test('[AGR-05] a slot of a vendor carries all its attributes, a sealed id and the booking address with its origin', async () => {
  const database = await createTestDatabase();
  const { aggregation, search } = await aggregationOf(database, [editorNamed('A', { origin: 'sas-86' })], async (_, question) => fullAnswer(question));
  const [answer] = await search(['810000000017']);
  const [found] = answer!.slots;
  expect(found).toMatchObject({
    nationalId: '810000000017', placeId: null, place: { name: 'Cabinet des Tilleuls' }, specialties: ['SM54'],
    slot: {
      start: '2026-01-13T10:00:00Z', end: '2026-01-13T10:15:00Z', modalities: ['AMB'], types: ['PUBLIC', 'SNP'], withAppointment: true,
      source: 'A', remaining: null, bookingUrl: 'https://agenda.example/p/17?vue=jour&origin=sas-86',
    },
  });
  expect(await aggregation.openSealedSlot(found!.slot.id)).toEqual({ ...editorSlot({}), editor: 'A', origin: 'sas-86' });
});

test('[INT-02] P02, P04: associations go through the SOS flow, to the vendors that have it; structures of other kinds to none', async () => {
  const database = await createTestDatabase();
  const vendors = new HandVendors();
  const { aggregation, clock } = await aggregationOf(database, [editorNamed('A'), editorNamed('S', { flows: ['sos', 'cpts', 'ps'] })], vendors.ask);
  const done = aggregation.askVendors(wanted(doctors(26), clock, [association, '1860000123']), () => undefined);
  await until(() => vendors.calls.length === 5);
  for (const call of vendors.calls) call.answer();
  await done;
  const asked = (name: string) => vendors.of(name).map(({ question }) => [question.flow, question.ids.length]).sort();
  expect(asked('A')).toEqual([['ps', 1], ['ps', 25]].sort());
  expect(asked('S')).toEqual([['cpts', 1], ['cpts', 25], ['sos', 1]].sort());
});

test('[AGR-14] P06: a late vendor is said late at the deadline, its late body ignored, the others already shown', async () => {
  const database = await createTestDatabase();
  const mute = new HandVendors();
  const { aggregation, clock } = await aggregationOf(database, [editorNamed('Fast'), editorNamed('Slow')], async (editor, question, signal) =>
    editor.name === 'Slow' && question.ids.length === 1 ? mute.ask(editor, question, signal) : fullAnswer(question), { deadlineMs: 200 });
  const answers: SourceAnswer[] = [];
  await aggregation.askVendors(wanted(doctors(26), clock), (answer) => answers.push(answer));
  expect(answers.map(({ state, slots }) => [state.name, state.status, slots.length])).toEqual([['Fast', 'ok', 26], ['Slow', 'late', 25]]);
  expect(answers[1]!.state.detail).toBe('Pas de réponse en 0,2 s. Réponse partielle : 1 appel sur 2 sans réponse.');

  expect(mute.calls[0]!.signal.aborted).toBe(true);
  mute.calls[0]!.answer();
  await new Promise((resolve) => setImmediate(resolve));
  expect(answers).toHaveLength(2);
});

test('[AGR-14] calls that wait their turn at a crowded vendor end at the deadline too, and are no failure of the vendor', async () => {
  const database = await createTestDatabase();
  const vendors = new HandVendors();
  const { aggregation, search } = await aggregationOf(database, [editorNamed('A', { concurrency: 1 })], vendors.ask, { deadlineMs: 200 });
  const [answer] = await search(doctors(75));
  expect(answer!.state).toMatchObject({ status: 'late', slotCount: 0 });
  expect(vendors.calls).toHaveLength(1);
  await aggregation.flush();
  expect(await database.for('availability').query(sql`select status from availability.editor_call`)).toEqual([{ status: 'late' }]);
});

test('[AGR-14] P07: whatever goes wrong with a vendor costs only its own slots', async () => {
  const database = await createTestDatabase();
  const behaviours: Record<string, (question: EditorQuestion) => Promise<never>> = {
    Http: () => Promise.reject(new EditorFailure('http', 'Erreur 500.')),
    Tls: () => Promise.reject(new EditorFailure('tls', 'Certificat refusé.')),
    Big: () => Promise.reject(new EditorFailure('too-large', 'Réponse de plus de 10 Mo.')),
    Bug: () => Promise.reject(new TypeError('x is not a function')),
    Throws: () => { throw new TypeError('at once'); },
  };
  const names = [...Object.keys(behaviours), 'Good', 'Lying'];
  const { search } = await aggregationOf(database, names.map((name) => editorNamed(name)), async (editor, question) => {
    const bad = behaviours[editor.name];
    if (bad) return bad(question);
    if (editor.name === 'Good') return fullAnswer(question);
    return {
      knownIds: ['810000000099'],
      problems: [{ rule: 'rpps-not-asked', element: 'Bundle.entry[0].resource', severity: 'error' as const, message: 'non demandé', sample: null }],
      slots: [editorSlot({ nationalId: '810000000099' }), editorSlot({ nationalId: question.ids[0], start: Temporal.Instant.from('2020-01-01T00:00:00Z') })],
    };
  });
  const answers = await search(doctors(3));
  expect(statusOf(answers)).toEqual({ Http: 'error', Tls: 'error', Big: 'error', Bug: 'error', Throws: 'error', Good: 'ok', Lying: 'ok' });
  expect(answers.flatMap(({ slots }) => slots).map(({ slot }) => slot.source)).toEqual(['Good', 'Good', 'Good']);
  expect(answers.find(({ state }) => state.name === 'Lying')!.state.problems).toHaveLength(1);
});

test('[AGR-14] a slot whose booking address is unusable is not shown and is reported, the others are', async () => {
  const database = await createTestDatabase();
  const { search } = await aggregationOf(database, [editorNamed('A')], async (_, question) => ({
    ...fullAnswer(question),
    slots: [editorSlot({ nationalId: question.ids[0] }), editorSlot({ nationalId: question.ids[0], modalities: ['VR'], bookingUrl: 'javascript:alert(1)' })],
  }), {
    bookingUrl: (url) => {
      if (!url.startsWith('https:')) throw new Error('refused');
      return url;
    },
  });
  const [answer] = await search(doctors(1));
  expect(answer!.slots).toHaveLength(1);
  expect(answer!.state.problems).toMatchObject([{ rule: 'slot-booking-url', sample: 'javascript:alert(1)' }]);
});

test('[AGR-14] a vendor that floods its answer is cut, and told', async () => {
  const database = await createTestDatabase();
  const { search } = await aggregationOf(database, [editorNamed('A')], async (_, question) => ({
    ...fullAnswer(question),
    slots: Array.from({ length: 60_000 }, (_, n) => editorSlot({ nationalId: question.ids[0], start: Temporal.Instant.from('2026-01-13T09:00:00Z').add({ seconds: n }), end: Temporal.Instant.from('2026-01-15T09:00:00Z') })),
  }));
  const [answer] = await search(doctors(1));
  expect(answer!.slots).toHaveLength(5_000);
  expect(answer!.state.problems).toMatchObject([{ rule: 'too-many-slots', sample: '60000' }]);
});

test('[AGR-20] the same question asked by several searches at once goes out once; the answer serves a few seconds, with its age', async () => {
  const database = await createTestDatabase();
  const vendors = new HandVendors();
  const { aggregation, clock, search } = await aggregationOf(database, [editorNamed('A')], vendors.ask);
  const both = [search(doctors(3)), search(doctors(3))];
  await until(() => vendors.calls.length === 1);
  vendors.calls[0]!.answer();
  for (const answers of await Promise.all(both)) expect(answers[0]).toMatchObject({ state: { status: 'ok', slotCount: 3, ageMs: 0 } });

  clock.advance({ seconds: 4 });
  expect((await search([doctor(1)]))[0]).toMatchObject({ state: { slotCount: 1, ageMs: 4_000 } });
  expect(vendors.calls).toHaveLength(1);
  clock.advance({ seconds: 1 });
  const later = { from: clock.now().add({ hours: 1 }), to: clock.now().add({ hours: 60 }), professionals: [doctor(1)], structures: [] };
  const other = aggregation.askVendors(later, () => undefined);
  await until(() => vendors.calls.length === 2);
  vendors.calls.pop()!.answer();
  await other;

  clock.advance({ seconds: 10 });
  const again = aggregation.askVendors(later, ({ state }) => expect(state.ageMs).toBe(0));
  await until(() => vendors.calls.length === 2);
  vendors.calls[1]!.answer();
  await again;
});

test('[AGR-03] the short memory never gives a slot that has begun meanwhile', async () => {
  const database = await createTestDatabase();
  const { clock, search } = await aggregationOf(database, [editorNamed('A')], async (_, question) => ({
    ...fullAnswer(question),
    slots: [editorSlot({ nationalId: question.ids[0], start: Temporal.Instant.from('2026-01-13T08:00:03Z') }), editorSlot({ nationalId: question.ids[0] })],
  }));
  expect((await search(doctors(1)))[0]!.slots).toHaveLength(2);
  clock.advance({ seconds: 5 });
  const [answer] = await search(doctors(1));
  expect(answer!.state.ageMs).toBe(5_000);
  expect(answer!.slots.map(({ slot }) => slot.start)).toEqual(['2026-01-13T10:00:00Z']);
});

test('[AGR-03] a booking makes the next search ask again about that professional, and only him', async () => {
  const database = await createTestDatabase();
  const asked: (readonly string[])[] = [];
  const { aggregation, search } = await aggregationOf(database, [editorNamed('A')], async (_, question) => {
    asked.push(question.ids);
    return fullAnswer(question);
  });
  await search(doctors(3));
  aggregation.forget(doctor(1));
  await search(doctors(3));
  expect(asked).toEqual([doctors(3), [doctor(1)]]);
});

test('[AGR-20] when every caller has gone away the call is given up, and counts for nothing', async () => {
  const database = await createTestDatabase();
  const vendors = new HandVendors();
  const { aggregation, clock } = await aggregationOf(database, [editorNamed('A')], vendors.ask);
  const warm = aggregation.askVendors(wanted(doctors(2), clock), () => undefined);
  await until(() => vendors.calls.length === 1);
  vendors.calls.pop()!.answer();
  await warm;
  clock.advance({ seconds: 20 });

  const [first, second] = [new AbortController(), new AbortController()];
  const answers: SourceAnswer[] = [];
  const searches = [first, second].map(({ signal }) => aggregation.askVendors(wanted(doctors(2), clock), (answer) => answers.push(answer), signal));
  await until(() => vendors.calls.length === 1);

  first.abort();
  await searches[0];
  expect(vendors.calls[0]!.signal.aborted).toBe(false);
  second.abort();
  await searches[1];
  expect(vendors.calls[0]!.signal.aborted).toBe(true);
  expect(answers).toEqual([]);
  await aggregation.flush();
  expect(await database.for('availability').query(sql`select status from availability.editor_call`)).toEqual([{ status: 'ok' }]);

  await aggregation.askVendors(wanted(doctors(2), clock), (answer) => answers.push(answer), AbortSignal.abort());
  expect(vendors.calls).toHaveLength(1);
});

test('[AGR-14] a vendor that keeps failing is left alone, said so, then tried with one call and asked again', async () => {
  const database = await createTestDatabase();
  let up = false;
  let calls = 0;
  const { aggregation, clock, search } = await aggregationOf(database, [editorNamed('A')], async (_, question) => {
    calls++;
    if (!up) throw new EditorFailure('network', 'Connexion refusée.');
    return fullAnswer(question);
  });
  for (let i = 0; i < 5; i++) expect((await search(doctors(2)))[0]!.state.status).toBe('error');
  clock.advance({ seconds: 3 });
  expect((await search(doctors(2)))[0]!.state).toMatchObject({
    status: 'circuit-open', detail: 'Suspendu depuis 3 s après des échecs répétés ; il est essayé à nouveau de temps en temps.',
  });
  expect(calls).toBe(5);

  up = true;
  clock.advance({ seconds: 2 });
  const [probe] = await search(doctors(50));
  expect(calls).toBe(6);
  expect(probe).toMatchObject({ state: { status: 'circuit-open', slotCount: 25 } });
  expect((await search(doctors(50)))[0]!.state).toMatchObject({ status: 'ok', slotCount: 50 });
  await aggregation.flush();
  const rows = await database.for('availability').query(sql`select distinct status from availability.editor_call order by 1`);
  expect(rows).toEqual([{ status: 'circuit-open' }, { status: 'error' }, { status: 'ok' }]);
});

test('[AGR-20] learns who is where and stops asking the others; a new vendor is asked about everyone, other processes profit', async () => {
  const database = await createTestDatabase();
  const asked: string[] = [];
  const ask = async (editor: { name: string }, question: EditorQuestion) => {
    asked.push(...question.ids.map((id) => `${editor.name} ${id}`));
    const mine = question.ids.filter((id) => (id === doctor(1) ? editor.name === 'A' : editor.name === 'B'));
    return { ...emptyAnswer, slots: mine.map((nationalId) => editorSlot({ nationalId })), knownIds: mine };
  };
  const first = await aggregationOf(database, [editorNamed('A'), editorNamed('B')], ask);
  await first.search([doctor(1), doctor(2)]);
  expect(asked).toHaveLength(4);
  await first.aggregation.flush();

  asked.length = 0;
  const second = await aggregationOf(database, [], ask);
  const answers = await second.search([doctor(1), doctor(2)]);
  expect(asked.sort()).toEqual([`A ${doctor(1)}`, `B ${doctor(2)}`]);
  expect(answers.map(({ slots }) => slots.length)).toEqual([1, 1]);

  asked.length = 0;
  await second.aggregation.editors.save(editorNamed('C'), { actor: 'test', role: null });
  await second.search([doctor(1), doctor(2)]);
  expect(asked.filter((line) => line.startsWith('C')).sort()).toEqual([`C ${doctor(1)}`, `C ${doctor(2)}`]);

  asked.length = 0;
  second.clock.advance({ hours: 32 });
  await second.search([doctor(1), doctor(2)]);
  expect(asked).toHaveLength(6);
  expect(await second.aggregation.countKnown([doctor(1), doctor(2), doctor(3)])).toBe(2);
});

test('[AGR-14] with the database unable to keep notes, searches go on and nothing learnt is lost', async () => {
  const database = await createTestDatabase();
  const { aggregation, search } = await aggregationOf(database, [editorNamed('A')], async (_, question) => fullAnswer(question));
  await database.owner.pool.query('revoke all on availability.editor_call, availability.editor_knowledge from sas_availability');
  expect((await search(doctors(2)))[0]!.state.status).toBe('ok');
  await expect(aggregation.flush()).rejects.toThrow('permission denied');
  await database.owner.pool.query('grant all on availability.editor_call, availability.editor_knowledge to sas_availability');
  await aggregation.flush();
  const db = database.for('availability');
  expect(await db.query(sql`select asked, slots from availability.editor_call`)).toEqual([{ asked: 2, slots: 2 }]);
  expect(await db.query(sql`select national_id as id from availability.editor_knowledge where seen_at is not null order by 1`)).toEqual(doctors(2).map((id) => ({ id })));
});

test('[AGR-14] whatever the mix of vendors, each has exactly one final state, and those that answer all come before the mute ones', async () => {
  const database = await createTestDatabase();
  const behaviour = fc.constantFrom('answers', 'empty', 'fails', 'throws', 'mute');
  const names = ['A', 'B', 'C', 'D'];
  const { aggregation, clock } = await aggregationOf(database, names.map((name) => editorNamed(name)), async (editor, question, signal) => {
    const [kind, turns] = plan.get(editor.name)!;
    for (let turn = 0; turn < turns; turn++) await Promise.resolve();
    if (kind === 'throws') throw new TypeError('bug');
    if (kind === 'fails') throw new EditorFailure('format', 'Réponse illisible.');
    if (kind === 'mute') return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
    return kind === 'answers' ? fullAnswer(question) : { ...emptyAnswer, knownIds: question.ids };
  }, { deadlineMs: 150 });
  let plan = new Map<string, [string, number]>();
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.tuple(...names.map(() => fc.tuple(behaviour, fc.nat(20)))), fc.integer({ min: 1, max: 60 }), async (kinds, count) => {
      plan = new Map(names.map((name, index) => [name, kinds[index] as [string, number]]));
      // Past the suspensions and the memory of the run before.
      clock.advance({ hours: 1 });
      const ids = Array.from({ length: count }, (_, n) => doctor(1_000 * ++run + n));
      const order: string[] = [];
      const answers: SourceAnswer[] = [];
      await aggregation.askVendors(wanted(ids, clock), (answer) => {
        order.push(plan.get(answer.state.name)![0]);
        answers.push(answer);
      });
      expect(answers.map(({ state }) => state.name).sort()).toEqual(names);
      const firstMute = order.indexOf('mute');
      if (firstMute >= 0) expect(order.slice(firstMute).every((kind) => kind === 'mute')).toBe(true);
      for (const { state, slots } of answers) {
        expect(state.slotCount).toBe(slots.length);
        const kind = plan.get(state.name)![0];
        if (kind === 'mute') expect(['late', 'circuit-open']).toContain(state.status);
        if (kind === 'fails' || kind === 'throws') expect(['error', 'circuit-open']).toContain(state.status);
      }
    }),
    { numRuns: 25 },
  );
});
