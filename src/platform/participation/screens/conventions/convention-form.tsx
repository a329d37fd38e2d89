import { useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { type Option, ComboField } from '../../../../ui/combo-field.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { SegmentField, SelectField, TextField } from '../../../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../../../ui/form.tsx';
import { useNow, useZone } from '../../../../ui/moments.tsx';
import { useAction, useRefresh } from '../../../../ui/query.ts';
import { call } from '../../../../ui/api.ts';
import { toast } from '../../../../ui/toast.tsx';
import { routes as directory } from '../../../directory/contract.ts';
import { type Convention, conventionKindLabels, routes, signatoryPartyLabels } from '../../contract.ts';
import css from '../participation.module.css';

type Signatory = Convention['signatories'][number];
type Kind = Convention['kind'];
const kinds = (Object.keys(conventionKindLabels) as Kind[]).map((value) => ({ value, label: conventionKindLabels[value] }));
const parties = (Object.keys(signatoryPartyLabels) as Signatory['party'][]).map((value) => ({ value, label: signatoryPartyLabels[value] }));
const unsigned = (party: Signatory['party']): Signatory => ({ party, name: '', quality: '', signedOn: null });

async function findStructures(words: string, signal: AbortSignal): Promise<Option[]> {
  if (words.trim().length < 2) return [];
  const { structures } = await call(directory.findStructures, { query: { q: words, limit: '8' }, signal });
  return structures.map(({ id, name, city, territory }) => ({ key: id, label: name, detail: `${city}, SAS ${territory}` }));
}

/** Records a convention, or corrects one: once read, its signatures alone. */
export function ConventionForm({ convention, onClose }: { convention: Convention | null; onClose: () => void }) {
  const zone = useZone();
  const today = useNow(60_000).toZonedDateTimeISO(zone).toPlainDate().toString();
  const [structure, setStructure] = useState<Option | null>(convention && { key: convention.structureId, label: convention.structureName });
  const [kind, setKind] = useState<Kind>(convention?.kind ?? 'effecteurs');
  const [subject, setSubject] = useState(convention?.subject ?? 'Participation des effecteurs au SAS');
  const [startsOn, setStartsOn] = useState(convention?.startsOn ?? today);
  const [endsOn, setEndsOn] = useState(convention?.endsOn ?? '');
  const [signatories, setSignatories] = useState<readonly Signatory[]>(convention?.signatories ?? [unsigned('sas'), unsigned('structure')]);
  const refresh = useRefresh();
  const onSuccess = () => {
    toast({ tone: 'ok', words: 'Convention enregistrée.' });
    void refresh(routes.conventions);
    onClose();
  };
  const create = useAction(routes.createConvention, { onSuccess });
  const change = useAction(routes.changeConvention, { onSuccess });
  const frozen = convention !== null && convention.status !== 'BROUILLON';
  const content = { subject, startsOn, endsOn: endsOn || null, signatories: signatories.filter(({ name }) => name.trim().length > 1) };

  function submit() {
    if (convention) change.mutate({ params: { id: convention.id }, body: { ...content, version: convention.version } });
    else if (structure) create.mutate({ body: { ...content, kind, structureId: structure.key } });
  }

  const set = (at: number, part: Partial<Signatory>) => setSignatories(signatories.map((one, index) => (index === at ? { ...one, ...part } : one)));
  return (
    <Dialog title={convention ? convention.structureName : 'Nouvelle convention'} open onClose={onClose}>
      <ApiForm problem={create.error ?? change.error} onSubmit={submit}>
        {!convention && <ComboField label="Structure" name="structureId" source="structures" value={structure} onChange={setStructure} load={findStructures} />}
        {!convention && <SegmentField<Kind> label="Sorte" choices={kinds} value={kind} onChange={setKind} />}
        <TextField name="subject" label="Objet" isRequired isDisabled={frozen} maxLength={200} value={subject} onChange={setSubject} />
        <div className={css.pair}>
          <TextField name="startsOn" label="Du" type="date" isRequired isDisabled={frozen} value={startsOn} onChange={setStartsOn} />
          <TextField name="endsOn" label="Au" type="date" isDisabled={frozen} value={endsOn} onChange={setEndsOn} help="Vide : sans fin." />
        </div>
        {signatories.map((one, index) => (
          <fieldset key={index} className={css.group}>
            <legend>Signataire {index + 1}</legend>
            <div className={css.pair}>
              <SelectField label="Pour" choices={parties} value={one.party} onChange={(party) => set(index, { party })} />
              <TextField label="Nom" value={one.name} maxLength={120} onChange={(name) => set(index, { name })} />
              <TextField label="Qualité" value={one.quality} maxLength={120} onChange={(quality) => set(index, { quality })} />
              <TextField label="Signé le" type="date" value={one.signedOn ?? ''} onChange={(day) => set(index, { signedOn: day || null })} />
            </div>
          </fieldset>
        ))}
        <div><Button small look="quiet" onPress={() => setSignatories([...signatories, unsigned('ars')])}>Ajouter un signataire</Button></div>
        <SubmitBar label="Enregistrer" pending={create.isPending || change.isPending} onCancel={onClose} isDisabled={!structure} />
      </ApiForm>
    </Dialog>
  );
}
