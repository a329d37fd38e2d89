import { useState } from 'react';
import type { ApiProblem } from '../../../../ui/api.ts';
import { Button } from '../../../../ui/button.tsx';
import { ComboField, type Option } from '../../../../ui/combo-field.tsx';
import { call } from '../../../../ui/api.ts';
import { SegmentField, SwitchField, TextField } from '../../../../ui/field.tsx';
import { ApiForm } from '../../../../ui/form.tsx';
import { useZone } from '../../../../ui/moments.tsx';
import { useAction } from '../../../../ui/query.ts';
import { formatTime, now } from '../../../../ui/time.ts';
import { routes, type InboxItem } from '../../contract.ts';
import { givenDays, givenFrom, instantOf } from '../ensus/given-time.ts';
import css from './requests.module.css';

export interface AnswerProps {
  readonly item: InboxItem;
  readonly onDone: () => void;
  readonly onBack: () => void;
  readonly onProblem: (problem: ApiProblem) => void;
}

/** The second gesture: confirm, with the doctor on duty already named, or another, or later; the time may be another one. */
export function AcceptForm({ item, action, onDone, onBack, onProblem }: AnswerProps & { action: 'accept' | 'name' }) {
  const zone = useZone();
  const [first] = item.onDuty;
  const [doctor, setDoctor] = useState<Option | null>(first ? { key: first.nationalId, label: first.name } : null);
  const [otherTime, setOtherTime] = useState(false);
  const [given, setGiven] = useState(() => givenFrom(Temporal.Instant.from(item.start ?? item.wantedAt), now(), zone));
  const act = useAction(routes.actOnOrientation, { onSuccess: onDone, onError: onProblem });
  const at = otherTime ? instantOf(given, now(), zone) : null;
  const hour = formatTime(item.start ?? item.wantedAt, zone);

  const submit = () =>
    act.mutate({
      params: { id: item.orientationId, action }, body: { ...(doctor && item.structureId ? { nationalId: doctor.key } : {}), ...(at ? { at } : {}) },
    });

  return (
    <ApiForm problem={act.error} onSubmit={submit} label={action === 'accept' ? 'Accepter' : 'Nommer le médecin'}>
      {item.structureId && (
        <ComboField
          label="Médecin qui reçoit" name="nationalId" source={`members ${item.structureId}`} minLength={1} placeholder="Nom du médecin"
          value={doctor} onChange={setDoctor} load={(words) => loadMembers(item.structureId!, words)}
          help={action === 'accept' ? 'Facultatif : il peut être nommé ensuite.' : undefined}
        />
      )}
      <SwitchField label="Proposer une autre heure" isSelected={otherTime} onChange={setOtherTime} />
      {otherTime && (
        <div className={css.row}>
          <SegmentField label="Jour" choices={givenDays} value={given.day} onChange={(day) => setGiven({ ...given, day })} />
          <TextField name="at" label="Heure" inputMode="numeric" value={given.time} onChange={(time) => setGiven({ ...given, time })} />
        </div>
      )}
      <div className={css.gestures}>
        <Button type="submit" look="main" wide isPending={act.isPending} isDisabled={(action === 'name' && !doctor) || (otherTime && at === null)}>
          {action === 'name' ? 'Nommer' : `Confirmer pour ${otherTime ? given.time : hour}`}
        </Button>
        <Button wide look="quiet" onPress={onBack}>Revenir</Button>
      </div>
    </ApiForm>
  );
}

/** Members of the structure whose name holds the words typed. */
async function loadMembers(structureId: string, words: string): Promise<Option[]> {
  const { members } = await call(routes.members, { params: { structureId } });
  const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return members.filter(({ name }) => plain(name).includes(plain(words))).slice(0, 12).map(({ nationalId, name }) => ({ key: nationalId, label: name }));
}
