import { useState } from 'react';
import { Badge } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { DataTable, type Column } from '../../../../ui/data-table.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { NumberField, TextField } from '../../../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../../../ui/form.tsx';
import { useNow, useZone } from '../../../../ui/moments.tsx';
import { useAction, useApi, useRefresh } from '../../../../ui/query.ts';
import { EmptyState, QueryView } from '../../../../ui/states.tsx';
import { toast } from '../../../../ui/toast.tsx';
import { type MspRatio, routes, statusLabels, type StructureDoctor, viaLabels } from '../../contract.ts';
import { hoursOf, refusalsInWords, statusTones } from '../words.ts';
import css from '../participation.module.css';

/** The doctors of a structure: how each takes part, his full-time equivalent, where he stands. */
export function Doctors({ structureId, owing }: { structureId: string; owing: boolean }) {
  const query = useApi(routes.structureDoctors, { params: { id: structureId } }, { topics: ['participation'] });
  const [edited, setEdited] = useState<StructureDoctor | null>(null);
  const columns: Column<StructureDoctor>[] = [
    { id: 'name', label: 'Médecin', value: ({ name }) => name },
    { id: 'status', label: 'Participation', value: ({ status }) => (status ? statusLabels[status] : 'Non déclarée'), render: ({ status, via }) => (
      <span><Badge tone={status ? statusTones[status] : 'neutral'}>{status ? statusLabels[status] : 'Non déclarée'}</Badge> {via && <span className={css.soft}>{viaLabels[via]}</span>}</span>
    ) },
    ...(owing ? [{ id: 'etp', label: 'ETP', align: 'end' as const, value: ({ etp }: StructureDoctor) => etp, render: (doctor: StructureDoctor) => (
      <Button small look="quiet" aria-label={`Modifier l’ETP de ${doctor.name}`} onPress={() => setEdited(doctor)}>{doctor.etp.toLocaleString('fr-FR')}</Button>
    ) }] : []),
    { id: 'eligible', label: 'Conditions de l’année', value: ({ eligible, refusals }) => (eligible ? 'Remplies à ce jour' : refusalsInWords(refusals)) },
    { id: 'missing', label: 'Semaines manquantes', align: 'end', value: ({ missing }) => missing },
  ];
  return (
    <QueryView query={query}>
      {({ doctors, etp, dueMinutes, ratio }) => (
        <>
          {owing && <p>{etp.toLocaleString('fr-FR')} ETP de médecins comptés : <strong>{hoursOf(dueMinutes)} à rendre visibles chaque semaine</strong>.</p>}
          {ratio && <Ratio ratio={ratio} />}
          <DataTable label="Médecins de la structure" rows={doctors} columns={columns} rowKey={({ nationalId }) => nationalId} exportName="medecins"
            initialSort={{ column: 'name', descending: false }} empty={<EmptyState title="Aucun médecin"><p>L’annuaire ne rattache aucun médecin généraliste à cette structure.</p></EmptyState>} />
          {edited && <EtpDialog structureId={structureId} doctor={edited} onClose={() => setEdited(null)} />}
        </>
      )}
    </QueryView>
  );
}

function Ratio({ ratio: { doctors, participating, takesAll, level, valued } }: { ratio: MspRatio }) {
  const words = { all: 'tous les médecins participent', half: 'la moitié au moins des médecins participe', less: 'moins de la moitié des médecins participe' }[level];
  return (
    <p>
      <Badge tone={valued ? 'ok' : 'neutral'}>{valued ? 'Valorisée (ACI MSP)' : 'Non valorisée'}</Badge>{' '}
      {participating} sur {doctors} : {words}{takesAll && ', et la MSP prend toutes les demandes du SAS'}.
    </p>
  );
}

function EtpDialog({ structureId, doctor, onClose }: { structureId: string; doctor: StructureDoctor; onClose: () => void }) {
  const zone = useZone();
  const today = useNow(60_000).toZonedDateTimeISO(zone).toPlainDate().toString();
  const [etp, setEtp] = useState(doctor.etp);
  const [from, setFrom] = useState(today);
  const refresh = useRefresh();
  const save = useAction(routes.saveEtp, {
    onSuccess: () => {
      toast({ tone: 'ok', words: 'Équivalent temps plein enregistré.' });
      void refresh(routes.structureDoctors);
      void refresh(routes.participationWeeks);
      onClose();
    },
  });
  return (
    <Dialog title="Équivalent temps plein" over={doctor.name} open onClose={onClose}>
      <ApiForm problem={save.error} onSubmit={() => save.mutate({ params: { id: structureId, nationalId: doctor.nationalId }, body: { etp, from } })}>
        <NumberField name="etp" label="ETP" minValue={0} maxValue={1} step={0.05} value={etp} onChange={setEtp} help="1 pour un temps plein. Chaque ETP doit 2 heures par semaine." />
        <TextField name="from" label="À partir du" type="date" isRequired value={from} onChange={(day) => day && setFrom(day)} />
        <SubmitBar label="Enregistrer" pending={save.isPending} onCancel={onClose} isDisabled={Number.isNaN(etp)} />
      </ApiForm>
    </Dialog>
  );
}
