import { useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { SelectField, SwitchField } from '../../../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../../../ui/form.tsx';
import { CrossIcon } from '../../../../ui/icons.tsx';
import { useNow, useZone } from '../../../../ui/moments.tsx';
import { useAction, useApi } from '../../../../ui/query.ts';
import { QueryView } from '../../../../ui/states.tsx';
import { dutyModeLabels, type Duty, type DutyMode, type DutyPlan, routes } from '../../contract.ts';
import { halves, oneADay, weekOf, withDoctor, withoutDoctor } from './duty-week.ts';
import css from './requests.module.css';

export interface ManagedStructure {
  readonly id: string;
  readonly name: string;
}

const modes = Object.entries(dutyModeLabels).map(([value, label]) => ({ value: value as DutyMode, label }));

/** STR-06: who receives the requests of the SAS, week by week. */
export function DutyScreen({ structures }: { structures: readonly ManagedStructure[] }) {
  const zone = useZone();
  const present = useNow(60_000);
  const [structureId, setStructureId] = useState(structures[0]!.id);
  const [weeks, setWeeks] = useState(0);
  const days = weekOf(present.toZonedDateTimeISO(zone).toPlainDate().add({ weeks }));
  const period = { from: days[0]!, to: days[6]! };
  const plan = useApi(routes.duties, { params: { structureId }, query: period });
  return (
    <>
      <div className={css.tools}>
        {structures.length > 1 && <SelectField label="Structure" choices={structures.map(({ id, name }) => ({ value: id, label: name }))} value={structureId} onChange={setStructureId} />}
        <Button onPress={() => setWeeks(weeks - 1)}>Semaine précédente</Button>
        <Button onPress={() => setWeeks(0)} isDisabled={weeks === 0}>Cette semaine</Button>
        <Button onPress={() => setWeeks(weeks + 1)}>Semaine suivante</Button>
      </div>
      <QueryView query={plan}>{(data) => <Planning key={`${data.structureId} ${period.from}`} plan={data} days={days} />}</QueryView>
    </>
  );
}

function Planning({ plan, days }: { plan: DutyPlan; days: readonly string[] }) {
  const [mode, setMode] = useState<DutyMode>(plan.mode);
  const [automatic, setAutomatic] = useState(plan.automatic);
  const [duties, setDuties] = useState<readonly Duty[]>(plan.duties);
  const save = useAction(routes.saveDuties);
  const changeMode = (next: DutyMode) => {
    setMode(next);
    if (next === 'day-doctor') setDuties(oneADay(duties));
  };
  const submit = () =>
    save.mutate({ params: { structureId: plan.structureId }, body: { mode, automatic: automatic && mode === 'day-doctor', from: days[0]!, to: days[6]!, duties: [...duties] } });
  return (
    <ApiForm problem={save.error} onSubmit={submit} label="Planning">
      <SelectField label="Comment la structure répond" choices={modes} value={mode} onChange={changeMode} />
      {mode === 'day-doctor' && (
        <SwitchField
          label="Accepter automatiquement" isSelected={automatic} onChange={setAutomatic}
          help="Le médecin du jour reçoit sans attendre votre réponse, dans la limite de ce qu’il accepte."
        />
      )}
      {mode !== 'none' && <WeekGrid plan={plan} days={days} mode={mode} duties={duties} onChange={setDuties} />}
      <SubmitBar label="Enregistrer la semaine" pending={save.isPending} saved={save.isSuccess ? 'Enregistré' : null} />
    </ApiForm>
  );
}

function WeekGrid({ plan, days, mode, duties, onChange }: {
  plan: DutyPlan; days: readonly string[]; mode: DutyMode; duties: readonly Duty[]; onChange: (duties: Duty[]) => void;
}) {
  const shown = mode === 'day-doctor' ? [{ half: 'am' as const, label: 'Toute la journée' }] : halves;
  const dayName = (day: string) => Temporal.PlainDate.from(day).toLocaleString('fr-FR', { weekday: 'long', day: 'numeric', month: 'short' });
  return (
    <div className={css.grid}>
      <table>
        <thead><tr><th scope="col">Jour</th>{shown.map(({ half, label }) => <th key={half} scope="col">{label}</th>)}</tr></thead>
        <tbody>
          {days.map((day) => (
            <tr key={day}>
              <th scope="row">{dayName(day)}</th>
              {shown.map(({ half, label }) => (
                <td key={half}>
                  <Cell
                    label={`${dayName(day)}, ${label.toLowerCase()}`} members={plan.members}
                    doctors={duties.filter((duty) => duty.day === day && duty.half === half).map(({ nationalId }) => nationalId)}
                    onAdd={(nationalId) => onChange(withDoctor(duties, { day, half, nationalId }, mode))}
                    onRemove={(nationalId) => onChange(withoutDoctor(duties, { day, half, nationalId }, mode))}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ label, members, doctors, onAdd, onRemove }: {
  label: string; members: DutyPlan['members']; doctors: readonly string[]; onAdd: (nationalId: string) => void; onRemove: (nationalId: string) => void;
}) {
  const nameOf = (id: string) => members.find(({ nationalId }) => nationalId === id)?.name ?? id;
  return (
    <div className={css.names}>
      {doctors.map((id) => (
        <span key={id} className={css.name}>
          {nameOf(id)}
          <Button small look="quiet" aria-label={`Retirer ${nameOf(id)}, ${label}`} onPress={() => onRemove(id)}><CrossIcon size={12} /></Button>
        </span>
      ))}
      <select className={css.add} aria-label={`Ajouter un médecin, ${label}`} value="" onChange={(event) => event.target.value && onAdd(event.target.value)}>
        <option value="">Ajouter…</option>
        {members.filter(({ nationalId }) => !doctors.includes(nationalId)).map(({ nationalId, name }) => <option key={nationalId} value={nationalId}>{name}</option>)}
      </select>
    </div>
  );
}
