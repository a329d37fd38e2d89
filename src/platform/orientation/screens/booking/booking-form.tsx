import { useState } from 'react';
import { Note } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { SegmentField, SelectField, TextField } from '../../../../ui/field.tsx';
import { ApiForm } from '../../../../ui/form.tsx';
import { ExternalIcon } from '../../../../ui/icons.tsx';
import { useNow, useZone } from '../../../../ui/moments.tsx';
import { formatPhone } from '../../../../ui/phone.ts';
import { formatTime, now } from '../../../../ui/time.ts';
import { modalityLabels, type Modality } from '../../../availability/contract.ts';
import { lateReasons, openingReasonLabels, skipReasons } from '../../contract.ts';
import { givenDays, givenFrom, type GivenTime, inAnHour, instantOf } from '../ensus/given-time.ts';
import { titleOf } from '../search/run.ts';
import { isLate } from './booking-model.ts';
import type { Booking } from './booking-panel.tsx';
import { HoldTimer } from './hold-timer.tsx';
import type { BookingState, Request } from './use-booking.ts';
import css from './booking-form.module.css';

const listOf = <T extends Record<string, string>>(labels: T) => Object.entries(labels).map(([value, label]) => ({ value: value as keyof T & string, label }));
const lateChoices = listOf(lateReasons);
const skipChoices = listOf(skipReasons);
const openingChoices = listOf(openingReasonLabels);

/** What the operator adds, and the one button. Reasons are asked only when the rules ask for them. */
export function BookingForm({ booking: { result, slot, emptySearchId }, state, onClose }: { booking: Booking; state: BookingState; onClose: () => void }) {
  const zone = useZone();
  const present = useNow();
  const [reference, setReference] = useState('');
  const [late, setLate] = useState<keyof typeof lateReasons | null>(null);
  const [skip, setSkip] = useState<keyof typeof skipReasons | null>(null);
  const [opening, setOpening] = useState<keyof typeof openingReasonLabels | null>(null);
  const [modality, setModality] = useState<Modality | null>(slot?.modalities[0] ?? null);
  const [wish, setWish] = useState(() => givenFrom(inAnHour(now(), zone), now(), zone));
  const { problem } = state;
  const asked = (path: string) => problem?.fields.some((field) => field.path === path) ?? false;
  const wishedAt = instantOf(wish, present, zone);
  const start = slot?.start ?? wishedAt;
  const unreadable = start === null;
  const askLate = late !== null || (start !== null && isLate(start, present)) || asked('lateReason');
  const askSkip = skip !== null || asked('skipReason');
  const askOpening = !slot && (!emptySearchId || opening !== null || asked('enSus.reason') || asked('enSus.emptySearchId'));
  const vendor = slot && slot.source !== 'platform' ? slot.source : null;

  const submit = () =>
    state.send({
      ...(slot || wishedAt === null ? {} : {
        enSus: { ...recipientOf(result), at: wishedAt, ...(emptySearchId ? { emptySearchId } : {}), ...(opening ? { reason: opening } : {}) },
      }),
      ...(slot && slot.modalities.length > 1 && modality ? { modality } : {}),
      ...(reference.trim() ? { lrmReference: reference.trim() } : {}),
      ...(askLate && late ? { lateReason: late } : {}),
      ...(askSkip && skip ? { skipReason: skip } : {}),
    });

  return (
    <ApiForm problem={problem} onSubmit={submit} label="Réservation">
      {slot?.source === 'platform' && <HoldTimer hold={state.hold} onAgain={state.holdAgain} />}
      {vendor && (
        <Note tone="accent" title={`Ce créneau est tenu par ${vendor}`}>
          {slot?.bookingUrl
            ? `La réservation se termine dans son logiciel, sans vous reconnecter. Le rendez-vous revient ici de lui-même.`
            : `${vendor} n’a pas donné d’adresse où réserver : appelez le cabinet.`}
        </Note>
      )}
      {!slot && <WishFields wish={wish} onChange={setWish} result={result} />}
      {askOpening && <SelectField name="enSus.reason" label="Motif de la demande en sus" isRequired choices={openingChoices} value={opening} onChange={setOpening} placeholder="Choisir" />}
      {slot && slot.modalities.length > 1 && (
        <SegmentField label="Comment" choices={slot.modalities.map((value) => ({ value, label: modalityLabels[value] }))} value={modality!} onChange={setModality} />
      )}
      <TextField
        name="lrmReference" label="Référence du dossier (LRM)" value={reference} onChange={setReference} maxLength={64}
        help="Facultatif, identifiant technique sans espace. Jamais le nom du patient : la plateforme le refuse."
      />
      {askLate && <SelectField name="lateReason" label="Motif du délai de plus de 48 h" isRequired choices={lateChoices} value={late} onChange={setLate} placeholder="Choisir" />}
      {askSkip && <SelectField name="skipReason" label="Pourquoi passer un niveau de la charte" isRequired choices={skipChoices} value={skip} onChange={setSkip} placeholder="Choisir" />}
      <div className={css.actions}>
        <Button type="submit" look="main" wide autoFocus isPending={state.pending} isDisabled={unreadable || (askLate && !late) || (vendor !== null && !slot?.bookingUrl)}>
          {vendor ? <>Continuer chez {vendor} <ExternalIcon /></> : slot ? `Réserver ${formatTime(slot.start, zone)} chez ${titleOf(result)}` : `Solliciter ${titleOf(result)}`}
        </Button>
        <Button look="quiet" onPress={onClose} keys="Échap">Renoncer</Button>
      </div>
    </ApiForm>
  );
}

function WishFields({ wish, onChange, result }: { wish: GivenTime; onChange: (wish: GivenTime) => void; result: Booking['result'] }) {
  const { structure, participation } = result;
  return (
    <>
      <Note tone="accent" title={structure ? 'La structure est sollicitée, jamais ses médecins' : 'Vous appelez le médecin'}>
        {structure
          ? 'Elle répond depuis sa messagerie ou par téléphone, dans un délai. Sans réponse, le suivant de la liste est sollicité.'
          : `Le numéro s’affiche ensuite${participation.contact ? ` : ${formatPhone(participation.contact)}` : ''}. S’il refuse ou ne répond pas, le suivant de la liste vous est proposé.`}
      </Note>
      <SegmentField label="Jour souhaité" choices={givenDays} value={wish.day} onChange={(day) => onChange({ ...wish, day })} />
      <TextField name="enSus.at" label="Heure souhaitée" inputMode="numeric" value={wish.time} onChange={(time) => onChange({ ...wish, time })} help="Par exemple 14:30." />
    </>
  );
}

function recipientOf({ professional, structure }: Booking['result']): Omit<NonNullable<Request['enSus']>, 'at'> {
  return professional ? { rpps: professional.rpps ?? professional.nationalId } : { structureId: structure!.id };
}
