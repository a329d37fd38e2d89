import { useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { useNow, useZone } from '../../../../ui/moments.tsx';
import { useAction, useApi, useRefresh } from '../../../../ui/query.ts';
import { QueryView } from '../../../../ui/states.tsx';
import { formatMoment } from '../../../../ui/time.ts';
import { toast } from '../../../../ui/toast.tsx';
import { routes, type Leave } from '../../contract.ts';
import { LeaveOutcome } from './leave-dialog.tsx';
import css from './form.module.css';

/** The leaves of the week, each with its appointments and the way to take it back. */
export function LeavesList({ leaves }: { leaves: readonly Leave[] }) {
  const zone = useZone();
  const now = useNow(60_000);
  const [opened, setOpened] = useState<Leave | null>(null);
  const refresh = useRefresh();
  const remove = useAction(routes.removeLeave, {
    onSuccess: ({ givenBack }) => {
      toast({ tone: 'ok', words: givenBack === 0 ? 'Indisponibilité retirée.' : `Indisponibilité retirée : ${givenBack === 1 ? '1 disponibilité est de nouveau offerte' : `${givenBack} disponibilités sont de nouveau offertes`}.` });
      void refresh(routes.agenda);
    },
    onError: ({ message }) => toast({ tone: 'bad', words: message }),
  });
  if (leaves.length === 0) return null;
  return (
    <>
      <ul className={css.list} aria-label="Indisponibilités de la semaine">
        {leaves.map((leave) => (
          <li key={leave.id} className={css.row}>
            <span><strong>Indisponible</strong> du {formatMoment(leave.from, zone, now)} au {formatMoment(leave.to, zone, now)} <span className={css.soft}>déclaré par {leave.by}</span></span>
            <span>
              <Button small look="quiet" onPress={() => setOpened(leave)}>Rendez-vous concernés</Button>
              <Button small isPending={remove.isPending && remove.variables?.params.id === leave.id} onPress={() => remove.mutate({ params: { id: leave.id } })}>Retirer</Button>
            </span>
          </li>
        ))}
      </ul>
      {opened && <Touched leave={opened} onClose={() => setOpened(null)} />}
    </>
  );
}

function Touched({ leave, onClose }: { leave: Leave; onClose: () => void }) {
  const outcome = useApi(routes.leaveAppointments, { params: { id: leave.id } }, { topics: ['slot', 'orientation'] });
  return <Dialog title="Rendez-vous concernés" open onClose={onClose}><QueryView query={outcome}>{(data) => <LeaveOutcome outcome={data} />}</QueryView></Dialog>;
}
