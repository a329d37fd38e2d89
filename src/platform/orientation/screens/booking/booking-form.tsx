import { useState } from 'react';
import { Note } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { SegmentField, SelectField, TextField } from '../../../../ui/field.tsx';
import { ApiForm } from '../../../../ui/form.tsx';
import { ExternalIcon } from '../../../../ui/icons.tsx';
import { useNow, useZone } from '../../../../ui/moments.tsx';
import { formatPhone } from '../../../../ui/phone.ts';
import { formatTime, now, readHour } from '../../../../ui/time.ts';
import { modalityLabels, type Modality } from '../../../availability/contract.ts';
import { lateReasons, openingReasonLabels, skipReasons } from '../../contract.ts';
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
export function BookingForm({ booking: { result, slot }, state, onClose }: { booking: Booking; state: BookingState; onClose: () => void }) {
  const zone = useZone();
  const present = useNow();
  const [reference, setReference] = useState('');
  const [late, setLate] = useState<keyof typeof lateReasons | null>(null);
  const [skip, setSkip] = useState<keyof typeof skipReasons | null>(null);
  const [opening, setOpening] = useState<keyof typeof openingReasonLabels | null>(null);
  const [modality, setModality] = useState<Modality | null>(slot?.modalities[0] ?? null);
  const [wish, setWish] = useState(() => wishFrom(now(), zone));
  const { problem } = state;
  const asked = (path: string) => problem?.fields.some((field) => field.path === path) ?? false;
  const start = slot?.start ?? wish.at;
  const unreadable = start === null;
  const askLate = late !== null || (start !== null && isLate(start, present)) || asked('lateReason');
  const askSkip = skip !== null || asked('skipReason');
  const vendor = slot && slot.source !== 'platform' ? slot.source : null;

  const submit = () =>
    state.send({
      ...(slot || wish.at === null ? {} : { enSus: { ...recipientOf(result), at: wish.at, ...(opening ? { reason: opening } : {}) } }),
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
      {!slot && <WishFields wish={wish} onChange={setWish} contact={result.participation.contact} />}
      {!slot && <SelectField name="enSus.reason" label="Motif de la demande en sus" isRequired choices={openingChoices} value={opening} onChange={setOpening} placeholder="Choisir" />}
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
          {vendor ? <>Continuer chez {vendor} <ExternalIcon /></> : slot ? `Réserver ${formatTime(slot.start, zone)} chez ${titleOf(result)}` : `Demander à ${titleOf(result)}`}
        </Button>
        <Button look="quiet" onPress={onClose} keys="Échap">Renoncer</Button>
      </div>
    </ApiForm>
  );
}

interface Wish {
  readonly day: 'today' | 'tomorrow';
  readonly time: string;
  /** Null while the hour cannot be read. */
  readonly at: string | null;
}

/** A wish starts in an hour, on the quarter. */
function wishFrom(at: Temporal.Instant, zone: string): Wish {
  const rounded = at.toZonedDateTimeISO(zone).add({ hours: 1 }).round({ smallestUnit: 'minute', roundingIncrement: 15, roundingMode: 'ceil' });
  const sameDay = rounded.toPlainDate().equals(at.toZonedDateTimeISO(zone).toPlainDate());
  return { day: sameDay ? 'today' : 'tomorrow', time: formatTime(rounded.toInstant(), zone), at: rounded.toInstant().toString() };
}

function WishFields({ wish, onChange, contact }: { wish: Wish; onChange: (wish: Wish) => void; contact: string | null }) {
  const zone = useZone();
  const change = (day: Wish['day'], time: string) => {
    const date = now().toZonedDateTimeISO(zone).toPlainDate().add({ days: day === 'today' ? 0 : 1 });
    const hour = readHour(time);
    onChange({ day, time, at: hour && date.toZonedDateTime({ timeZone: zone, plainTime: hour }).toInstant().toString() });
  };
  return (
    <>
      <Note tone="accent" title="Hors des créneaux déclarés">
        La demande part au professionnel ou à sa structure, qui répond. {contact && `Contact : ${formatPhone(contact)}.`}
      </Note>
      <SegmentField label="Jour souhaité" choices={[{ value: 'today', label: 'Aujourd’hui' }, { value: 'tomorrow', label: 'Demain' }]} value={wish.day} onChange={(day) => change(day, wish.time)} />
      <TextField name="enSus.at" label="Heure souhaitée" inputMode="numeric" value={wish.time} onChange={(time) => change(wish.day, time)} help="Par exemple 14:30." />
    </>
  );
}

function recipientOf({ professional, structure }: Booking['result']): Omit<NonNullable<Request['enSus']>, 'at'> {
  return professional ? { rpps: professional.rpps ?? professional.nationalId } : { structureId: structure!.id };
}
