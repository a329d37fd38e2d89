import type { Ref } from 'react';
import { Note } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { useCommand } from '../../../../ui/commands.ts';
import { PhoneIcon, PinIcon, WarnIcon } from '../../../../ui/icons.tsx';
import { formatPhone } from '../../../../ui/phone.ts';
import type { Call } from '../../../telephony/contract.ts';
import type { Dossier } from '../../contract.ts';
import { isWritable } from '../file/patient-rules.ts';
import { PatientForm } from '../file/patient-form.tsx';
import { SavedText } from '../file/saved-text.tsx';
import type { Post } from '../phone/use-post.ts';
import { AddressField } from './address-field.tsx';
import { DifficultyField } from './difficulty-field.tsx';
import { isElsewhere, kmBetween, nowhere, positionWords } from './place.ts';
import { useCityNear } from './use-known-place.ts';
import css from './caller-column.module.css';

/** Where, who calls, who for: what an assistant fills in while listening. */
export function CallerColumn({ dossier, call, post, addressRef, onPlaced, onRing }: {
  dossier: Dossier; call: Call | null;
  /** Mine, while the caller can be heard from it. */
  post: Post | null;
  addressRef: Ref<HTMLInputElement>; onPlaced: () => void; onRing: (() => void) | null;
}) {
  const isReadOnly = !isWritable(dossier);
  const location = dossier.location ?? nowhere;
  const common = { dossier, isReadOnly };
  return (
    <div className={css.column}>
      <section aria-label="Lieu" className={css.part}>
        <div data-field="location"><AddressField key={dossier.id} dossier={dossier} position={call?.position ?? null} inputRef={addressRef} onDone={onPlaced} /></div>
        {call?.position && <Position position={call.position} dossier={dossier} />}
        <SavedText {...common} name="location.details" label="Étage, code, accès" value={location.details} patchOf={(details) => ({ location: { ...location, details } })} />
      </section>
      <section aria-label="Appelant" className={css.part}>
        <div data-field="callback">
          <SavedText
            {...common} name="callback" label="Rappel" type="tel" value={formatPhone(dossier.callback ?? '')} help="un numéro de téléphone"
            patchOf={(words) => (/^\+?[\d .-]{3,20}$/.test(words) ? { callback: words.replace(/[ .-]/g, '') } : null)}
          />
        </div>
        {call && <p className={css.hint}><PhoneIcon size={13} /> {call.caller ? `Appelle du ${formatPhone(call.caller)}` : 'Numéro masqué : demandez le rappel'}, par le {call.dnis}</p>}
        {onRing && <RingBack number={dossier.callback ?? ''} onRing={onRing} />}
        <div className={css.pair}>
          <SavedText {...common} name="caller.name" label="Appelant" value={dossier.caller.name} patchOf={(name) => ({ caller: { ...dossier.caller, name } })} />
          <SavedText {...common} name="caller.relation" label="Lien" value={dossier.caller.relation} placeholder="mère, témoin…" patchOf={(relation) => ({ caller: { ...dossier.caller, relation } })} />
        </div>
        <DifficultyField {...common} post={post} />
      </section>
      <PatientForm key={`patient-${dossier.id}`} dossier={dossier} identity="open" />
    </div>
  );
}

/** Calls back whoever called, when the line is over. */
export function RingBack({ number, onRing }: { number: string; onRing: () => void }) {
  useCommand({ id: 'desk.ring', label: 'Rappeler l’appelant', group: 'Poste', keys: 'Alt+R', run: onRing });
  return <Button small keys="Alt R" onPress={onRing}>Rappeler le {formatPhone(number)}</Button>;
}

/** Where the caller's phone is, and whether that is far from the place he says. */
function Position({ position, dossier: { territory, location } }: { position: NonNullable<Call['position']>; dossier: Dossier }) {
  const city = useCityNear(territory, position);
  const said = location?.lat != null && location.lon != null ? { lat: location.lat, lon: location.lon } : null;
  return (
    <>
      <p className={css.hint}><PinIcon size={13} /> {city ? `Près de ${city}, ` : ''}{positionWords(position)}</p>
      {said && isElsewhere(said, position) && <Note tone="warn" icon={<WarnIcon />} live>Le téléphone est à {Math.round(kmBetween(said, position))} km de cette adresse : l’appelant est-il avec le patient ?</Note>}
    </>
  );
}
