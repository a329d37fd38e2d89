import { useId, useState } from 'react';
import type { AnswerOf } from '../../../../ui/api.ts';
import { Note } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { NumberField, SegmentField } from '../../../../ui/field.tsx';
import { ApiForm } from '../../../../ui/form.tsx';
import { CheckIcon, WarnIcon } from '../../../../ui/icons.tsx';
import { useNow, useZone } from '../../../../ui/moments.tsx';
import { useAction, useRefresh } from '../../../../ui/query.ts';
import { formatMoment } from '../../../../ui/time.ts';
import { type KeptAgenda, routes } from '../../contract.ts';
import { dayInWords } from './week.ts';
import css from './form.module.css';

type As = 'availability' | 'leave';
const kinds = [{ value: 'availability', label: 'Des disponibilités' }, { value: 'leave', label: 'Des indisponibilités' }] as const;

/** A .ics file: what it would create and what is refused, with its line, before anything is written. */
export function CalendarImport({ agenda }: { agenda: KeptAgenda }) {
  const [as, setAs] = useState<As>('availability');
  const [capacity, setCapacity] = useState(1);
  const [calendar, setCalendar] = useState<string | null>(null);
  const file = useId();
  const refresh = useRefresh();
  const read = useAction(routes.importCalendar, { onSuccess: ({ applied }) => applied && void refresh(routes.agenda) });
  const send = (apply: boolean) => calendar !== null && read.mutate({
    body: { nationalId: agenda.nationalId, structureId: agenda.structureId, placeId: agenda.places[0]!.id, kind: capacity > 1 ? 'range' : 'single', capacity, modalities: ['AMB'], as, calendar, apply },
  });
  const restart = <T,>(set: (value: T) => void) => (value: T) => {
    read.reset();
    set(value);
  };
  return (
    <ApiForm label="Import d’un calendrier" problem={read.error} onSubmit={() => send(false)}>
      <p>Le fichier n’est pas gardé et les textes de ses événements ne sont pas lus : seulement les dates et les heures.</p>
      <SegmentField<As> label="Ce fichier contient" choices={kinds} value={as} onChange={restart(setAs)} />
      {as === 'availability' && <NumberField label="Patients par événement" unit="patients" minValue={1} maxValue={200} value={capacity} onChange={restart(setCapacity)} />}
      <div>
        <label htmlFor={file}>Fichier iCalendar (.ics, 1 Mo au plus)</label>
        <input id={file} type="file" accept=".ics,text/calendar" onChange={(event) => void event.target.files?.[0]?.text().then(restart(setCalendar))} />
      </div>
      {read.data ? <Result data={read.data} /> : null}
      <div>
        {read.data && !read.data.applied
          ? <Button look="main" isPending={read.isPending} isDisabled={read.data.items.every(({ already }) => already)} onPress={() => send(true)}>Importer</Button>
          : <Button type="submit" isPending={read.isPending} isDisabled={calendar === null}>Voir ce que cela donne</Button>}
      </div>
    </ApiForm>
  );
}

function Result({ data }: { data: AnswerOf<typeof routes.importCalendar> }) {
  const zone = useZone();
  const now = useNow(60_000);
  const fresh = data.items.filter(({ already }) => !already).length;
  const when = ({ kind, first, last, occurrences }: (typeof data.items)[number]) => {
    if (kind === 'leave') return `Indisponible du ${formatMoment(first, zone, now)} au ${formatMoment(last!, zone, now)}`;
    const moment = `${dayInWords(first.slice(0, 10))} à ${first.slice(11)}`;
    return kind === 'series' ? `Chaque semaine, à partir du ${moment} (${occurrences} dans les huit semaines)` : moment;
  };
  return (
    <div className={css.stack}>
      <Note tone={data.applied ? 'ok' : 'neutral'} live icon={data.applied ? <CheckIcon /> : undefined} title={data.applied ? 'Importé' : 'Aperçu'}>
        {fresh === 0 ? 'Rien de nouveau : tout est déjà là.' : `${fresh} ${data.applied ? 'écrits' : 'à écrire'}${fresh < data.items.length ? `, ${data.items.length - fresh} déjà là` : ''}.`}
        {data.refused.length > 0 && ` ${data.refused.length} refusés.`}
      </Note>
      <ul className={css.list}>{data.items.slice(0, 100).map((item, index) => <li key={index} className={css.row}><span>{when(item)}</span><span className={css.soft}>{item.already ? 'déjà là' : `ligne ${item.line}`}</span></li>)}</ul>
      {data.refused.length > 0 && (
        <ul className={css.list} aria-label="Refusés">
          {data.refused.map(({ line, uid, why }, index) => <li key={index} className={css.row}><span><WarnIcon size={14} /> Ligne {line} : {why}</span>{uid && <span className={css.soft}>{uid}</span>}</li>)}
        </ul>
      )}
    </div>
  );
}
