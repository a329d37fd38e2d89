import { useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { useCommand } from '../../../../ui/commands.ts';
import { Dialog } from '../../../../ui/dialog.tsx';
import { SegmentField, SelectField, TextField } from '../../../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../../../ui/form.tsx';
import { useApi } from '../../../../ui/query.ts';
import { type Dossier, type Filiere, type Priority, routes } from '../../contract.ts';
import { comparePriorities, priorities } from '../../domain/codes.ts';
import type { DossierDesk } from '../file/use-dossier.ts';
import { filiereWords, priorityWords } from '../file/words.ts';
import { AmendDialog } from './amend-dialog.tsx';
import css from '../file/panels.module.css';
import { otherFiliere } from './queue-model.ts';

type Gesture = 'requalify' | 'set-priority' | 'amend';

interface GestureProps {
  readonly dossier: Dossier;
  readonly desk: DossierDesk;
}

/** What a doctor may do at any moment beside deciding: change filière, change priority, complete an act, engage a P0. */
export function Gestures({ dossier, desk }: GestureProps) {
  const [open, setOpen] = useState<Gesture | null>(null);
  const may = (action: string) => dossier.possible.includes(action);
  const close = () => {
    setOpen(null);
    desk.forget();
  };
  const other = otherFiliere(dossier.filiere);
  useCommand({ id: 'requalify', label: 'Changer de filière', group: 'Décider', keys: 'f', enabled: may('requalify'), run: () => setOpen('requalify') });
  useCommand({ id: 'set-priority', label: 'Changer la priorité', group: 'Décider', keys: 'y', enabled: may('set-priority'), run: () => setOpen('set-priority') });
  return (
    <div className={css.row} role="group" aria-label="Autres gestes">
      {may('requalify') && <Button small keys="F" onPress={() => setOpen('requalify')}>Vers {filiereWords[other]}…</Button>}
      {may('set-priority') && <Button small keys="Y" onPress={() => setOpen('set-priority')}>Priorité…</Button>}
      {may('engage-p0') && dossier.priority !== 'P0' && <Button small look="danger" isPending={desk.busy} onPress={() => void desk.act('engage-p0')}>Engager P0</Button>}
      {may('amend') && dossier.acts.length > 0 && <Button small onPress={() => setOpen('amend')}>Additif…</Button>}
      {open === 'requalify' && <RequalifyDialog dossier={dossier} desk={desk} onClose={close} />}
      {open === 'set-priority' && <PriorityDialog dossier={dossier} desk={desk} onClose={close} />}
      {open === 'amend' && <AmendDialog dossier={dossier} desk={desk} onClose={close} />}
    </div>
  );
}

/** Another filière with a reason; everything written is kept, and the age too (T18). */
function RequalifyDialog({ dossier, desk, onClose }: GestureProps & { onClose: () => void }) {
  const rules = useApi(routes.regulationRules, {}, { staleMs: 600_000 });
  const [filiere, setFiliere] = useState<Filiere>(otherFiliere(dossier.filiere));
  const [level, setLevel] = useState<'doctor' | 'n2'>('doctor');
  const [reason, setReason] = useState('');
  const open = rules.data?.filieres.filter((one) => one.open).map((one) => one.filiere) ?? [];
  const choices = (['AMU', 'SNP', ...open] as Filiere[]).filter((one, at, all) => one !== dossier.filiere && all.indexOf(one) === at).map((value) => ({ value, label: filiereWords[value] }));
  const specialised = filiere !== 'AMU' && filiere !== 'SNP';
  const levels = [{ value: 'doctor', label: 'Au médecin' }, { value: 'n2', label: filiere === 'SNP' ? 'À l’OSNP' : 'À l’ARM' }] as const;
  const send = async () => {
    if (await desk.act('requalify', { filiere, reason, ...(specialised ? {} : { level }) })) onClose();
  };
  return (
    <Dialog title="Changer de filière" open onClose={onClose}>
      <ApiForm problem={desk.error} onSubmit={() => void send()}>
        <SelectField name="filiere" label="Nouvelle filière" choices={choices} value={filiere} onChange={setFiliere} />
        {!specialised && <SegmentField label="À qui" choices={levels} value={level} onChange={setLevel} />}
        <TextField name="reason" label="Raison" value={reason} onChange={setReason} isRequired autoFocus />
        <p className={css.soft}>Tout ce qui est écrit est gardé, et l’âge du dossier aussi.</p>
        <SubmitBar label={`Envoyer vers ${filiereWords[filiere]}`} pending={desk.busy} onCancel={onClose} />
      </ApiForm>
    </Dialog>
  );
}

/** Another priority; going down asks for a reason (T19, T20). */
function PriorityDialog({ dossier, desk, onClose }: GestureProps & { onClose: () => void }) {
  const [priority, setPriority] = useState<Priority>(dossier.priority);
  const [reason, setReason] = useState('');
  const down = comparePriorities(priority, dossier.priority) > 0;
  const choices = priorities.filter((one) => one !== 'P0').map((value) => ({ value: value as Priority, label: value }));
  const send = async () => {
    if (await desk.act('set-priority', { priority, ...(reason.trim() ? { reason } : {}) })) onClose();
  };
  return (
    <Dialog title="Changer la priorité" open onClose={onClose}>
      <ApiForm problem={desk.error} onSubmit={() => void send()}>
        <SegmentField label="Priorité" choices={choices} value={priority} onChange={setPriority} />
        <p className={css.soft}>{priorityWords[priority]}. Un P0 se déclare en l’engageant.</p>
        {down && <TextField name="reason" label="Raison de la baisse" value={reason} onChange={setReason} isRequired />}
        <SubmitBar label={priority === dossier.priority ? 'Changer la priorité' : `Passer en ${priority}`} isDisabled={priority === dossier.priority} pending={desk.busy} onCancel={onClose} />
      </ApiForm>
    </Dialog>
  );
}
