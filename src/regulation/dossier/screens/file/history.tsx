import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { AnswerOf } from '../../../../ui/api.ts';
import { Badge, Note } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { WarnIcon } from '../../../../ui/icons.tsx';
import { Moment } from '../../../../ui/moments.tsx';
import { useApi } from '../../../../ui/query.ts';
import { QueryView } from '../../../../ui/states.tsx';
import { type Dossier, routes } from '../../contract.ts';
import css from './history.module.css';
import { MergeDialog } from './merge-dialog.tsx';
import { PriorityMark } from './priority-mark.tsx';
import { useDeeds } from './use-dossier.ts';
import { placeWords } from './words.ts';

export type SimilarLine = AnswerOf<typeof routes.similarDossiers>['dossiers'][number];
const whyWords: Record<SimilarLine['why'][number], string> = { phone: 'même numéro', identity: 'même identité', 'birth-date': 'même naissance', place: 'même lieu' };

/**
 * Dossiers that may be of the same event or patient. The call in hand can be attached to one of them (the empty dossier it
 * had opened then closes by itself), a new dossier can follow one, and doctors and supervisors merge. `onOpen` goes to one.
 */
export function History({ dossier, callId, onOpen, onFollow }: {
  dossier: Dossier; callId?: string | null; onOpen: (id: string) => void;
  /** Opens a new dossier that follows this one; absent where that is not done. */
  onFollow?: (suiteOf: string) => void;
}) {
  const similar = useApi(routes.similarDossiers, { params: { id: dossier.id } }, { staleMs: 30_000 });
  const question = [dossier.callback, dossier.patient.lastName, dossier.patient.birthDate, dossier.location?.address].join();
  const asked = useRef(question);
  const ask = useEffectEvent(() => void similar.refetch());
  useEffect(() => {
    if (asked.current !== question) ask();
    asked.current = question;
  }, [question]);
  const [merging, setMerging] = useState<SimilarLine | null>(null);
  return (
    <section className={css.history} aria-label="Dossiers semblables">
      <h3>Déjà appelés</h3>
      <QueryView query={similar} lines={2} isEmpty={({ dossiers }) => dossiers.length === 0} empty={<p className={css.none}>Aucun autre dossier de ce numéro, de ce patient ou de ce lieu.</p>}>
        {({ dossiers }) => (
          <ul>
            {dossiers.map((line) => (
              <SimilarItem key={line.id} line={line} dossier={dossier} callId={callId ?? null} onOpen={onOpen} onMerge={setMerging} {...(onFollow ? { onFollow } : {})} />
            ))}
          </ul>
        )}
      </QueryView>
      {merging && <MergeDialog dossier={dossier} into={merging} onClose={() => setMerging(null)} onDone={onOpen} />}
    </section>
  );
}

function SimilarItem({ line, dossier, callId, onOpen, onMerge, onFollow }: {
  line: SimilarLine; dossier: Dossier; callId: string | null; onOpen: (id: string) => void; onMerge: (line: SimilarLine) => void; onFollow?: (suiteOf: string) => void;
}) {
  // The call goes to the other dossier: it is that one which acts, at the version just read in the list.
  const there = useDeeds(line.id, line);
  const attach = async () => {
    if (callId && (await there.act('attach-call', { callId }))) onOpen(line.id);
  };
  const living = ['ACTIF', 'PROGRAM', 'ACHEVE', 'VALIDE'].includes(line.state);
  return (
    <li className={css.item}>
      <div className={css.first}>
        <PriorityMark priority={line.priority} />
        <strong>{line.motive?.label ?? 'Motif à préciser'}</strong>
        <span><Moment at={line.openedAt} day /></span>
      </div>
      <p className={css.second}>{[line.summary, line.city, placeWords(line)].filter(Boolean).join(', ')}</p>
      <p className={css.why}>{line.why.map((one) => <Badge key={one} tone="accent">{whyWords[one]}</Badge>)}</p>
      <div className={css.actions}>
        <Button small onPress={() => onOpen(line.id)}>Ouvrir</Button>
        {callId && living && <Button small isPending={there.busy} onPress={() => void attach()}>Rattacher mon appel</Button>}
        {onFollow && !living && <Button small onPress={() => onFollow(line.id)}>Faire une suite</Button>}
        {dossier.possible.includes('merge') && line.state === 'ACTIF' && <Button small onPress={() => onMerge(line)}>Réunir…</Button>}
      </div>
      {there.error && <Note tone="bad" live icon={<WarnIcon />} title={there.error.title}>{there.error.message}</Note>}
    </li>
  );
}
