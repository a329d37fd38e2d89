import { useAction, useRefresh } from '../../../../ui/query.ts';
import { toast } from '../../../../ui/toast.tsx';
import { routes as orientations } from '../../contract.ts';
import { routes, type Received } from '../../contract-outcomes.ts';

export type Told = 'honoured' | 'no-show';

const done: Record<Told, string> = { honoured: 'Noté : vu.', 'no-show': 'Noté : pas venu.' };

/** Says in one gesture whether the patient came; the message that follows takes it back for some seconds. */
export function useTell() {
  const refresh = useRefresh();
  const readAgain = () => {
    void refresh(routes.myAppointments);
    void refresh(routes.myActs);
  };
  const failed = (problem: { message: string }) => {
    toast({ tone: 'bad', words: problem.message });
    readAgain();
  };
  const undo = useAction(orientations.actOnOrientation, {
    onSuccess: () => {
      toast({ tone: 'neutral', words: 'Geste repris : la suite reste à dire.' });
      readAgain();
    },
    onError: failed,
  });
  const act = useAction(orientations.actOnOrientation, {
    onSuccess: (_row, { params }) => {
      const { id, action } = params as { id: string; action: Told };
      toast({ tone: 'ok', words: done[action], action: { label: 'Annuler', run: () => undo.mutate({ params: { id, action: 'undo' }, body: {} }) } });
      readAgain();
    },
    onError: failed,
  });
  return {
    /** The appointment whose gesture is on its way. */
    pending: act.isPending ? (act.variables.params as { id: string }).id : null,
    tell: ({ id }: Pick<Received, 'id'>, action: Told) => act.mutate({ params: { id, action }, body: {} }),
  };
}
