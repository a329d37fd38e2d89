import { useEffect, useEffectEvent, useState, type Ref } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { ComboField, type Option } from '../../../../ui/combo-field.tsx';
import { call } from '../../../../ui/api.ts';
import { PinIcon } from '../../../../ui/icons.tsx';
import { useLink } from '../../../../ui/live.tsx';
import { routes as territory } from '../../../../territory/contract.ts';
import type { Call } from '../../../telephony/contract.ts';
import type { Dossier } from '../../contract.ts';
import { conflictOn } from '../file/conflicts.ts';
import { SharedField } from '../file/presence.tsx';
import { useDeeds } from '../file/use-dossier.ts';
import { isElsewhere, type Place, placeAsTyped, placeFrom, placeText } from './place.ts';
import css from './caller-column.module.css';

interface PlaceOption extends Option {
  readonly place: Place;
}

const keyOf = (place: Place) => `${placeText(place)}|${place.lat}|${place.lon}`;
const optionOf = (place: Place, detail: string): PlaceOption => ({ key: keyOf(place), label: placeText(place), detail, place });

/**
 * Where the patient is: a line with suggestions, first field of the desk. What is typed and known to no list is kept as it is;
 * what could not be sent stays in the field and leaves with the connection's return.
 */
export function AddressField({ dossier, position, inputRef, onDone }: {
  dossier: Dossier; position: Call['position']; inputRef: Ref<HTMLInputElement>; onDone: () => void;
}) {
  const { update, error, forget } = useDeeds(dossier.id, dossier);
  const [draft, setDraft] = useState<{ place: Place; base: number } | null>(null);
  const link = useLink();
  const conflict = conflictOn('location', error);
  const shown = draft?.place ?? dossier.location;

  async function save(place: Place, base: number) {
    const { details } = dossier.location ?? { details: '' };
    setDraft({ place, base });
    if (await update({ location: { ...place, details } }, base)) setDraft(null);
  }
  const again = useEffectEvent(() => void (draft && error?.status === 0 && save(draft.place, draft.base)));
  useEffect(() => again(), [link.status]);

  async function load(words: string, signal: AbortSignal): Promise<PlaceOption[]> {
    const asTyped = optionOf(placeAsTyped(words, position), 'garder ces mots tels quels');
    const { locations } = await call(territory.locate, { query: { q: words }, signal });
    const found = locations.filter(({ kind }) => kind !== 'department').map((one) => {
      const near = one.kind === 'address' ? 'adresse' : position && !isElsewhere(one, position) ? 'à la position du téléphone' : 'centre de la commune';
      return optionOf(placeFrom(one, words, position), [near, one.postcode].filter(Boolean).join(', '));
    });
    // Words kept as they are may say the same as a suggestion: it then stands for both.
    const options = [...found, asTyped];
    return options.filter(({ key }, at) => options.findIndex((one) => one.key === key) === at);
  }

  return (
    <SharedField field="location">
      <ComboField<PlaceOption>
        label="Adresse du patient"
        name="location"
        source={`places ${position?.lat ?? ''} ${position?.lon ?? ''}`}
        placeholder="12 rue Gambetta, Poitiers"
        inputRef={inputRef}
        value={shown && placeText(shown) ? { ...optionOf(shown, ''), icon: <PinIcon /> } : null}
        load={load}
        onChange={(option) => {
          if (!option) return;
          void save(option.place, dossier.version);
          onDone();
        }}
        onFreeText={(words) => void save(placeAsTyped(words, position), dossier.version)}
      />
      {conflict && draft && (
        <div className={css.conflict} role="alert">
          <p>{conflict.by} a écrit entre-temps : « {conflict.theirs} »</p>
          <Button small onPress={() => void save(draft.place, dossier.version)}>Garder le mien</Button>
          <Button small onPress={() => { setDraft(null); forget(); }}>Prendre le sien</Button>
        </div>
      )}
      {error && !conflict && draft && (
        <p className={css.problem} role="alert">{error.message} <Button small onPress={() => void save(draft.place, draft.base)}>Réessayer</Button></p>
      )}
    </SharedField>
  );
}
