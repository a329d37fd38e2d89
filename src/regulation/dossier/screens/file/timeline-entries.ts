import { formatPhone } from '../../../../ui/phone.ts';
import { decisionTypeLabels, type Dossier } from '../../contract.ts';
import { appointmentStatusWords, filiereWords, meansStatusWords, meansWords } from './words.ts';

type Act = Dossier['acts'][number];

/** One thing that happened in a dossier, as it is told on the screen. */
export interface TimelineEntry {
  readonly id: string;
  /** When it happened; a note taken on paper stands at the time it was written (PCA-02). */
  readonly at: string;
  readonly kind: 'call' | 'note-medicale' | 'note-logistique' | 'act' | 'means' | 'appointment' | 'filiere' | 'p0' | 'validation';
  readonly title: string;
  readonly by: string;
  readonly text: string;
  readonly act?: Act;
  /** Entered again from a paper form. */
  readonly onPaper?: boolean;
}

const entry = (one: Pick<TimelineEntry, 'id' | 'at' | 'kind' | 'title'> & Partial<TimelineEntry>): TimelineEntry => ({ by: '', text: '', ...one });

const calls = ({ calls }: Dossier) => calls.map((call) => entry({
  id: `call-${call.id}`, at: call.at, kind: 'call', title: `${call.repeated ? 'Nouvel appel' : 'Appel'}${call.onLine ? ', en ligne' : ''}`, text: call.number ? formatPhone(call.number) : 'numéro masqué',
}));

const notes = ({ notes }: Dossier) => notes.map(({ id, at, author, kind, text, writtenAt }) => entry({
  id: `note-${id}`, at: writtenAt ?? at, kind: `note-${kind}`, title: kind === 'medicale' ? 'Note médicale' : 'Note logistique', by: author, text, onPaper: writtenAt !== null,
}));

function actTitle(act: Act, acts: readonly Act[]): string {
  if (act.amends) return `Additif à l’acte de ${acts.find((one) => one.id === act.amends)?.author ?? 'régulation'}`;
  return act.mode === 'validation' ? 'Validation sans appel' : 'Acte de régulation';
}

const acts = ({ acts }: Dossier) => acts.map((act) => entry({
  id: `act-${act.id}`, at: act.at, kind: 'act', title: actTitle(act, acts), by: act.author, act,
  text: act.decisions.map((one) => decisionTypeLabels[one.type]).join(', '),
}));

const means = ({ means }: Dossier) => means.flatMap((one) => one.history.map(({ status, at, by }) => entry({
  id: `means-${one.id}-${status}`, at, kind: 'means', title: `${meansWords(one.type)} ${meansStatusWords(status)}`, by, text: one.reflex && status === one.history[0]?.status ? 'départ réflexe' : '',
})));

const appointments = ({ appointments }: Dossier) => appointments.map((one) => entry({
  id: `appointment-${one.appointmentId}`, at: one.attachedAt, kind: 'appointment', title: `Rendez-vous ${appointmentStatusWords[one.status] ?? one.status}`, text: one.practitioner,
}));

/** The first filière is the qualification itself; the others are changes worth telling. */
const filieres = ({ filieres }: Dossier) => filieres.slice(1).map(({ filiere, since, by, reason }) => entry({
  id: `filiere-${since}`, at: since, kind: 'filiere', title: `Passe en filière ${filiereWords[filiere]}`, by, text: reason ?? '',
}));

const p0 = ({ p0 }: Dossier) => (p0 === null ? [] : [
  entry({ id: 'p0', at: p0.engagedAt, kind: 'p0', title: 'P0 engagé' }),
  ...(p0.takenAt ? [entry({ id: 'p0-taken', at: p0.takenAt, kind: 'p0', title: 'P0 pris par un médecin' })] : []),
]);

const validation = ({ validation }: Dossier) => (validation === null ? [] : [
  entry({ id: 'validation', at: validation.requestedAt, kind: 'validation', title: validation.whitelisted ? 'Réponse donnée sans médecin' : 'Validation demandée', by: validation.by, text: [validation.answer, validation.reason].filter(Boolean).join(' — ') }),
]);

/** All that happened, the latest first. Things of the same instant keep the order in which they are named here. */
export function timelineOf(dossier: Dossier): TimelineEntry[] {
  const all = [acts, validation, notes, appointments, means, p0, filieres, calls].flatMap((part) => part(dossier));
  return all.toSorted((a, b) => Temporal.Instant.compare(b.at, a.at));
}
