import { useState } from 'react';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { useAction, useRefresh } from '../../../../ui/query.ts';
import { toast } from '../../../../ui/toast.tsx';
import { routes, type Series } from '../../contract.ts';
import { ScopeChoice, type Scope } from './scope-choice.tsx';
import { publishedInWords } from './use-saving.ts';
import { dayInWords, type Opening } from './week.ts';

/** Removes an availability: this date, from this date on, or the whole series. What is booked stays. */
export function RemoveDialog({ opening, series, onClose }: { opening: Opening; series: Series | null; onClose: () => void }) {
  const [scope, setScope] = useState<Scope>(opening.taken > 0 ? 'following' : 'one');
  const refresh = useRefresh();
  const done = (words: string) => {
    toast({ tone: 'ok', words: `${words}.` });
    void refresh(routes.agenda);
    onClose();
  };
  const removeOne = useAction(routes.removeOpening, { onSuccess: () => done(`${opening.starts}–${opening.ends} supprimé`) });
  const removeSeries = useAction(routes.removeSeries, { onSuccess: (result) => done(publishedInWords(result)) });
  const version = (object: { version: number }) => ({ 'if-match': `"${object.version}"` });
  function confirm() {
    if (!series || scope === 'one') return removeOne.mutate({ params: { id: opening.id }, headers: version(opening) });
    removeSeries.mutate({ params: { id: series.id }, query: scope === 'all' ? {} : { from: opening.day }, headers: version(series) });
  }
  return (
    <ConfirmDialog
      title={`Supprimer ${opening.starts}–${opening.ends}, ${dayInWords(opening.day)} ?`} open onClose={onClose} action="Supprimer" danger
      pending={removeOne.isPending || removeSeries.isPending} problem={removeOne.error ?? removeSeries.error} onConfirm={confirm}
    >
      {series && <ScopeChoice label="Supprimer" value={scope} onChange={setScope} />}
      <p>La régulation ne pourra plus y adresser de patient. Les rendez-vous déjà pris sont gardés, avec leurs patients.</p>
    </ConfirmDialog>
  );
}
