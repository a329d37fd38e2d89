import { useState } from 'react';
import { z } from 'zod';
import { Badge } from '../../../../ui/badge.tsx';
import { DataTable, type Column } from '../../../../ui/data-table.tsx';
import { NumberField, SelectField, TextField } from '../../../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../../../ui/form.tsx';
import { Page } from '../../../../ui/frame.tsx';
import { Button } from '../../../../ui/button.tsx';
import { Dialog, SidePanel } from '../../../../ui/dialog.tsx';
import { useNow, useZone } from '../../../../ui/moments.tsx';
import { useAction, useApi, useRefresh } from '../../../../ui/query.ts';
import { EmptyState, ProblemState } from '../../../../ui/states.tsx';
import { covers, useAccount } from '../../../../ui/session.ts';
import { toast } from '../../../../ui/toast.tsx';
import { useUrlState } from '../../../../ui/url.ts';
import { routes as territoryRoutes } from '../../../../territory/contract.ts';
import { type DoctorStanding, routes, statusLabels, viaLabels } from '../../contract.ts';
import { History } from '../history.tsx';
import { refusalsInWords, statusTones } from '../words.ts';
import css from '../participation.module.css';

const viewSchema = z.object({ territory: z.string().optional().catch(undefined), year: z.string().regex(/^\d{4}$/).optional().catch(undefined) });

const columns: Column<DoctorStanding>[] = [
  { id: 'name', label: 'Médecin', value: ({ name }) => name },
  { id: 'via', label: 'Mode', value: ({ via }) => (via ? viaLabels[via] : '') },
  { id: 'status', label: 'Participation', value: ({ status }) => (status ? statusLabels[status] : ''), render: ({ status }) => status && <Badge tone={statusTones[status]}>{statusLabels[status]}</Badge> },
  { id: 'eligible', label: 'Conditions du SAS', value: ({ verdict }) => (verdict.eligible ? 'remplies' : refusalsInWords(verdict.refusals)), render: ({ verdict }) => (
    <Badge tone={verdict.eligible ? 'ok' : 'bad'}>{verdict.eligible ? 'remplies' : refusalsInWords(verdict.refusals)}</Badge>
  ) },
  { id: 'met', label: 'Semaines tenues', align: 'end', value: ({ verdict }) => verdict.met },
  { id: 'missing', label: 'Manquantes', align: 'end', value: ({ verdict }) => verdict.missing },
  { id: 'id', label: 'Identifiant national', value: ({ nationalId }) => nationalId },
];

/** The 2 h a week of every doctor of a territory, for those who lead the SAS; volet 1 stays the CPAM's to check. */
export default function EligibilityScreen() {
  const account = useAccount();
  const zone = useZone();
  const present = useNow(60_000).toZonedDateTimeISO(zone).yearOfWeek!;
  const [view, write] = useUrlState(viewSchema);
  const territories = useApi(territoryRoutes.listTerritories, {});
  const own = territories.data?.territories.filter(({ code }) => covers(account, code)) ?? [];
  const territory = view.territory ?? own[0]?.code;
  const year = view.year ?? String(present);
  const query = useApi(routes.eligibility, { query: { territory: territory ?? '', year } }, { enabled: territory !== undefined, topics: ['participation'], keepPrevious: true });
  const [opened, setOpened] = useState<DoctorStanding | null>(null);
  const [editing, setEditing] = useState(false);
  const eligible = query.data?.doctors.filter(({ verdict }) => verdict.eligible).length ?? 0;
  if (query.error && !query.data) return <Page title="Éligibilité"><ProblemState problem={query.error} onRetry={() => void query.refetch()} /></Page>;
  return (
    <Page title="Éligibilité" intro="2 heures visibles chaque semaine et « Je participe au SAS » : calculé de ce qui a été montré. Le volet 1 est à vérifier par la CPAM.">
      <DataTable
        label="Éligibilité des médecins" rows={query.data?.doctors} columns={columns} rowKey={({ nationalId }) => nationalId} onOpen={setOpened} selectedKey={opened?.nationalId ?? null}
        initialSort={{ column: 'missing', descending: true }} filterLabel="Filtrer" exportName={`eligibilite-${territory}-${year}`}
        tools={
          <>
            {own.length > 1 && <SelectField label="Territoire" choices={own.map(({ code, name }) => ({ value: code, label: `${code} · ${name}` }))} value={territory ?? null} onChange={(next) => write({ territory: next }, { replace: true })} />}
            <SelectField label="Année" choices={[present, present - 1, present - 2].map((one) => ({ value: String(one), label: String(one) }))} value={year} onChange={(next) => write({ year: next }, { replace: true })} />
            <Button onPress={() => setEditing(true)}>Tolérance : {query.data?.tolerance ?? 0} semaine{(query.data?.tolerance ?? 0) > 1 ? 's' : ''}</Button>
          </>
        }
        empty={<EmptyState title="Personne n’a participé cette année"><p>Les médecins déclarent leur participation dans leur espace personnel.</p></EmptyState>}
        footer={query.data && <span>{eligible} sur {query.data.doctors.length} remplissent les conditions du SAS.</span>}
      />
      {opened && (
        <SidePanel title={opened.name} over={opened.via ? viaLabels[opened.via] : 'Médecin'} open onClose={() => setOpened(null)}>
          <History subject={{ nationalId: opened.nationalId }} />
        </SidePanel>
      )}
      {editing && territory && <ToleranceDialog territory={territory} weeks={query.data?.tolerance ?? 0} onClose={() => setEditing(false)} />}
    </Page>
  );
}

function ToleranceDialog({ territory, weeks: before, onClose }: { territory: string; weeks: number; onClose: () => void }) {
  const zone = useZone();
  const today = useNow(60_000).toZonedDateTimeISO(zone).toPlainDate().toString();
  const [weeks, setWeeks] = useState(before);
  const [from, setFrom] = useState(today);
  const refresh = useRefresh();
  const save = useAction(routes.saveTolerance, {
    onSuccess: () => {
      toast({ tone: 'ok', words: 'Tolérance enregistrée.' });
      void refresh(routes.eligibility);
      onClose();
    },
  });
  return (
    <Dialog title="Semaines qui peuvent manquer" over={`SAS ${territory}`} open onClose={onClose}>
      <ApiForm problem={save.error} onSubmit={() => save.mutate({ body: { territory, from, weeks } })}>
        <p className={css.soft}>Un congé n’excuse pas de lui-même une semaine : la tolérance dit combien de semaines d’une année peuvent manquer.</p>
        <NumberField name="weeks" label="Par année" unit="semaines" minValue={0} maxValue={52} value={weeks} onChange={setWeeks} />
        <TextField name="from" label="À partir du" type="date" isRequired value={from} onChange={(day) => day && setFrom(day)} />
        <SubmitBar label="Enregistrer" pending={save.isPending} onCancel={onClose} isDisabled={Number.isNaN(weeks)} />
      </ApiForm>
    </Dialog>
  );
}
