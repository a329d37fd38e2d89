import { useState } from 'react';
import { SidePanel } from '../../../../ui/dialog.tsx';
import { Facts } from '../../../../ui/facts.tsx';
import { SegmentField, TextField } from '../../../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../../../ui/form.tsx';
import { Moment } from '../../../../ui/moments.tsx';
import { formatPhone } from '../../../../ui/phone.ts';
import { useAction, useRefresh } from '../../../../ui/query.ts';
import { toast } from '../../../../ui/toast.tsx';
import { routes, structureKindLabels, type Structure } from '../../contract.ts';
import { dayProblem, hoursOf, weekOf } from './hours.ts';
import { HoursEditor } from './hours-editor.tsx';
import css from './structures.module.css';

type Channel = 'phone' | 'web';
const channelChoices = [{ value: 'phone', label: 'Par téléphone' }, { value: 'web', label: 'En ligne' }] as const;

/** Identifies a structure to the SAS: how it is reached and when. */
export function StructurePanel({ structure, onClose }: { structure: Structure; onClose: () => void }) {
  const { id, name, kind, address, postcode, city, phone, identifiedAt } = structure;
  const [channel, setChannel] = useState<Channel>(structure.contactChannel === 'web' ? 'web' : 'phone');
  const [contact, setContact] = useState(formatPhone(structure.contact ?? (channel === 'phone' ? (phone ?? '') : '')));
  const [week, setWeek] = useState(weekOf(structure.hours));
  const refresh = useRefresh();
  const save = useAction(routes.identifyStructure, {
    onSuccess: () => {
      toast({ tone: 'ok', words: `${name} est identifiée : les opérateurs peuvent la solliciter.` });
      void refresh(routes.findStructures);
      onClose();
    },
  });
  const hours = hoursOf(week);
  const wrong = week.some((ranges) => dayProblem(ranges) !== null);
  const why = contact.trim().length < 3 ? 'Dites comment la joindre.' : hours.length === 0 ? 'Donnez au moins une plage horaire.' : wrong ? 'Corrigez les horaires.' : null;

  return (
    <SidePanel open onClose={onClose} over={structureKindLabels[kind]} title={name}>
      <div className={css.panel}>
        <Facts items={[['Adresse', [address, `${postcode} ${city}`].filter(Boolean).join(', ')], ['Identifiant', <code key="id">{id}</code>], ['Identifiée', identifiedAt ? <Moment key="at" at={identifiedAt} day /> : 'pas encore']]} />
        <ApiForm label="Identification" problem={save.error} onSubmit={() => why === null && save.mutate({ params: { id }, body: { contactChannel: channel, contact: contact.trim(), hours } })}>
          <SegmentField<Channel> label="Elle se sollicite" choices={channelChoices} value={channel} onChange={setChannel} />
          <TextField
            name="contact" label={channel === 'phone' ? 'Numéro' : 'Adresse de la page'} isRequired autoFocus
            type={channel === 'phone' ? 'tel' : 'url'} value={contact} onChange={setContact} placeholder={channel === 'phone' ? '05 49 00 00 00' : 'https://…'}
            help="Réservé aux professionnels du SAS : jamais montré au public."
          />
          <HoursEditor week={week} onChange={setWeek} />
          <SubmitBar label={identifiedAt ? 'Enregistrer' : 'Identifier la structure'} pending={save.isPending} isDisabled={why !== null} onCancel={onClose} />
          {why && <p className={css.soft} role="status">{why}</p>}
        </ApiForm>
      </div>
    </SidePanel>
  );
}
