import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Dossier, Priority } from '../../contract.ts';
import { type Ground, passing, qualifying, sameGround } from './passing.ts';
import { nowhere } from './place.ts';
import { departs, emptyQualification, missingFields, missingWords, type Qualification, qualificationOf } from './qualification.ts';

const place = { ...nowhere, city: 'Poitiers' };
const fever = { code: 'M03.14', label: 'Fièvre' };
const kept: Qualification = { motive: fever, priority: 'P2', filiere: 'SNP', reason: '' };
const dossier = (more: Partial<Dossier> = {}): Dossier =>
  ({ id: 'd', state: 'ACTIF', step: 'OUVERT', priority: 'P2', filiere: null, motive: null, location: place, callback: '0549000001', owner: null, queue: null, mergedInto: null, ...more }) as Dossier;
const ground = (more: Partial<Dossier> = {}, rest: Partial<Ground> = {}): Ground => ({
  dossier: dossier(more), known: { place, callback: '0549000001', kept, proposal: null }, bilevel: true, talking: true, ...rest,
});
const actions = (key: 'F5' | 'F6', where: Ground) => passing(key, where).deeds.map((deed) => (deed.kind === 'act' ? deed.action : `transfer ${deed.level}`));

describe('keys that pass a dossier on', () => {
  test('[TEL-14] [REG-05] F5 and F6 keep the qualification and send the dossier; the caller follows by himself', () => {
    expect(actions('F5', ground())).toEqual(['qualify', 'send-to-n2']);
    expect(passing('F6', ground()).deeds[0]).toMatchObject({ action: 'qualify', body: { filiere: 'SNP', priority: 'P2', motive: fever } });
    expect(passing('F5', ground()).keeps).toMatchObject({ filiere: 'AMU' });
  });

  test('[TEL-06] one level only: the same keys go straight to a doctor', () => {
    const alone = ground({}, { bilevel: false });
    expect(actions('F6', alone)).toEqual(['qualify', 'send-to-doctor']);
    expect(passing('F6', alone)).toMatchObject({ level: 'MRG', label: 'Passer au médecin généraliste' });
    expect(passing('F5', alone).level).toBe('MRU');
  });

  test('[FIL-03] a specialised filière chosen takes the place of the OSNP on F6', () => {
    const special = ground({}, { known: { place, callback: '05', kept: { ...kept, filiere: 'PSY' }, proposal: null } });
    expect(passing('F6', special)).toMatchObject({ level: 'SPE', label: 'Passer à la filière PSY', keeps: { filiere: 'PSY' } });
    expect(actions('F6', special)).toEqual(['qualify', 'send-to-doctor']);
  });

  test('[REG-07] [REG-06] a P0 is engaged first, then goes to the urgentist only, accompanied, and is never parked', () => {
    const vital = { ...kept, priority: 'P0' as const };
    expect(passing('F5', ground({}, { known: { place, callback: '05', kept: vital, proposal: null } })).refusal).toContain('F1');
    const engaged = ground({ step: 'P0_ENGAGE', priority: 'P0', filiere: 'AMU' });
    expect(passing('F5', engaged).deeds).toEqual([{ kind: 'transfer', level: 'MRU', warm: true }]);
    expect(passing('F6', engaged).refusal).not.toBeNull();
    expect(passing('F5', { ...engaged, talking: false }).refusal).not.toBeNull();
  });

  test('[ACT-04] at the second level F5 goes to the doctor of the filière, F6 puts back to SNP with a reason', () => {
    expect(actions('F5', ground({ step: 'EN_COURS_N2', filiere: 'AMU', motive: fever }))).toEqual(['send-to-doctor']);
    const back = ground({ step: 'EN_COURS_N2', filiere: 'AMU', motive: fever });
    expect(passing('F6', back).missing).toEqual(['reason']);
    const explained = { ...back, known: { ...back.known, kept: { ...kept, reason: 'rien de grave' } } };
    expect(passing('F6', explained).deeds).toEqual([{ kind: 'act', action: 'requalify', body: { filiere: 'SNP', reason: 'rien de grave' } }]);
  });

  test('[TEL-14] gone already, the caller still in line may follow', () => {
    expect(actions('F6', ground({ step: 'ATTENTE_N2', filiere: 'SNP' }))).toEqual(['transfer SNP']);
    expect(actions('F5', ground({ step: 'ATTENTE_MR', filiere: 'AMU' }))).toEqual(['transfer MRU']);
    expect(passing('F6', ground({ step: 'ATTENTE_MR' }, { talking: false })).refusal).not.toBeNull();
  });

  test('[REG-08] what the dossier says already is not sent again; a priority is lowered with its reason', () => {
    const qualified = dossier({ step: 'QUALIFIE', motive: fever, filiere: 'SNP', priority: 'P2' });
    expect(qualifying(qualified, place, kept)).toEqual([]);
    expect(qualifying(qualified, place, { ...kept, priority: 'P3', reason: 'va mieux' }).map((deed) => deed.kind === 'act' && deed.action)).toEqual(['set-priority', 'qualify']);
    expect(qualifying(dossier({ location: null }), place, kept)[0]).toMatchObject({ body: { location: place } });
  });

  test('[ACT-03] no key of an assistant ever decides, whatever the dossier and what was chosen', () => {
    const steps = ['OUVERT', 'QUALIFIE', 'P0_ENGAGE', 'ATTENTE_N2', 'EN_COURS_N2', 'ATTENTE_MR', 'REPORTE', 'EN_REGULATION', 'A_VALIDER_MR', 'DECIDE', 'EN_EXECUTION', 'EN_SUIVI', null] as const;
    const priorities: Priority[] = ['P0', 'P1', 'P2', 'P3', 'NR'];
    fc.assert(fc.property(
      fc.constantFrom(...steps), fc.constantFrom(...priorities), fc.option(fc.constantFrom(...priorities)), fc.constantFrom('AMU', 'SNP', 'PSY', null), fc.boolean(), fc.boolean(),
      (step, priority, chosen, filiere, bilevel, talking) => {
        const where = ground({ step, priority, filiere } as Partial<Dossier>, { bilevel, talking, known: { place, callback: '05', kept: { ...kept, priority: chosen, filiere }, proposal: null } });
        for (const key of ['F5', 'F6'] as const) {
          const { deeds, refusal } = passing(key, where);
          if (refusal !== null) expect(deeds).toEqual([]);
          for (const deed of deeds) if (deed.kind === 'act') expect(['qualify', 'set-priority', 'send-to-n2', 'send-to-doctor', 'requalify']).toContain(deed.action);
          if (priority === 'P0') for (const deed of deeds) expect(deed).toMatchObject({ kind: 'transfer', level: 'MRU', warm: true });
        }
      },
    ));
  });

  test('[REG-27] a note or an age written meanwhile does not stop a deed; a move of the dossier does', () => {
    const before = dossier({ step: 'QUALIFIE' });
    expect(sameGround(before, { ...before, version: 9, notes: [] })).toBe(true);
    expect(sameGround(before, { ...before, step: 'ATTENTE_N2' })).toBe(false);
    expect(sameGround(before, { ...before, owner: { accountId: 'x', name: 'X' } })).toBe(false);
  });
});

