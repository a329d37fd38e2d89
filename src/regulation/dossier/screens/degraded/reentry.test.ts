import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Dossier } from '../../contract.ts';
import { type DegradedForm, emptyForm, formNumber, formProblems, formTitle, instantOf, postLetters, takenAt, uuidOf } from './form.ts';
import { AlreadyEntered, type DossierApi, fieldsOf, reenter } from './reentry.ts';

const ZONE = 'Europe/Paris';
const NOW = Temporal.Instant.from('2026-01-13T14:00:00Z');
const note = (id: string, time: string) => ({ id, time, text: `note ${id}` });
const form = (more: Partial<DegradedForm> = {}): DegradedForm => ({
  ...emptyForm('K7QMP-012', { day: '2026-01-13', time: '14:04', by: 'Camille', paper: false, answerId: 'answer' }), phone: '05 49 00 00 01', city: 'Poitiers', motive: 'Malaise', priority: 'P2',
  filiere: 'AMU', notes: [note('n1', '14:05'), note('n2', '14:07')], answer: 'Dr Roy, 14:09 : repos, rappeler si récidive', ...more,
});

/** A server that keeps its word (one dossier a form, one note an id, versions) and may die before or after each call does its work. */
function fakeServer(dies: (call: number) => 'before' | 'after' | null = () => null) {
  const stored = new Map<string, Dossier>();
  const told: string[] = [];
  let calls = 0;
  async function serve<T>(work: () => T): Promise<T> {
    const death = dies(calls++);
    if (death === 'before') throw new Error('cut');
    const answer = work();
    if (death === 'after') throw new Error('cut');
    return answer;
  }
  const change = (id: string, part: Partial<Dossier>) => {
    const dossier = { ...stored.get(id)!, ...part, version: stored.get(id)!.version + 1 };
    stored.set(id, dossier);
    return dossier;
  };
  const api: DossierApi = {
    open: ({ degradedFrom, formNumber: number }) => serve(() => {
      if (!stored.has(number)) {
        stored.set(number, { id: number, number, openedAt: degradedFrom, version: 1, step: 'OUVERT', notes: [], validation: null, possible: ['request-validation'], motive: null } as unknown as Dossier);
        told.push('open');
      }
      return stored.get(number)!;
    }),
    update: (id, { base, ...fields }) => serve(() => {
      expect(base).toBe(1);
      if (stored.get(id)!.motive) return stored.get(id)!;
      told.push('fields');
      return change(id, fields as Partial<Dossier>);
    }),
    note: (id, body) => serve(() => {
      const dossier = stored.get(id)!;
      if (dossier.notes.some((one) => one.id === body.id)) return;
      told.push(`${body.id} ${body.writtenAt}`);
      stored.set(id, { ...dossier, notes: [...dossier.notes, body as unknown as Dossier['notes'][number]] });
    }),
    act: ({ id, version }, body) => serve(() => {
      expect(version, 'acts on the version it read').toBe(stored.get(id)!.version);
      told.push(body.action);
      return body.action === 'qualify' ? change(id, { step: 'QUALIFIE' }) : change(id, { step: 'A_VALIDER_MR', validation: { reason: body.reason } as Dossier['validation'], possible: [] });
    }),
  };
  return { api, told, stored };
}

const WHOLE = ['open', 'fields', 'n1 2026-01-13T13:05:00Z', 'n2 2026-01-13T13:07:00Z', 'qualify', 'request-validation'];

