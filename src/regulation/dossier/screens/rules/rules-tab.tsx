import { useState, type ReactNode } from 'react';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { Badge } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { CheckboxField, ChoicesField, NumberField, SegmentField, SwitchField, TextField } from '../../../../ui/field.tsx';
import { CheckIcon } from '../../../../ui/icons.tsx';
import { useAction, useRefresh } from '../../../../ui/query.ts';
import { mayCall, useAccount } from '../../../../ui/session.ts';
import { toast } from '../../../../ui/toast.tsx';
import { drCodeLabels, drCodes, type RegulationRules, reminderWays, reminderWords, routes } from '../../contract.ts';
import { meansWords } from '../file/words.ts';
import { changesInWords } from './rules-draft.ts';
import css from './rules.module.css';

const reminders = reminderWays.map((value) => ({ value, label: reminderWords[value] }));
const isNumber = (phone: string) => /^\d[\d ]{1,13}$/.test(phone);
const usualMeans = ['SMUR.VLM', 'SIS.VSAV', 'TSU.AMB'] as const;

/** The règlement intérieur as it is applied, and a new version being written. */
export function RulesTab({ territory, version, rules }: { territory: string; version: number; rules: RegulationRules }) {
  const account = useAccount();
  const [draft, setDraft] = useState(rules);
  const [approval, setApproval] = useState('');
  const [confirming, setConfirming] = useState(false);
  const refresh = useRefresh();
  const save = useAction(routes.saveRegulationRules, {
    onSuccess: (saved) => {
      toast({ tone: 'ok', words: `La version ${saved.version} du règlement intérieur est en vigueur.` });
      void refresh(routes.regulationRules);
    },
  });
  const changes = changesInWords(rules, draft);
  const readOnly = !mayCall(account, routes.saveRegulationRules);
  const set = (change: Partial<RegulationRules>) => setDraft({ ...draft, ...change });
  const setReminder = (change: Partial<RegulationRules['reminder']>) => set({ reminder: { ...draft.reminder, ...change } });
  const ready = changes.length > 0 && isNumber(draft.reminder.phone) && approval.trim().length >= 5 && draft.p0.reflexMeans.length > 0;
  const means = [...new Set<string>([...usualMeans, ...draft.p0.reflexMeans])].map((value) => ({ value, label: meansWords(value) }));

  return (
    <form
      className={css.rules}
      aria-label="Règlement intérieur"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) setConfirming(true);
      }}
    >
      <p className={css.inline}><Badge tone="ok" icon={<CheckIcon size={12} />}>en vigueur</Badge>{version === 0 ? 'Règles de départ, que la gouvernance n’a pas encore approuvées' : `Version ${version}`}</p>
      <fieldset disabled={readOnly} className={css.parts}>
        <Part title="Réponses sans médecin" about="Les catégories qu’un ARM clôt seul. Toute autre réponse attend la validation d’un médecin.">
          {drCodes.map((code) => (
            <CheckboxField key={code} label={drCodeLabels[code]} isSelected={draft.withoutDoctor.includes(code)} onChange={(taken) => set({ withoutDoctor: drCodes.filter((one) => (one === code ? taken : draft.withoutDoctor.includes(one))) })} />
          ))}
        </Part>
        <Part title="P0" about="Urgence vitale : les moyens partent avant le médecin.">
          <Count label="Alerte si aucun médecin ne le prend en" unit="s" value={draft.p0.alertSeconds} max={600} onChange={(alertSeconds) => set({ p0: { ...draft.p0, alertSeconds } })} />
          <ChoicesField label="Moyens réflexes" choices={means} value={draft.p0.reflexMeans} onChange={(reflexMeans) => set({ p0: { ...draft.p0, reflexMeans } })} />
          {draft.p0.reflexMeans.length === 0 && <p className={css.wrong} role="alert">⚠ Au moins un moyen réflexe.</p>}
        </Part>
        <Part title="Régulation différée" about="Rappel convenu avec l’appelant, pour un P3 seulement.">
          <SwitchField label="Permise" isSelected={draft.deferral.allowed} onChange={(allowed) => set({ deferral: { ...draft.deferral, allowed } })} />
          <Count label="Rappel au plus tard après" unit="min" value={draft.deferral.maxMinutes} max={1_440} onChange={(maxMinutes) => set({ deferral: { ...draft.deferral, maxMinutes } })} />
        </Part>
        <Part title="Rappel des rendez-vous" about="Quand le patient n’a rien choisi. Sans mobile, ou sans passerelle SMS, un OSNP l’appelle. Jamais entre 20 h et 8 h.">
          <SegmentField label="Le patient est rappelé par" choices={reminders} value={draft.reminder.by} onChange={(by) => setReminder({ by })} />
          <Count label="Avant le rendez-vous" unit="h" value={draft.reminder.hours} max={72} onChange={(hours) => setReminder({ hours })} />
          <TextField label="Numéro à appeler pour annuler" value={draft.reminder.phone} maxLength={14} onChange={(phone) => setReminder({ phone })} />
          {!isNumber(draft.reminder.phone) && <p className={css.wrong} role="alert">⚠ Un numéro, par exemple 116117.</p>}
        </Part>
        <Part title="Suites" about="Ce que le logiciel fait de lui-même.">
          <SwitchField label="Les assistants envoient vers les filières spécialisées" isSelected={draft.assistantsReachFilieres} onChange={(assistantsReachFilieres) => set({ assistantsReachFilieres })} />
          <Count label="Suivi d’une personne vulnérable après" unit="h" value={draft.followUp.vulnerableHours} max={240} onChange={(vulnerableHours) => set({ followUp: { vulnerableHours } })} />
          <Count label="Dossier terminé achevé sans changement pendant" unit="min" value={draft.quietMinutes} max={240} onChange={(quietMinutes) => set({ quietMinutes })} />
        </Part>
      </fieldset>
      {!readOnly && (
        <div className={css.bar}>
          <TextField label="Approbation de la gouvernance" isRequired maxLength={300} value={approval} onChange={setApproval} placeholder="instance et date, par exemple COPIL du 12 janvier 2026" />
          <Button type="submit" look="main" isDisabled={!ready}>Mettre en vigueur la version {version + 1}…</Button>
          <span role="status" className={css.soft}>{changes.length === 0 ? 'Rien n’a changé.' : `${changes.length} changement${changes.length > 1 ? 's' : ''}${approval.trim().length < 5 ? ', en attente de l’approbation' : ''}`}</span>
        </div>
      )}
      {confirming && (
        <ConfirmDialog
          title={`Mettre en vigueur la version ${version + 1} ?`} open onClose={() => setConfirming(false)} action="Mettre en vigueur" pending={save.isPending} problem={save.error}
          onConfirm={() => save.mutate({ body: { territory, rules: draft, approval: approval.trim() } })}
        >
          <ul>{changes.map((change) => <li key={change}>{change}</li>)}</ul>
          <p>Approuvé par : {approval.trim()}. Tous les postes l’appliquent tout de suite ; la version {version} reste gardée.</p>
        </ConfirmDialog>
      )}
    </form>
  );
}

const Part = ({ title, about, children }: { title: string; about: string; children: ReactNode }) => (
  <section className={css.part}><h2>{title}</h2><p className={css.soft}>{about}</p>{children}</section>
);

function Count({ label, unit, value, max, onChange }: { label: string; unit: string; value: number; max: number; onChange: (value: number) => void }) {
  return <NumberField inline label={label} unit={unit} value={value} minValue={1} maxValue={max} onChange={(next) => Number.isInteger(next) && onChange(next)} />;
}
