import type { Level } from '../../../telephony/contract.ts';
import type { ActionBody, Dossier, DossierAction, Filiere, Priority } from '../../contract.ts';
import type { Place } from './place.ts';
import { type Field, type Known, missingFields, type Qualification } from './qualification.ts';

/** One thing done after another when a key passes a dossier on. The caller follows the dossier by himself (TEL-14). */
export type Deed =
  | { readonly kind: 'act'; readonly action: DossierAction; readonly body: ActionBody }
  | { readonly kind: 'transfer'; readonly level: Level; readonly warm: boolean };

export type PassKey = 'F5' | 'F6';

export interface Passing {
  readonly key: PassKey;
  readonly label: string;
  /** Whose queue it joins, to say how long it is. */
  readonly level: Level;
  readonly deeds: readonly Deed[];
  /** What to fill in first. */
  readonly missing: readonly Field[];
  /** What it would keep of the qualification; null where that is done already. */
  readonly keeps: Qualification | null;
  /** Why the key does nothing here; null when it does something. */
  readonly refusal: string | null;
}

export interface Ground {
  readonly dossier: Dossier;
  readonly known: Known;
  /** The two answering levels are open; when not, the key goes straight to a doctor (TEL-06). */
  readonly bilevel: boolean;
  /** The caller is in line with me. */
  readonly talking: boolean;
}

const sides = {
  F5: { filiere: 'AMU', level: 'AMU', doctor: 'MRU', second: 'Passer à l’AMU', medical: 'Passer au médecin urgentiste' },
  F6: { filiere: 'SNP', level: 'SNP', doctor: 'MRG', second: 'Passer à l’OSNP', medical: 'Passer au médecin généraliste' },
} as const satisfies Record<PassKey, { filiere: Filiere; level: Level; doctor: Level; second: string; medical: string }>;

const ranks: readonly Priority[] = ['P0', 'P1', 'P2', 'P3', 'NR'];

/** What a key that passes the dossier and the caller on would do now: pure, shown on the key itself before it is pressed. */
export function passing(key: PassKey, ground: Ground): Passing {
  const { dossier } = ground;
  if (dossier.priority === 'P0' && dossier.state === 'ACTIF') return ofP0(key, ground);
  if (dossier.step === 'OUVERT' || dossier.step === 'QUALIFIE') return ofQualification(key, ground);
  if (dossier.step === 'EN_COURS_N2') return ofSecondLevel(key, ground);
  return ofCallAlone(key, ground);
}

const nothing = (key: PassKey, level: Level, label: string, refusal: string): Passing => ({ key, level, label, deeds: [], missing: [], keeps: null, refusal });

function ofP0(key: PassKey, ground: Ground): Passing {
  if (key === 'F6') return nothing(key, 'SNP', sides.F6.second, 'Un P0 va à l’urgentiste.');
  if (!ground.talking) return nothing(key, 'MRU', 'Appeler l’urgentiste', 'Personne en ligne.');
  return { key, level: 'MRU', label: 'Appeler l’urgentiste', deeds: [{ kind: 'transfer', level: 'MRU', warm: true }], missing: [], keeps: null, refusal: null };
}

/** Where a key sends a dossier just qualified: its side, or the doctors of the specialised filière that was chosen (FIL-03). */
function destination(key: PassKey, { known: { kept }, bilevel }: Ground) {
  const { filiere, level, doctor, second, medical } = sides[key];
  const special = key === 'F6' && kept.filiere !== null && kept.filiere !== 'AMU' && kept.filiere !== 'SNP';
  if (special) return { filiere: kept.filiere, to: 'SPE', label: `Passer à la filière ${kept.filiere}`, action: 'send-to-doctor' } as const;
  return bilevel ? ({ filiere, to: level, label: second, action: 'send-to-n2' } as const) : ({ filiere, to: doctor, label: medical, action: 'send-to-doctor' } as const);
}

function ofQualification(key: PassKey, ground: Ground): Passing {
  const { filiere, to, label, action } = destination(key, ground);
  const { dossier, known } = ground;
  const kept = { ...known.kept, filiere };
  if (kept.priority === 'P0') return nothing(key, to, label, 'P0 : engagez d’abord (F1).');
  const deeds: Deed[] = [...qualifying(dossier, known.place, kept), { kind: 'act', action, body: {} }];
  return { key, level: to, label, deeds, missing: missingFields({ ...known, kept }), keeps: kept, refusal: null };
}

/** Keeps the qualification; nothing when the dossier already says it. A priority is lowered by its own action, with the reason. */
export function qualifying(dossier: Dossier, place: Place | null, { motive, priority, filiere, reason }: Qualification): Deed[] {
  const same = dossier.step === 'QUALIFIE' && dossier.motive?.code === motive?.code && dossier.priority === priority && dossier.filiere === filiere;
  if (same || priority === null || motive === null) return [];
  const lower = dossier.step === 'QUALIFIE' && ranks.indexOf(priority) > ranks.indexOf(dossier.priority);
  return [
    ...(lower ? [{ kind: 'act', action: 'set-priority', body: { priority, reason: reason || 'Qualification reprise' } } as const] : []),
    { kind: 'act', action: 'qualify', body: { motive, priority, ...(filiere ? { filiere } : {}), ...(place && !dossier.location ? { location: place } : {}) } },
  ];
}

function ofSecondLevel(key: PassKey, ground: Ground): Passing {
  const { dossier, known } = ground;
  if (key === 'F5') {
    const doctor = dossier.filiere === 'SNP' ? 'MRG' : 'MRU';
    const missing = missingFields(known).filter((field) => field === 'location' || field === 'callback' || field === 'motive');
    return {
      key, level: doctor, label: doctor === 'MRU' ? sides.F5.medical : sides.F6.medical, missing, keeps: null, refusal: null,
      deeds: [{ kind: 'act', action: 'send-to-doctor', body: {} }],
    };
  }
  if (dossier.filiere === 'SNP') return nothing(key, 'SNP', sides.F6.second, 'Déjà en SNP.');
  const reason = known.kept.reason.trim();
  return {
    key, level: 'SNP', label: 'Reclasser en SNP', missing: reason ? [] : ['reason'], keeps: null, refusal: null,
    deeds: [{ kind: 'act', action: 'requalify', body: { filiere: 'SNP', reason } }],
  };
}

/** The dossier has gone on already; the caller still in line may follow it. */
function ofCallAlone(key: PassKey, ground: Ground): Passing {
  const { level, doctor, second, medical } = sides[key];
  const waitsForN2 = ground.dossier.step === 'ATTENTE_N2' && ground.bilevel;
  const to = waitsForN2 ? level : doctor;
  const label = waitsForN2 ? second : medical;
  if (!ground.talking) return nothing(key, to, label, 'Déjà transmis.');
  return { key, level: to, label, deeds: [{ kind: 'transfer', level: to, warm: false }], missing: [], keeps: null, refusal: null };
}

/** What is told once it is done: `passé à l’OSNP`. */
export const doneWords = ({ label }: Pick<Passing, 'label'>): string => label.replace(/^Passer/, 'passé').replace(/^Reclasser/, 'reclassé').replace(/^Appeler/, 'appelé :');

/**
 * True when what a deed stands on is still there: somebody wrote a note or an age meanwhile, nothing that changes the deed.
 * It is then done again on the new version without asking.
 */
export const sameGround = (before: Dossier, after: Dossier): boolean =>
  (['state', 'step', 'priority', 'filiere', 'queue', 'mergedInto'] as const).every((field) => before[field] === after[field]) && before.owner?.accountId === after.owner?.accountId;