describe('re-entry of a degraded form', () => {
  test('[PCA-02] opens with the time of the call, then fields, notes with theirs, qualification, answer to sign', async () => {
    const { api, told, stored } = fakeServer();
    await reenter(form(), ZONE, 'Camille', api);
    expect(told).toEqual(WHOLE);
    expect(stored.get('K7QMP-012')).toMatchObject({ openedAt: '2026-01-13T13:04:00Z', location: { city: 'Poitiers' }, callback: '05 49 00 00 01', motive: { label: 'Malaise' } });
  });

  test('[PCA-02] killed anywhere, any number of times, before or after the server did its work: each thing is there once, in order', async () => {
    const cuts = fc.array(fc.record({ at: fc.integer({ min: 0, max: 30 }), when: fc.constantFrom('before' as const, 'after' as const) }), { maxLength: 12 });
    await fc.assert(fc.asyncProperty(cuts, async (list) => {
      const deaths = new Map(list.map(({ at, when }) => [at, when]));
      const { api, told } = fakeServer((call) => deaths.get(call) ?? null);
      for (let attempt = 0; ; attempt++) {
        const done = await reenter(form({ attempted: attempt > 0 }), ZONE, 'Camille', api).then(() => true, () => false);
        if (done) break;
      }
      expect(told).toEqual(WHOLE);
    }));
  });

  test('[PCA-02] the same paper form entered from two posts stops at the second, and says where it is', async () => {
    const { api } = fakeServer();
    await reenter(form(), ZONE, 'Camille', api);
    await expect(reenter(form({ notes: [note('other', '14:06')] }), ZONE, 'Sacha', api)).rejects.toBeInstanceOf(AlreadyEntered);
  });

  test('[PCA-02] a form hardly filled opens its dossier all the same, without what it does not say', async () => {
    const { api, told } = fakeServer();
    await reenter(form({ phone: '', city: '', motive: '', priority: null, filiere: null, notes: [], answer: '' }), ZONE, 'Camille', api);
    expect(told).toEqual(['open']);
    expect(fieldsOf(form({ phone: ' ', city: '', motive: '', age: '0', lastName: 'Exemple' }))).toEqual({ patient: { lastName: 'Exemple', age: 0 } });
  });

  test('[PCA-02, REG-26] a P0 goes to no validation queue: its answer is a note, and a doctor signs his own act', async () => {
    const { api, told } = fakeServer();
    await reenter(form({ priority: 'P0' }), ZONE, 'Camille', api);
    expect(told).toEqual([...WHOLE.slice(0, 5), 'answer 2026-01-13T13:04:00Z']);
  });

  test('[PCA-02] notes copied by a colleague name who wrote them', async () => {
    const { api, stored } = fakeServer();
    await reenter(form({ by: 'Sacha', answer: '' }), ZONE, 'Camille', api);
    expect(stored.get('K7QMP-012')!.notes[0]!.text).toBe('note n1 (écrit par Sacha)');
  });
});

describe('degraded form', () => {
  test('[PCA-02] an hour before that of the call is after midnight; both nights of the clock change are right', () => {
    expect(instantOf({ day: '2026-01-13', time: '23:50' }, '00:10', ZONE)!.toString()).toBe('2026-01-13T23:10:00Z');
    expect(takenAt(form({ day: '2026-03-29', time: '3h30' }), ZONE)!.toString()).toBe('2026-03-29T01:30:00Z');
    expect(takenAt(form({ day: '2026-10-25', time: '04:00' }), ZONE)!.toString()).toBe('2026-10-25T03:00:00Z');
    expect(takenAt(form({ time: '25h' }), ZONE)).toBeNull();
    fc.assert(fc.property(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 0, max: 1439 }), (call, written) => {
      const clock = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
      const base = { day: '2026-01-13', time: clock(call) };
      expect(Temporal.Instant.compare(instantOf(base, clock(written), ZONE)!, instantOf(base, base.time, ZONE)!)).toBeGreaterThanOrEqual(0);
    }));
  });

  test('[PCA-02] what keeps it from being entered is said field by field', () => {
    expect(formProblems(form({ time: '14:04' }), ZONE, NOW)).toEqual([]);
    const wrong = form({ number: 'K7', time: '', phone: 'abc', age: '200', notes: [note('n', '')] });
    expect(formProblems(wrong, ZONE, NOW).map(({ field }) => field)).toEqual(['number', 'time', 'phone', 'age', 'notes']);
    expect(formProblems(form({ time: '16:00', notes: [] }), ZONE, NOW).map(({ field }) => field)).toEqual(['time']);
  });

  test('[PCA-02] every post prints its own numbers', () => {
    expect(formNumber(postLetters([0, 32, 7, 31, 24, 9]), 12)).toBe('AAH92-012');
    expect(uuidOf(new Uint8Array(16).fill(255))).toBe('ffffffff-ffff-4fff-bfff-ffffffffffff');
    fc.assert(fc.property(fc.array(fc.nat(255), { minLength: 5, maxLength: 5 }), fc.integer({ min: 1, max: 999_999 }), (random, count) => {
      expect(formNumber(postLetters(random), count)).toMatch(/^[A-Z0-9]{5}-\d{3,6}$/);
    }));
  });

  test('[PCA-02] forms are told apart by patient, else place, else number', () => {
    expect(formTitle(form({ lastName: 'Exemple', firstName: 'Ada', age: '34' }))).toBe('Ada EXEMPLE, 34 ans');
    expect(formTitle(form())).toBe('Poitiers');
    expect(formTitle(form({ city: '' }))).toBe('05 49 00 00 01');
  });
});
