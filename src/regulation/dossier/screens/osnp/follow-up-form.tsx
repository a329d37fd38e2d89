import { useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { SelectField } from '../../../../ui/field.tsx';
import { useNow } from '../../../../ui/moments.tsx';
import type { DossierDesk } from '../file/use-dossier.ts';
import css from './osnp.module.css';
import { followUps } from './tasks.ts';

const kinds = followUps.map(({ kind, label }) => ({ value: kind, label }));
const moments = [{ value: '30', label: 'dans 30 min' }, { value: '60', label: 'dans 1 h' }, { value: '240', label: 'dans 4 h' }, { value: '1440', label: 'demain à cette heure' }] as const;

/** Plans a reminder: it comes back in the tasks when its time has come. */
export function FollowUpForm({ desk }: { desk: DossierDesk }) {
  const present = useNow();
  const [kind, setKind] = useState<(typeof followUps)[number]['kind']>('rappel-rdv');
  const [minutes, setMinutes] = useState<(typeof moments)[number]['value']>('60');
  const plan = () => void desk.act('follow-up', {
    tasks: [{ kind, label: followUps.find((one) => one.kind === kind)!.label, dueAt: present.add({ minutes: Number(minutes) }).toString() }],
  });
  return (
    <div className={css.plan} role="group" aria-label="Prévoir un rappel">
      <SelectField label="Prévoir" choices={kinds} value={kind} onChange={setKind} />
      <SelectField label="Quand" choices={moments} value={minutes} onChange={setMinutes} />
      <Button isPending={desk.busy} onPress={plan}>Prévoir</Button>
    </div>
  );
}
