import { useState } from 'react';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/confirm.tsx';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { CheckIcon, WaitIcon } from '../../../ui/icons.tsx';
import { Moment, useNow, useZone } from '../../../ui/moments.tsx';
import { useAction, useRefresh } from '../../../ui/query.ts';
import { EmptyState } from '../../../ui/states.tsx';
import { toast } from '../../../ui/toast.tsx';
import { categories, holdReasons, routes, type HoldView } from '../../contract.ts';
import { dayOf } from '../words.ts';

/** The legal holds, those that stand and those that are over. */
export function Holds({ holds, territory, mayLift }: { holds: readonly HoldView[] | undefined; territory: string; mayLift: boolean }) {
  const zone = useZone();
  const now = useNow(60_000).toString();
  const [lifting, setLifting] = useState<HoldView | null>(null);
  const refresh = useRefresh();
  const lift = useAction(routes.liftHold, {
    onSuccess: () => {
      toast({ tone: 'ok', words: 'Gel levé : le prochain effacement reprend ces données.' });
      setLifting(null);
      void refresh(routes.retention);
    },
  });
  const isOver = ({ liftedAt, until }: HoldView) => liftedAt !== null || (until !== null && until <= now);
  const columns: readonly Column<HoldView>[] = [
    { id: 'state', label: 'État', value: (hold) => (isOver(hold) ? 'Terminé' : 'En vigueur'), render: (hold) => (isOver(hold) ? <Badge icon={<CheckIcon size={12} />}>Terminé</Badge> : <Badge tone="warn" icon={<WaitIcon size={12} />}>En vigueur</Badge>) },
    { id: 'category', label: 'Données', value: ({ category }) => categories[category].label },
    { id: 'object', label: 'Étendue', value: ({ objectId }) => objectId ?? 'Toute la catégorie' },
    { id: 'reason', label: 'Motif', value: ({ reason }) => holdReasons[reason] },
    { id: 'author', label: 'Par', value: ({ author }) => author },
    { id: 'at', label: 'Depuis', value: ({ at }) => at, render: ({ at }) => <Moment at={at} day /> },
    { id: 'until', label: 'Fin', value: ({ liftedAt, until }) => liftedAt ?? until, render: ({ liftedAt, liftedBy, until }) => (liftedAt ? <>levé par {liftedBy}</> : until ? dayOf(until, zone) : 'sans date') },
    { id: 'act', label: 'Action', sortable: false, exported: false, value: () => null, render: (hold) => mayLift && !isOver(hold) && <Button small onPress={() => setLifting(hold)}>Lever</Button> },
  ];
  return (
    <>
      <DataTable
        label="Gels" rows={holds} columns={columns} rowKey={({ id }) => id} filterLabel="Filtrer" exportName={`gels-${territory}`}
        empty={<EmptyState title="Aucun gel"><p>Un gel empêche d’effacer un objet ou une catégorie : litige, réquisition, contrôle.</p></EmptyState>}
      />
      {lifting && (
        <ConfirmDialog title="Lever ce gel ?" open onClose={() => setLifting(null)} action="Lever le gel" danger pending={lift.isPending} problem={lift.error} onConfirm={() => lift.mutate({ params: { territory, id: lifting.id } })}>
          <p>{categories[lifting.category].label}, {lifting.objectId ?? 'toute la catégorie'} : ce qui a dépassé sa durée sera effacé dès le prochain passage.</p>
        </ConfirmDialog>
      )}
    </>
  );
}
