import { useState } from 'react';
import type { ApiProblem } from '../../../../ui/api.ts';
import { useAction, useRefresh } from '../../../../ui/query.ts';
import { toast } from '../../../../ui/toast.tsx';
import { type KeptAgenda, type Published, routes, type Series } from '../../contract.ts';
import { type Draft, toOpeningChange, toPublication, toSeriesChange } from './draft.ts';
import type { Scope } from './scope-choice.tsx';
import { dayInWords, type Opening } from './week.ts';

/** What a publication or a change did, in words; what was left aside is said too. */
export function publishedInWords({ created, removed, kept, skipped, onLeave }: Published): string {
  const many = (count: number, one: string, several: string) => (count === 1 ? `1 ${one}` : `${count} ${several}`);
  return [
    created > 0 && `${many(created, 'disponibilité publiée', 'disponibilités publiées')}, la régulation les voit`,
    removed > 0 && `${many(removed, 'retirée', 'retirées')}`,
    kept.length > 0 && `gardées parce que réservées : ${kept.map(({ day, starts }) => `${dayInWords(day)} à ${starts}`).join(' ; ')}`,
    skipped.length > 0 && `sans ${skipped.map(({ day, why, holiday }) => (why === 'holiday' ? `le ${dayInWords(day)} (${holiday})` : `le ${dayInWords(day)} (heure qui n’existe pas : passage à l’heure d’été)`)).join(', ')}`,
    onLeave > 0 && `${many(onLeave, 'cachée', 'cachées')} par une indisponibilité`,
  ].filter(Boolean).join('. ') || 'Rien à changer';
}

/** Saves a new availability or the change of one. After a conflict, the next sending is made on the version that was told. */
export function useSaving({ agenda, editing, onSaved }: { agenda: KeptAgenda; editing: { opening: Opening; series: Series | null } | null; onSaved: () => void }) {
  const refresh = useRefresh();
  const [id] = useState(() => crypto.randomUUID());
  const [conflict, setConflict] = useState<ApiProblem | null>(null);
  const done = (words: string) => {
    toast({ tone: 'ok', words: `${words}.` });
    void refresh(routes.agenda);
    onSaved();
  };
  const options = { onError: (problem: ApiProblem) => setConflict(problem.status === 412 ? problem : null) };
  const publish = useAction(routes.publish, { ...options, onSuccess: (result) => done(publishedInWords(result)) });
  const changeOne = useAction(routes.changeOpening, { ...options, onSuccess: ({ starts, ends }) => done(`Modifiée : ${starts}–${ends}`) });
  const changeSeries = useAction(routes.changeSeries, { ...options, onSuccess: (result) => done(publishedInWords(result)) });
  const versionOf = (object: { version: number }) => ({ 'if-match': `"${conflict ? String(conflict.extra['version']) : object.version}"` });

  function save(draft: Draft, scope: Scope): void {
    if (!editing) return publish.mutate({ body: toPublication(draft, agenda, id) });
    const { opening, series } = editing;
    if (!series || scope === 'one') return changeOne.mutate({ params: { id: opening.id }, body: toOpeningChange(draft, opening), headers: versionOf(opening) });
    changeSeries.mutate({ params: { id: series.id }, body: toSeriesChange(draft, series, scope === 'all' ? null : opening.day), headers: versionOf(series) });
  }
  return { save, conflict, problem: publish.error ?? changeOne.error ?? changeSeries.error, pending: publish.isPending || changeOne.isPending || changeSeries.isPending };
}