describe('what must be known before a dossier leaves', () => {
  test('[REG-05] place, call-back, motive, priority, in the order they are asked', () => {
    expect(missingFields({ place: null, callback: null, kept: emptyQualification, proposal: null })).toEqual(['location', 'callback', 'motive', 'priority', 'filiere']);
    expect(missingFields({ place, callback: '05', kept, proposal: null })).toEqual([]);
    expect(missingWords(['location', 'motive', 'priority'])).toBe('Il manque le lieu, le motif et la priorité.');
  });

  test('[REG-06] without medical regulation no filière is asked; the priority of a dossier just opened is nobody’s choice', () => {
    expect(missingFields({ place, callback: '05', kept: { ...kept, priority: 'NR', filiere: null }, proposal: null })).toEqual([]);
    expect(qualificationOf(dossier()).priority).toBeNull();
    expect(qualificationOf(dossier({ step: 'QUALIFIE', priority: 'P1' })).priority).toBe('P1');
  });

  test('[PROT-07] to depart from the protocol asks for a reason, except towards a P0', () => {
    const proposal = { ...kept, priority: 'P1' as const };
    expect(departs(kept, proposal)).toBe(true);
    expect(departs(kept, null)).toBe(false);
    expect(missingFields({ place, callback: '05', kept, proposal })).toEqual(['reason']);
    expect(missingFields({ place, callback: '05', kept: { ...kept, reason: 'enfant connu' }, proposal })).toEqual([]);
    expect(missingFields({ place, callback: '05', kept: { ...kept, priority: 'P0' }, proposal })).toEqual([]);
  });
});
