import type { Dossier } from '../../contract.ts';
import css from './patient-form.module.css';
import { isWritable } from './patient-rules.ts';
import { changedPlace } from './place-rules.ts';
import { SavedText } from './saved-text.tsx';
import { locationWords } from './words.ts';

/** Where the patient is and the number to ring back, folded under what is known. */
export function PlaceForm({ dossier }: { dossier: Dossier }) {
  const { location, callback } = dossier;
  const common = { dossier, isReadOnly: !isWritable(dossier) };
  const part = (name: 'address' | 'city' | 'details', label: string) => (
    <SavedText {...common} name="location" label={label} value={location?.[name] ?? ''} patchOf={(text) => ({ location: changedPlace(location, name, text) })} />
  );
  return (
    <details className={css.place}>
      <summary>{locationWords(location) || 'Lieu et numéro de rappel'}</summary>
      <div className={css.identity}>
        {part('address', 'Adresse')}
        {part('city', 'Commune')}
        {part('details', 'Accès, étage, code')}
        <SavedText {...common} name="callback" label="Rappel" type="tel" value={callback ?? ''} help="un numéro de téléphone" patchOf={(text) => (/^\+?[\d .-]{3,20}$/.test(text) ? { callback: text } : null)} />
      </div>
    </details>
  );
}
