import { z } from 'zod';
import { roleLabels } from '../../../../identity/contract.ts';
import { DataTable, type Column } from '../../../../ui/data-table.tsx';
import { TextField } from '../../../../ui/field.tsx';
import { Page } from '../../../../ui/frame.tsx';
import { useNow, useZone } from '../../../../ui/moments.tsx';
import { useApi } from '../../../../ui/query.ts';
import { ProblemState } from '../../../../ui/states.tsx';
import { useUrlState } from '../../../../ui/url.ts';
import { patientTaskOutcomeWords, routes } from '../../contract.ts';

const DAYS_SHOWN = 30;
const periodSchema = z.object({ du: z.iso.date().optional().catch(undefined), au: z.iso.date().optional().catch(undefined) });

interface Row {
  readonly reason: string;
  readonly count: number;
  readonly share: number;
}

const columns: readonly Column<Row>[] = [
  { id: 'reason', label: 'Raison', value: ({ reason }) => reason },
  { id: 'count', label: 'Patients', align: 'end', value: ({ count }) => count },
  { id: 'share', label: 'Part', align: 'end', value: ({ share }) => share, render: ({ share }) => `${share} %` },
];

/** Why patients did not come to the appointments of a period, in numbers; nobody is named (RDV-13). */
export default function AbsencesScreen() {
  const today = useNow(60_000).toZonedDateTimeISO(useZone()).toPlainDate();
  const [{ du = today.subtract({ days: DAYS_SHOWN }).toString(), au = today.toString() }, write] = useUrlState(periodSchema);
  const { data, error, refetch } = useApi(routes.absences, { query: { from: du, to: au } }, { topics: ['patient-task'], keepPrevious: true });
  if (error && !data) return <Page title="Absences"><ProblemState problem={error} roleNames={roleLabels} onRetry={() => void refetch()} /></Page>;
  return (
    <Page title="Absences" intro="Pourquoi les patients ne sont pas venus à leur rendez-vous : ce que les OSNP ont appris en les rappelant. Aucun patient n’est nommé.">
      <DataTable
        label="Raisons des absences" rows={data && rowsOf(data)} columns={columns} rowKey={({ reason }) => reason} exportName={`absences-${du}-${au}`}
        tools={<>
          <TextField type="date" label="Rendez-vous du" value={du} onChange={(next) => write({ du: next, au }, { replace: true })} />
          <TextField type="date" label="au" value={au} onChange={(next) => write({ du, au: next }, { replace: true })} />
        </>}
      />
    </Page>
  );
}

function rowsOf({ reasons, toCheck }: { reasons: readonly { reason: keyof typeof patientTaskOutcomeWords; count: number }[]; toCheck: number }): Row[] {
  const counts = [...reasons.map(({ reason, count }) => ({ reason: patientTaskOutcomeWords[reason], count })), { reason: 'À vérifier', count: toCheck }];
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  return counts.map(({ reason, count }) => ({ reason, count, share: total === 0 ? 0 : Math.round((100 * count) / total) }));
}
