import { useState } from 'react';
import { Dialog } from '../../../../ui/dialog.tsx';
import { CheckboxField, SegmentField, SelectField, SwitchField, TextField } from '../../../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../../../ui/form.tsx';
import { useNow, useZone } from '../../../../ui/moments.tsx';
import { formatPhone } from '../../../../ui/phone.ts';
import { useAction, useRefresh } from '../../../../ui/query.ts';
import { toast } from '../../../../ui/toast.tsx';
import { type Overview, routes, type Via } from '../../contract.ts';
import type { Subject } from '../subjects.ts';
import { dateOf, viaChoices } from '../words.ts';
import { Complements } from './complements.tsx';
import { declarationOf, type Draft, draftOf, statementOf, whyNot } from './draft.ts';
import { ThroughStructure } from './through-structure.tsx';
import css from '../participation.module.css';

const ways: readonly Via[] = ['individual', 'cpts', 'msp', 'sos'];

export interface SettingsDialogProps {
  readonly subject: Subject;
  readonly overview: Overview;
  /** The way a structure takes part; null for a professional, who selects it. */
  readonly kind: Via | null;
  readonly onClose: () => void;
}

/** The pop-in « Vos paramètres »: how somebody takes part in the SAS, what he shows, from when. */
export function SettingsDialog({ subject, overview, kind, onClose }: SettingsDialogProps) {
  const [draft, setDraft] = useState(() => draftOf(overview, kind, formatPhone));
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const refresh = useRefresh();
  const save = useAction(routes.declare, {
    onSuccess: () => {
      toast({ tone: 'ok', words: draft.from ? `Enregistré : prendra effet le ${dateOf(draft.from)}.` : 'Enregistré.' });
      for (const route of [routes.participation, routes.participationHistory, routes.participationWeeks, routes.linkedStructures]) void refresh(route);
      onClose();
    },
  });
  const why = whyNot(draft);
  const statement = statementOf(draft, overview, subject);
  return (
    <Dialog title="Vos paramètres" over={overview.name} open onClose={onClose}>
      <ApiForm label="Paramètres de participation au SAS" problem={save.error} onSubmit={() => !why && save.mutate({ body: declarationOf(draft, overview, subject) })}>
        <CheckboxField name="participates" label="Je participe au SAS" isSelected={draft.participates} onChange={(participates) => change({ participates, enSus: participates && draft.enSus })} />
        {/* Accepting to be called is taking part (seed 004, p. 6). */}
        <CheckboxField name="enSus" isSelected={draft.enSus} onChange={(enSus) => change({ enSus, participates: enSus || draft.participates })}
          label="J'accepte d'être directement contacté par la régulation afin d'être sollicité pour prendre des patients en sus de mes disponibilités" />
        {draft.participates && (
          <>
            {!kind && (
              <SelectField<Via> name="via" label="Comment participez-vous ?" placeholder="Sélectionner" isRequired value={draft.via}
                choices={ways.map((value) => ({ value, label: viaChoices[value] }))} onChange={(via) => change({ via, viaStructureId: null })} />
            )}
            {!kind && draft.via && draft.via !== 'individual' && <ThroughStructure draft={draft} via={draft.via} overview={overview} onChange={change} />}
            {kind === 'msp' && <CheckboxField label="Nous prenons toutes les demandes du SAS" isSelected={draft.takesAll} onChange={(takesAll) => change({ takesAll })} />}
            <Slots draft={draft} onChange={change} />
            {statement && <CheckboxField name="statement" label={statement.text} isSelected={draft.sworn} onChange={(sworn) => change({ sworn })} />}
          </>
        )}
        <Complements draft={draft} structure={kind !== null} onChange={change} />
        <EffectDate from={draft.from} onChange={(from) => change({ from })} />
        <SubmitBar label="Enregistrer" pending={save.isPending} onCancel={onClose} isDisabled={why !== null} />
        {why && <p className={css.soft} role="status">{why}</p>}
      </ApiForm>
    </Dialog>
  );
}

/** Where the slots come from: a vendor that answers the platform, or the platform's own agenda. */
function Slots({ draft, onChange }: { draft: Draft; onChange: (part: Partial<Draft>) => void }) {
  return (
    <fieldset className={css.group}>
      <legend>Affichage des créneaux</legend>
      <SwitchField label="J’utilise une solution de prise de rendez-vous interfacée" isSelected={draft.usesEditor} onChange={(usesEditor) => onChange({ usesEditor })} />
      {draft.usesEditor && (
        <SwitchField label="J’accepte que ses créneaux disponibles s’affichent dans la plateforme" isSelected={draft.upload} onChange={(upload) => onChange({ upload })}
          help={draft.upload ? 'Vos créneaux grand public et professionnels remontent d’eux-mêmes.' : 'Refusé : ces créneaux disparaissent aussitôt des recherches. Rendez 2 heures par semaine visibles sur l’agenda de la plateforme.'} />
      )}
    </fieldset>
  );
}

const when = [{ value: 'now', label: 'Tout de suite' }, { value: 'later', label: 'À une date' }] as const;

function EffectDate({ from, onChange }: { from: string | null; onChange: (from: string | null) => void }) {
  const zone = useZone();
  const tomorrow = useNow(60_000).toZonedDateTimeISO(zone).toPlainDate().add({ days: 1 }).toString();
  return (
    <>
      <SegmentField label="Prend effet" choices={when} value={from === null ? 'now' : 'later'} onChange={(value) => onChange(value === 'now' ? null : tomorrow)} />
      {from !== null && <TextField name="from" label="À partir du" type="date" isRequired value={from} onChange={(day) => day && onChange(day)} />}
    </>
  );
}
