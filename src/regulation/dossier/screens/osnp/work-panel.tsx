import { useState } from 'react';
import { Note } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { useCommand } from '../../../../ui/commands.ts';
import { WarnIcon } from '../../../../ui/icons.tsx';
import { useAccount } from '../../../../ui/session.ts';
import type { Dossier } from '../../contract.ts';
import css from '../file/panels.module.css';
import type { DossierDesk } from '../file/use-dossier.ts';
import { placeWords } from '../file/words.ts';
import { Escalation } from './escalation.tsx';
import { FollowUpForm } from './follow-up-form.tsx';
import { FollowUps, Orders } from './orders.tsx';
import { PatientTasks, ReminderChoice } from './patient-tasks.tsx';
import { SearchButton } from './search-button.tsx';
import { Offered, useOffered } from './unattached.tsx';
import { UsualDoctorPrompt } from './usual-doctor.tsx';
import { ValidationDialog } from './validation-dialog.tsx';
import { workOf } from './work.ts';

interface PanelProps {
  readonly dossier: Dossier;
  readonly desk: DossierDesk;
}

/** What an OSNP has to do with this dossier; the emergency is always within reach, at the bottom. */
export function WorkPanel({ dossier, desk }: PanelProps) {
  const { main, escalate } = workOf(dossier, useAccount().id);
  const offered = useOffered(dossier.id);
  return (
    <div className={css.split}>
      <div className={css.panel}>
        <h3>{placeWords(dossier)}{dossier.owner && `, entre les mains de ${dossier.owner.name}`}</h3>
        {desk.error && <Note tone="bad" live icon={<WarnIcon />} title={desk.error.title}>{desk.error.message}</Note>}
        <PatientTasks dossierId={dossier.id} />
        <Offered dossierId={dossier.id} offered={offered} />
        <UsualDoctorPrompt dossier={dossier} desk={desk} />
        {main === 'take' && <Take desk={desk} />}
        {main === 'pass' && <Pass dossier={dossier} desk={desk} />}
        {main === 'execute' && <Execute dossier={dossier} desk={desk} served={offered.length + dossier.appointments.length > 0} />}
        {main === 'read' && <Note>Ce dossier n’attend rien de vous à cette étape.</Note>}
      </div>
      {escalate && <Escalation desk={desk} />}
    </div>
  );
}

function Take({ desk }: { desk: DossierDesk }) {
  const take = () => void desk.act('take');
  useCommand({ id: 'take', label: 'Prendre ce dossier', group: 'Dossier', keys: 'r', run: take });
  return <Button look="main" wide keys="R" isPending={desk.busy} onPress={take}>Prendre ce dossier</Button>;
}

/** A minimal dossier, then the doctor; or an answer that a doctor will sign. */
function Pass({ dossier, desk }: PanelProps) {
  const [asking, setAsking] = useState(false);
  const pass = () => void desk.act('send-to-doctor');
  useCommand({ id: 'pass', label: 'Passer au médecin', group: 'Dossier', keys: 'm', run: pass });
  return (
    <>
      <p className={css.soft}>Lieu, rappel et motif suffisent au médecin. Complétez l’identité et le médecin traitant pendant l’appel.</p>
      <Button look="main" wide keys="M" isPending={desk.busy} onPress={pass}>Passer au médecin</Button>
      {dossier.possible.includes('request-validation') && <Button wide onPress={() => setAsking(true)}>Réponse donnée : faire valider…</Button>}
      <SearchButton dossierId={dossier.id} />
      {asking && <ValidationDialog desk={desk} onClose={() => { setAsking(false); desk.forget(); }} />}
    </>
  );
}

/** `served`: an appointment was found, searching is no longer what comes next. */
function Execute({ dossier, desk, served }: PanelProps & { served: boolean }) {
  const may = (action: string) => dossier.possible.includes(action);
  return (
    <>
      <Orders dossier={dossier} desk={desk} served={served} />
      <ReminderChoice dossier={dossier} desk={desk} />
      <FollowUps dossier={dossier} desk={desk} />
      {may('follow-up') && <FollowUpForm desk={desk} />}
      {may('complete') && <Button wide isPending={desk.busy} onPress={() => void desk.act('complete')}>Terminer le dossier</Button>}
    </>
  );
}
