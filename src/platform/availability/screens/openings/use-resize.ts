import { useAction, useRefresh } from '../../../../ui/query.ts';
import { toast } from '../../../../ui/toast.tsx';
import { routes } from '../../contract.ts';
import type { Opening } from './week.ts';

/** Stretches an availability to another end; of a series, this date alone. Can be undone. */
export function useResize(): (opening: Opening, ends: string) => void {
  const refresh = useRefresh();
  const change = useAction(routes.changeOpening, { onError: ({ message }) => toast({ tone: 'bad', words: message }) });
  return function resize(opening: Opening, ends: string) {
    if (ends <= opening.starts || ends === opening.ends) return;
    const { placeId, kind, modalities, withAppointment, slotTypes, capacity, day, starts } = opening;
    const write = (until: string, version: number, done: (version: number) => void) => change.mutate(
      { params: { id: opening.id }, body: { placeId, kind, modalities, withAppointment, slotTypes, capacity, day, starts, ends: until }, headers: { 'if-match': `"${version}"` } },
      { onSuccess: (next) => { void refresh(routes.agenda); done(next.version); } },
    );
    write(ends, opening.version, (version) => toast({
      tone: 'ok', words: `${starts}–${ends}${opening.seriesId ? ', cette date seulement' : ''}.`, action: { label: 'Remettre', run: () => write(opening.ends, version, () => undefined) },
    }));
  };
}
