import { useState } from 'react';
import { SidePanel } from '../../../../ui/dialog.tsx';
import { ChoicesField, NumberField, SelectField, SwitchField, TextField } from '../../../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../../../ui/form.tsx';
import { useAction, useRefresh } from '../../../../ui/query.ts';
import { toast } from '../../../../ui/toast.tsx';
import { routes, stages, type Editor, type Flow } from '../../contract.ts';
import { flowLabels, stageLabels } from './words.ts';
import css from './editors.module.css';

const blank: Editor = {
  name: '', baseUrl: '', flows: ['ps'], origin: 'sas', certPath: null, keyPath: null, caPath: null, concurrency: 4, active: false, stage: 'CADRAGE',
};
const flowChoices = (Object.keys(flowLabels) as Flow[]).map((value) => ({ value, label: flowLabels[value] }));
const stageChoices = stages.map((value) => ({ value, label: stageLabels[value] }));

/** Adds a vendor (`editor` null) or modifies one, in a panel beside the page. */
export function EditorForm({ editor, taken, onClose, onSaved }: {
  editor: Editor | null; taken: readonly string[]; onClose: () => void; onSaved: (name: string) => void;
}) {
  const [draft, setDraft] = useState<Editor>(editor ?? blank);
  const refresh = useRefresh();
  const save = useAction(routes.saveEditor, {
    onSuccess: ({ name }) => {
      toast({ tone: 'ok', words: editor ? `${name} est enregistré.` : `${name} est ajouté.` });
      void refresh(routes.editors);
      onClose();
      onSaved(name);
    },
  });
  const set = (next: Partial<Editor>) => setDraft({ ...draft, ...next });
  const exists = editor === null && taken.includes(draft.name.trim());
  const ready = draft.name.trim() !== '' && !exists && draft.baseUrl !== '' && draft.flows.length > 0;
  const path = (name: 'certPath' | 'keyPath' | 'caPath', label: string) => (
    <TextField name={name} label={label} value={draft[name] ?? ''} onChange={(text) => set({ [name]: text.trim() || null })} />
  );

  return (
    <SidePanel open onClose={onClose} over={editor ? 'Éditeur' : undefined} title={editor ? editor.name : 'Ajouter un éditeur'}>
      <ApiForm label="Éditeur" problem={save.error} onSubmit={() => ready && save.mutate({ params: { name: draft.name.trim() }, body: bodyOf(draft) })}>
        {editor === null && (
          <TextField
            name="name" label="Nom" isRequired autoFocus value={draft.name} onChange={(name) => set({ name })}
            help={exists ? '⚠ Cet éditeur existe déjà : modifiez-le depuis sa page.' : 'Tel que les opérateurs le voient sur les créneaux. Il ne change plus ensuite.'}
          />
        )}
        <TextField name="baseUrl" label="Adresse du serveur" type="url" isRequired value={draft.baseUrl} onChange={(baseUrl) => set({ baseUrl: baseUrl.trim() })} placeholder="https://…" help="Racine de son API, sans /Slot." />
        <ChoicesField label="Ce qu’on lui demande" choices={flowChoices} value={draft.flows} onChange={(flows) => set({ flows })} />
        {draft.flows.length === 0 && <p className={css.missing} role="alert">Choisissez au moins une sorte de créneaux.</p>}
        <SwitchField label="Interrogé par les recherches" isSelected={draft.active} onChange={(active) => set({ active })} help={draft.active ? 'Ses créneaux apparaissent dès l’enregistrement.' : 'Ses créneaux n’apparaissent pas ; les vérifications restent possibles.'} />
        {editor === null && <SelectField label="Étape du projet d’interfaçage" choices={stageChoices} value={draft.stage} onChange={(stage) => set({ stage })} />}
        <div className={css.pair}>
          <NumberField name="concurrency" label="Appels en même temps" minValue={1} maxValue={32} value={draft.concurrency} onChange={(concurrency) => set({ concurrency })} />
          <TextField name="origin" label="Origine ajoutée à l’adresse" value={draft.origin} onChange={(origin) => set({ origin })} />
        </div>
        <fieldset className={css.group}>
          <legend>Certificat présenté à cet éditeur</legend>
          {path('certPath', 'Fichier du certificat')}
          {path('keyPath', 'Fichier de la clé')}
          {path('caPath', 'Autorités acceptées (facultatif)')}
        </fieldset>
        <SubmitBar label={editor ? 'Enregistrer' : 'Ajouter l’éditeur'} pending={save.isPending} isDisabled={!ready} onCancel={onClose} />
      </ApiForm>
    </SidePanel>
  );
}

function bodyOf({ baseUrl, flows, origin, certPath, keyPath, caPath, concurrency, active, stage }: Editor): Omit<Editor, 'name'> {
  return { baseUrl, flows, origin, certPath, keyPath, caPath, concurrency, active, stage };
}
