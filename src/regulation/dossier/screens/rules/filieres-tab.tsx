import { useState } from 'react';
import { Badge } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { SidePanel } from '../../../../ui/dialog.tsx';
import { SwitchField, TextField } from '../../../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../../../ui/form.tsx';
import { CheckIcon } from '../../../../ui/icons.tsx';
import { useAction, useRefresh } from '../../../../ui/query.ts';
import { mayCall, useAccount } from '../../../../ui/session.ts';
import { toast } from '../../../../ui/toast.tsx';
import { WeekHoursField } from '../../../../ui/week-hours-field.tsx';
import { hoursInWords } from '../../../../ui/week-hours.ts';
import { type Filiere, routes } from '../../contract.ts';
import { filiereWords } from '../file/words.ts';
import { filiereProblem, type FiliereState, settingsOf, specialised } from './rules-draft.ts';
import css from './rules.module.css';

/** The specialised filières (FIL-01): those switched on receive dossiers from the room, never calls of the public (FIL-03). */
export function FilieresTab({ territory, filieres }: { territory: string; filieres: readonly FiliereState[] }) {
  const account = useAccount();
  const [open, setOpen] = useState<Filiere | null>(null);
  const mayWrite = mayCall(account, routes.saveFiliere);
  return (
    <div className={css.tab}>
      <p className={css.soft}>AMU et soins non programmés sont ouverts jour et nuit. Une filière spécialisée reçoit des dossiers, jamais d’appel direct de la population.</p>
      <ul className={css.filieres} aria-label="Filières spécialisées">
        {specialised.map((filiere) => {
          const settings = settingsOf(filieres, filiere, filiereWords[filiere]);
          return (
            <li key={filiere}>
              <strong>{settings.label}</strong>
              <span>{settings.active ? <Badge tone={settings.open ? 'ok' : 'neutral'} icon={settings.open && <CheckIcon size={12} />}>{settings.open ? 'ouverte' : 'fermée à cette heure'}</Badge> : <Badge>pas ouverte</Badge>}</span>
              <span className={css.soft}>{settings.active ? hoursInWords(settings.hours, 'jour et nuit') : settings.scheme ? 'schéma écrit' : 'aucun schéma d’organisation'}</span>
              <Button small aria-label={`${mayWrite ? 'Régler' : 'Voir'} la filière ${settings.label}`} onPress={() => setOpen(filiere)}>{mayWrite ? 'Régler' : 'Voir'}</Button>
            </li>
          );
        })}
      </ul>
      {open && <FilierePanel territory={territory} settings={settingsOf(filieres, open, filiereWords[open])} mayWrite={mayWrite} onClose={() => setOpen(null)} />}
    </div>
  );
}

function FilierePanel({ territory, settings, mayWrite, onClose }: { territory: string; settings: FiliereState; mayWrite: boolean; onClose: () => void }) {
  const [draft, setDraft] = useState(settings);
  const refresh = useRefresh();
  const save = useAction(routes.saveFiliere, {
    onSuccess: (saved) => {
      toast({ tone: 'ok', words: `${saved.label} : ${saved.active ? 'la filière reçoit des dossiers' : 'la filière ne reçoit pas de dossier'}.` });
      void refresh(routes.regulationRules);
      onClose();
    },
  });
  const problem = filiereProblem(draft);
  const { filiere, active, label, scheme, hours } = draft;
  return (
    <SidePanel title={settings.label} over="Filière spécialisée" open onClose={onClose}>
      <ApiForm label={`Filière ${settings.label}`} problem={save.error} onSubmit={() => !problem && save.mutate({ params: { filiere }, body: { territory, active, label: label.trim(), scheme: scheme.trim(), hours } })}>
        <fieldset disabled={!mayWrite} className={css.panel}>
          <TextField label="Nom" name="label" isRequired maxLength={80} value={label} onChange={(next) => setDraft({ ...draft, label: next })} />
          <TextField
            label="Schéma d’organisation" name="scheme" lines={7} maxLength={4_000} value={scheme} onChange={(next) => setDraft({ ...draft, scheme: next })}
            help="Comment elle régule, avec quels effecteurs, pour quels objectifs et indicateurs. Obligatoire pour ouvrir."
          />
          <WeekHoursField label="Heures" hours={hours} onChange={(next) => setDraft({ ...draft, hours: next })} empty={hours.length === 0 ? 'jour et nuit' : 'fermée'} />
          <SwitchField label="Reçoit des dossiers" isSelected={active} onChange={(next) => setDraft({ ...draft, active: next })} help="Fermée, les dossiers déjà reçus y restent." />
        </fieldset>
        {problem && <p role="status" className={css.wrong}>⚠ {problem}</p>}
        {mayWrite && <SubmitBar label="Enregistrer" pending={save.isPending} isDisabled={problem !== null} onCancel={onClose} />}
      </ApiForm>
    </SidePanel>
  );
}
