import { useState } from 'react';
import { SidePanel } from '../../../ui/dialog.tsx';
import { SegmentField, SelectField, TextField } from '../../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../../ui/form.tsx';
import { useZone } from '../../../ui/moments.tsx';
import { useAction, useRefresh } from '../../../ui/query.ts';
import { toast } from '../../../ui/toast.tsx';
import { categories, holdReasons, routes, type HoldReason, type Rule } from '../../contract.ts';
import css from './retention.module.css';

const reasons = (Object.keys(holdReasons) as HoldReason[]).map((value) => ({ value, label: holdReasons[value] }));
const extents = [{ value: 'object', label: 'Un objet' }, { value: 'all', label: 'Toute la catégorie' }] as const;

/** Keeps an object, or a category, from being erased. */
export function HoldPanel({ territory, rules, onClose }: { territory: string; rules: readonly Rule[]; onClose: () => void }) {
  const zone = useZone();
  const [category, setCategory] = useState<Rule['category'] | null>(null);
  const [extent, setExtent] = useState<'object' | 'all'>('object');
  const [objectId, setObjectId] = useState('');
  const [reason, setReason] = useState<HoldReason | null>(null);
  const [until, setUntil] = useState('');
  const refresh = useRefresh();
  const place = useAction(routes.placeHold, {
    onSuccess: () => {
      toast({ tone: 'ok', words: 'Gel en place : rien de ce qu’il couvre ne sera effacé.' });
      void refresh(routes.retention);
      onClose();
    },
  });
  const ready = category !== null && reason !== null && (extent === 'all' || objectId.trim() !== '');
  function submit() {
    if (!ready) return;
    const end = until && Temporal.PlainDate.from(until).add({ days: 1 }).toZonedDateTime(zone).toInstant().toString();
    place.mutate({ params: { territory }, body: { category, objectId: extent === 'all' ? null : objectId.trim(), reason, until: end || null } });
  }
  return (
    <SidePanel open onClose={onClose} title="Geler des données">
      <ApiForm label="Gel" problem={place.error} onSubmit={submit}>
        <SelectField name="category" label="Données" isRequired choices={rules.filter(({ editable }) => editable).map((rule) => ({ value: rule.category, label: categories[rule.category].label }))} value={category} onChange={setCategory} />
        <SegmentField label="Étendue" choices={extents} value={extent} onChange={setExtent} />
        {extent === 'object' && <TextField name="objectId" label="Identifiant de l’objet" isRequired value={objectId} onChange={setObjectId} help="Celui que montrent son écran, le journal ou « Ce qui serait effacé »." />}
        <SelectField name="reason" label="Motif" isRequired choices={reasons} value={reason} onChange={setReason} />
        <TextField name="until" type="date" label="Jusqu’au (inclus)" value={until} onChange={setUntil} help="Sans date : jusqu’à ce que quelqu’un le lève." />
        <p className={css.soft}>Le gel est journalisé à votre nom.</p>
        <SubmitBar label="Geler" pending={place.isPending} isDisabled={!ready} onCancel={onClose} />
      </ApiForm>
    </SidePanel>
  );
}
