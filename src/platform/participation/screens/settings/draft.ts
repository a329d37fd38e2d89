import type { Complement, Declaration, Overview, ParticipationRecord, StatementVersion, Via } from '../../contract.ts';
import { mustSwear } from '../../domain/declaration.ts';
import type { Subject } from '../subjects.ts';

/** The settings while they are edited; `via` null until it is selected. */
export interface Draft extends Omit<Declaration, 'via' | 'from' | 'statement' | 'contact' | 'note' | 'nationalId' | 'structureId'> {
  readonly via: Via | null;
  readonly contact: string;
  readonly note: string;
  readonly sworn: boolean;
  /** `YYYY-MM-DD`; null: at once. */
  readonly from: string | null;
}

const everything: readonly Complement[] = ['contact', 'note', 'hours'];

/** What the pop-in opens on: what holds, or will; else nothing declared yet. */
export function draftOf({ current, upcoming }: Pick<Overview, 'current' | 'upcoming'>, kind: Via | null, formatPhone: (number: string) => string): Draft {
  const record: ParticipationRecord | null = upcoming ?? current;
  if (!record) {
    return {
      participates: false, via: kind, viaStructureId: null, placeIds: [], enSus: false, usesEditor: false, upload: true, contact: '', note: '', preferredHours: [],
      caps: { halfDay: null, week: null }, shown: [...everything], reorientation: false, takesAll: false, sworn: false, from: null,
    };
  }
  const { via, viaStructureId, placeIds, enSus, usesEditor, upload, preferredHours, caps, shown, reorientation, takesAll, status, statement } = record;
  return {
    participates: status !== 'BROUILLON' && status !== 'RETIRE', via, viaStructureId, placeIds, enSus, usesEditor, upload, preferredHours, caps, shown, reorientation, takesAll,
    contact: record.contact ? formatPhone(record.contact) : '', note: record.note ?? '', sworn: statement !== null, from: null,
  };
}

/** Whether the box of the sworn statement is shown, and its text. */
export function statementOf({ participates, via, usesEditor, upload }: Draft, { statements }: Pick<Overview, 'statements'>, subject: Subject): { version: string; text: string } | null {
  if (!participates || via === null || !mustSwear({ via, usesEditor, upload }, subject.nationalId ? 'professional' : 'structure')) return null;
  return statements[via] ?? null;
}

/** What keeps the draft from being sent, in words; null when it may. */
export function whyNot(draft: Draft): string | null {
  if (!draft.participates) return null;
  return draft.via === null ? 'Sélectionnez comment vous participez.' : null;
}

/** What is sent: nothing of another way to take part than the one selected. */
export function declarationOf(draft: Draft, overview: Pick<Overview, 'statements'>, subject: Subject): Declaration {
  const { sworn, via, contact, note, ...rest } = draft;
  const statement = statementOf(draft, overview, subject);
  const through = subject.nationalId !== undefined && via !== null && via !== 'individual';
  return {
    ...rest, ...subject, via: via ?? 'individual', contact: contact.trim() || null, note: note.trim() || null,
    viaStructureId: through ? draft.viaStructureId : null, placeIds: through && via === 'cpts' ? draft.placeIds : [],
    statement: sworn && statement ? (statement.version as StatementVersion) : null,
  };
}
