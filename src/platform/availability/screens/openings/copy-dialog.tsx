import { useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { CheckboxField, SegmentField, TextField } from '../../../../ui/field.tsx';
import { ApiForm } from '../../../../ui/form.tsx';
import { CheckIcon, WarnIcon } from '../../../../ui/icons.tsx';
import { useAction, useRefresh } from '../../../../ui/query.ts';
import { type KeptAgenda, routes } from '../../contract.ts';
import { agendaKey } from './use-agendas.ts';
import { dayInWords, mondayOf } from './week.ts';
import css from './form.module.css';

/** Copies a day or a week to other dates, and to other agendas of the same structure; each agenda says what became of it. */
export function CopyDialog({ agenda, agendas, day, onClose }: { agenda: KeptAgenda; agendas: readonly KeptAgenda[]; day: Temporal.PlainDate; onClose: () => void }) {
  const [days, setDays] = useState<'1' | '7'>('7');
  const source = days === '7' ? mondayOf(day) : day;
  const [toDay, setToDay] = useState(day.add({ days: 7 }).toString());
  const [targets, setTargets] = useState<readonly string[]>([agendaKey(agenda)]);
  const refresh = useRefresh();
  const copy = useAction(routes.copyAgenda, { onSuccess: () => void refresh(routes.agenda) });
  const others = agendas.filter((one) => agendaKey(one) === agendaKey(agenda) || (one.structureId !== null && one.structureId === agenda.structureId));
  const target = toDay && days === '7' ? mondayOf(Temporal.PlainDate.from(toDay)).toString() : toDay;
  const send = () => copy.mutate({
    body: {
      from: { nationalId: agenda.nationalId, structureId: agenda.structureId }, fromDay: source.toString(), days: days === '7' ? 7 : 1, toDay: target,
      targets: others.filter((one) => targets.includes(agendaKey(one))).map(({ nationalId, structureId }) => ({ nationalId, structureId, placeId: null })),
    },
  });
  return (
    <Dialog
      title="Copier des disponibilités" over={agenda.label} open onClose={onClose}
      footer={copy.data ? <Button look="main" onPress={onClose}>Terminer</Button> : (
        <>
          <Button type="submit" form="copy" look="main" isPending={copy.isPending} isDisabled={!toDay || targets.length === 0}>Copier</Button>
          <Button look="quiet" onPress={onClose}>Annuler</Button>
        </>
      )}
    >
      {copy.data ? <Results results={copy.data.results} agendas={agendas} /> : (
        <ApiForm id="copy" label="Copie" problem={copy.error} onSubmit={send}>
          <SegmentField<'1' | '7'> label="Copier" choices={[{ value: '7', label: 'La semaine' }, { value: '1', label: 'Le jour' }]} value={days} onChange={setDays} />
          <p className={css.soft}>{days === '7' ? `Semaine du ${dayInWords(source)}` : dayInWords(source)}</p>
          <TextField label={days === '7' ? 'Vers la semaine du' : 'Vers le'} type="date" isRequired value={toDay} onChange={setToDay} />
          {others.length > 1 && (
            <fieldset className={css.group}>
              <legend>Vers les agendas</legend>
              {others.map((one) => (
                <CheckboxField key={agendaKey(one)} label={one.label} isSelected={targets.includes(agendaKey(one))} onChange={(on) => setTargets((before) => (on ? [...before, agendaKey(one)] : before.filter((key) => key !== agendaKey(one))))} />
              ))}
            </fieldset>
          )}
        </ApiForm>
      )}
    </Dialog>
  );
}

function Results({ results, agendas }: { results: readonly { nationalId: string | null; structureId: string | null; created: number; already: number; refused: string | null }[]; agendas: readonly KeptAgenda[] }) {
  return (
    <ul className={css.list} role="status">
      {results.map((one) => {
        const key = agendaKey(one);
        return (
          <li key={key} className={css.row}>
            <span>{one.refused ? <WarnIcon size={14} /> : <CheckIcon size={14} />} <strong>{agendas.find((agenda) => agendaKey(agenda) === key)?.label ?? key}</strong></span>
            <span>{one.refused ?? `${one.created} copiée${one.created > 1 ? 's' : ''}${one.already > 0 ? `, ${one.already} déjà là` : ''}`}</span>
          </li>
        );
      })}
    </ul>
  );
}
