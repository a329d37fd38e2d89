import type { InputOf } from '../../../../ui/api.ts';
import type { Dossier, routes } from '../../contract.ts';
import { type DegradedForm, instantOf, takenAt } from './form.ts';

type Changes = Omit<InputOf<typeof routes.updateDossier>['body'], 'base'>;
type NoteBody = InputOf<typeof routes.addNote>['body'];
type Qualification = { action: 'qualify'; motive: { code: string; label: string }; priority: string; filiere?: string };
type Validation = { action: 'request-validation'; reason: string; answer: string };

/** What a re-entry asks of the server, whatever carries it. */
export interface DossierApi {
  open(body: { degradedFrom: string; formNumber: string }): Promise<Dossier>;
  update(id: string, body: Changes & { base: number }): Promise<Dossier>;
  note(id: string, body: NoteBody): Promise<unknown>;
  act(dossier: Pick<Dossier, 'id' | 'version'>, body: Qualification | Validation): Promise<Dossier>;
}

/** The form had already been entered by somebody else. */
export class AlreadyEntered extends Error {
  readonly dossier: Pick<Dossier, 'id' | 'number'>;
  constructor(dossier: Pick<Dossier, 'id' | 'number'>) {
    super(`La fiche est déjà dans le dossier ${dossier.number}. Rien n’a été ajouté.`);
    this.dossier = dossier;
  }
}

const said = (text: string) => text.trim() || undefined;
const defined = <T extends object>(value: T): T | undefined => (Object.values(value).some((one) => one !== undefined) ? value : undefined);

/** The fields that the form fills; nothing for what it does not say. */
export function fieldsOf(form: DegradedForm): Changes {
  const place = defined({ address: said(form.address), city: said(form.city), details: said(form.details) });
  return {
    ...(place && { location: place }),
    ...(said(form.phone) && { callback: form.phone.trim() }),
    ...(said(form.relation) && { caller: { relation: form.relation.trim() } }),
    ...(said(form.motive) && { motive: { code: '', label: form.motive.trim() } }),
    ...(defined({ lastName: said(form.lastName), firstName: said(form.firstName), age: said(form.age), sex: said(form.sex) }) && {
      patient: {
        ...(said(form.lastName) && { lastName: form.lastName.trim() }), ...(said(form.firstName) && { firstName: form.firstName.trim() }),
        ...(said(form.age) && { age: Number(form.age) }), ...(form.sex && { sex: form.sex }),
      },
    }),
  };
}

const qualifies = (form: DegradedForm): boolean =>
  Boolean(said(form.motive) && form.priority && (form.filiere || form.priority === 'NR') && said(form.phone) && (said(form.address) || said(form.city)));

/** The notes with their hours, the one that tells where they come from first. */
function notesOf(form: DegradedForm, zone: string, me: string): NoteBody[] {
  const from = form.by && form.by !== me ? ` (écrit par ${form.by})` : '';
  return form.notes.map(({ id, time, text }) => ({ id, kind: 'medicale' as const, text: `${text}${from}`, writtenAt: instantOf(form, time, zone)!.toString() }));
}

/**
 * Enters a form again, in order: dossier, fields, notes, qualification, then the answer given, for a doctor's signature (a note
 * when it cannot be asked for).
 * Killed anywhere and begun again, it ends the same: each step asks the dossier what is already there.
 * @throws AlreadyEntered when somebody else entered it; whatever the API throws, what was sent stays sent.
 */
export async function reenter(form: DegradedForm, zone: string, me: string, api: DossierApi): Promise<Dossier> {
  let dossier = await api.open({ degradedFrom: takenAt(form, zone)!.toString(), formNumber: form.number });
  if (!form.attempted && (dossier.version > 1 || dossier.notes.length > 0)) throw new AlreadyEntered(dossier);
  const fresh = dossier.step === 'OUVERT';
  const fields = fieldsOf(form);
  // Always on the first version: what was sent before the interruption is there and changes nothing, what a colleague changed since is not overwritten.
  if (fresh && Object.keys(fields).length > 0) dossier = await api.update(dossier.id, { ...fields, base: 1 });
  const written = new Set(dossier.notes.map(({ id }) => id));
  for (const note of notesOf(form, zone, me)) if (!written.has(note.id!)) await api.note(dossier.id, note);
  if (fresh && qualifies(form)) {
    dossier = await api.act(dossier, { action: 'qualify', motive: { code: '', label: form.motive.trim() }, priority: form.priority!, ...(form.filiere && { filiere: form.filiere }) });
  }
  if (!said(form.answer) || dossier.validation) return dossier;
  if (form.priority !== 'P0' && dossier.possible.includes('request-validation')) {
    return await api.act(dossier, { action: 'request-validation', reason: `Mode dégradé, fiche ${form.number}`, answer: form.answer.trim() });
  }
  // A P0 is never answered without its doctor: what was said stays in the dossier, the doctor signs his own act.
  if (!written.has(form.answerId)) await api.note(dossier.id, { id: form.answerId, kind: 'medicale', text: `Réponse donnée : ${form.answer.trim()}`, writtenAt: takenAt(form, zone)!.toString() });
  return dossier;
}
