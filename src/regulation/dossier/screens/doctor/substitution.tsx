import { SelectField } from '../../../../ui/field.tsx';
import type { Dossier } from '../../contract.ts';
import { partiesOf } from '../../domain/actors.ts';
import type { Substitution } from '../../domain/codes.ts';
import { isOwnDoctor } from '../../domain/guards-decision.ts';
import { judged } from './draft.ts';
import { substitutionsFor } from './queue-model.ts';
import { useAuthor } from './use-author.ts';

/** Asks a doctor of the other filière why he acts (INDISPMU, INDISPMG, ABSML); nothing when it is his own, or was said already. */
export function SubstitutionField({ dossier, value, onChange }: { dossier: Dossier; value: Substitution | null; onChange: (value: Substitution) => void }) {
  const author = useAuthor();
  const choices = substitutionsFor(dossier.filiere);
  if (dossier.substitution || choices.length === 0 || isOwnDoctor({ dossier: judged(dossier), author, parties: partiesOf(author) })) return null;
  return <SelectField name="substitution" label={`Dossier de la filière ${dossier.filiere} : pourquoi vous ?`} choices={choices} value={value} onChange={onChange} />;
}
