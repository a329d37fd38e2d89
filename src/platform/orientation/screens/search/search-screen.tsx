import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { call } from '../../../../ui/api.ts';
import { Note } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { cx } from '../../../../ui/class-names.ts';
import { useCommand } from '../../../../ui/commands.ts';
import { WarnIcon } from '../../../../ui/icons.tsx';
import { EmptyState, Loading, ProblemState } from '../../../../ui/states.tsx';
import { toast } from '../../../../ui/toast.tsx';
import type { SlotView } from '../../../availability/contract.ts';
import { routes, type SearchResult } from '../../contract.ts';
import { BookingPanel, type Booking } from '../booking/booking-panel.tsx';
import { OngoingRequests } from '../ensus/ongoing-requests.tsx';
import { RequestPanel } from '../ensus/request-panel.tsx';
import { CriteriaPanel } from './criteria-panel.tsx';
import type { Criteria, Memory } from './criteria.ts';
import { ResultCard, type RefusalReason } from './result-card.tsx';
import { ResultList, showCard } from './result-list.tsx';
import { ResultMap } from './result-map.tsx';
import { titleOf, type Run } from './run.ts';
import { SourcesStrip } from './sources-strip.tsx';
import { useCriteria } from './use-criteria.ts';
import { useEmptySearch } from './use-empty-search.ts';
import { useSearch } from './use-search.ts';
import css from './search-screen.module.css';

/** Find a consultation: criteria, results as they come, map; booking beside them. */
export default function SearchScreen() {
  const { criteria, memory, change } = useCriteria();
  const { run, again, more } = useSearch(criteria, memory);
  const [chosen, setChosen] = useState<number | null>(null);
  const [booking, setBooking] = useState<Booking | null>(null);
  const [request, setRequest] = useState<string | null>(null);
  const emptySearchId = useEmptySearch(run, criteria);
  const [refusals, setRefusals] = useState<ReadonlyMap<number, RefusalReason>>(new Map());
  const [view, setView] = useState<'list' | 'map'>('list');
  const place = useRef<HTMLInputElement>(null);
  const enterResults = useRef(false);

  const enSus = criteria.enSus === '1';
  const withSlots = criteria.withSlots === '1' && !enSus;
  const shown = withSlots ? run.results.filter(({ slots }) => slots.length > 0) : run.results;
  const selected = shown.some(({ rank }) => rank === chosen) ? chosen : (shown[0]?.rank ?? null);
  const slots = run.results.reduce((sum, result) => sum + result.slots.length, 0);
  // The slot being booked here is held for this very operator: it is not gone.
  const booked = booking?.slot?.id;
  const taken = useMemo(() => new Set([...run.taken].filter((id) => id !== booked)), [run.taken, booked]);
  const usualDoctor = run.results.find(({ professional }) => professional?.rpps && criteria.usualDoctor?.endsWith(professional.rpps));
  const searchId = run.answer?.searchId ?? null;

  useEffect(() => {
    setRefusals(new Map());
    setChosen(null);
  }, [searchId]);
  // After a place is chosen the hands are on the keys: the first result takes over from the field, unless they went elsewhere.
  useEffect(() => {
    if (!enterResults.current || selected === null) return;
    enterResults.current = false;
    if (document.activeElement === place.current) showCard(selected);
  }, [selected]);

  useCommand({ id: 'search.focus', label: 'Chercher autour d’un lieu', group: 'Recherche', keys: '/', run: () => (place.current?.focus(), place.current?.select()) });
  useCommand({ id: 'search.results', label: 'Aller aux résultats', group: 'Recherche', keys: 'ArrowDown', enabled: selected !== null, run: () => showCard(selected!) });
  useCommand({ id: 'search.again', label: 'Relancer la recherche', group: 'Recherche', enabled: run.phase !== 'idle', run: again });
  useCommand({ id: 'search.en-sus', label: criteria.enSus ? 'Revenir aux créneaux' : 'Passer en sus des disponibilités', group: 'Recherche', run: () => change({ enSus: criteria.enSus ? undefined : '1' }) });
  useCommand({ id: 'search.digits', label: 'Prendre le créneau de ce numéro', group: 'Résultat choisi', keys: '1 … 9' });
  useCommand({ id: 'search.enter', label: 'Réserver', group: 'Résultat choisi', keys: 'Entrée' });

  const onCriteria = (next: Partial<Criteria>, remember?: Partial<Memory>) => {
    enterResults.current = 'place' in next;
    change(next, remember);
  };
  const onBook = useCallback((result: SearchResult, slot: SlotView | null) => setBooking({ result, slot, emptySearchId }), [emptySearchId]);
  const onRefused = useCallback(
    (rank: number, reason: RefusalReason) => {
      if (!searchId) return;
      call(routes.searchEvent, { params: { id: searchId }, body: { kind: 'refused', rank, reason } }).then(
        () => {
          setRefusals((before) => new Map(before).set(rank, reason));
          showCard(rank);
        },
        (error: Error) => toast({ tone: 'bad', words: error.message }),
      );
    },
    [searchId],
  );
  const onPin = useCallback((rank: number) => {
    setView('list');
    setChosen(rank);
    // On a phone the list is drawn again before it can be scrolled.
    requestAnimationFrame(() => showCard(rank));
  }, []);

  return (
    <div className={cx(css.screen, view === 'map' && css.showMap)}>
      <h1 className={css.title}>Recherche d’une consultation</h1>
      <CriteriaPanel criteria={criteria} memory={memory} answer={run.answer} usualDoctorName={usualDoctor ? titleOf(usualDoctor) : null} onChange={onCriteria} onSearch={again} placeRef={place} />
      <section className={css.results} aria-label="Résultats">
        <OngoingRequests onOpen={setRequest} />
        {run.answer && <SourcesStrip run={run} hidden={run.results.length - shown.length} />}
        {run.answer && (
          <div className={css.switch}>
            <Button small aria-pressed={view === 'list'} onPress={() => setView('list')}>Liste</Button>
            <Button small aria-pressed={view === 'map'} onPress={() => setView('map')}>Carte</Button>
          </div>
        )}
        {run.phase === 'idle' && <Welcome />}
        {run.phase === 'asking' && !run.answer && <div className={css.waiting}><Loading lines={12} label="Recherche en cours" /></div>}
        {run.phase === 'failed' && !run.answer && <ProblemState problem={run.problem!} onRetry={again} />}
        {run.answer && (
          <div className={css.list}>
            <ResultList
              results={shown}
              levels={run.answer.charter?.levels ?? []}
              before={
                <>
                  <Notices run={run} messages={memory.messages ?? []} onRetry={again} />
                  {run.phase === 'done' && !enSus && slots === 0 && <NoSlot run={run} onEnSus={() => change({ enSus: '1' })} onWeek={() => change({ window: 'week' })} />}
                </>
              }
              renderCard={(result) => (
                <ResultCard
                  key={result.rank}
                  result={result}
                  selected={result.rank === selected}
                  slotsKnown={slotsKnown(run)}
                  enSus={enSus}
                  taken={taken}
                  refused={refusals.get(result.rank) ?? null}
                  onSelect={setChosen}
                  onBook={onBook}
                  onRefused={onRefused}
                />
              )}
              after={
                <After
                  run={run} shown={shown.length} enSus={enSus}
                  onMore={more} onEnSus={() => change({ enSus: '1' })} onAll={() => change({ withSlots: undefined })}
                />
              }
            />
          </div>
        )}
      </section>
      <aside className={css.map} aria-label="Carte">
        <ResultMap answer={run.answer} all={run.results} results={shown} selected={selected} onSelect={onPin} />
      </aside>
      {booking && <BookingPanel booking={booking} run={run} onChange={setBooking} onClose={() => setBooking(null)} />}
      {request && <RequestPanel requestId={request} onClose={() => setRequest(null)} />}
    </div>
  );
}

function Welcome() {
  return (
    <EmptyState title="Où le patient a-t-il besoin d’une consultation ?">
      <p>Tapez une adresse, une commune ou un code postal, puis <kbd>Entrée</kbd>. La recherche part aussitôt, en médecine générale sur 48 heures.</p>
      <p><kbd>/</kbd> revient au lieu · <kbd>↑</kbd> <kbd>↓</kbd> parcourent les résultats · <kbd>1</kbd>…<kbd>9</kbd> prennent un créneau · <kbd>Entrée</kbd> réserve · <kbd>?</kbd> liste les raccourcis</p>
    </EmptyState>
  );
}

/** What must be known of this search before reading it. */
function Notices({ run, messages, onRetry }: { run: Run; messages: readonly string[]; onRetry: () => void }) {
  const { problem, answer } = run;
  const notices = [...messages.map((text) => ({ code: text, text })), ...(answer?.notices ?? [])];
  if (!problem && notices.length === 0) return null;
  return (
    <div className={css.notices}>
      {problem && <Note tone="bad" live icon={<WarnIcon />} title={problem.title} action={<Button small onPress={onRetry}>Relancer</Button>}>{problem.message}</Note>}
      {notices.map(({ code, text }) => <Note key={code} tone="warn" icon={<WarnIcon />}>{text}</Note>)}
    </div>
  );
}

/** Whether a result without a slot really has none. */
function slotsKnown(run: Run): 'waiting' | 'partly' | 'known' {
  if (run.phase === 'streaming') return 'waiting';
  return run.phase === 'done' && run.answer?.complete ? 'known' : 'partly';
}

/** RDV-20: no slot anywhere, and the way on. */
function NoSlot({ run, onEnSus, onWeek }: { run: Run; onEnSus: () => void; onWeek: () => void }) {
  const nobody = run.results.length === 0;
  return (
    <EmptyState
      title={nobody ? 'Personne dans ce rayon' : run.answer?.complete ? 'Aucun créneau dans la période' : 'Aucun créneau reçu'}
      action={<><Button look="main" onPress={onEnSus}>Chercher en sus des disponibilités</Button><Button onPress={onWeek}>Étendre à 7 jours</Button></>}
    >
      <p>
        {nobody
          ? 'Aucun professionnel de cette spécialité n’exerce dans le rayon demandé.'
          : 'Les professionnels trouvés n’ont pas de créneau libre connu, mais certains acceptent des patients en sus.'}
      </p>
    </EmptyState>
  );
}

/** What can be done at the end of the list. */
function After({ run, shown, enSus, onMore, onEnSus, onAll }: { run: Run; shown: number; enSus: boolean; onMore: () => void; onEnSus: () => void; onAll: () => void }) {
  if (run.phase === 'streaming') return shown === 0 ? <div className={css.waiting}><Loading lines={6} label="Créneaux attendus" /></div> : null;
  if (shown === 0 && run.results.length > 0) return <EmptyState title="Les résultats sans créneau sont masqués" action={<Button onPress={onAll}>Les montrer aussi</Button>} />;
  if (shown === 0 && enSus && run.phase === 'done') return <EmptyState title="Personne n’accepte en sus dans ce rayon"><p>Élargissez le rayon ou changez de spécialité.</p></EmptyState>;
  return (
    <div className={css.after}>
      {run.answer?.nextCursor && <Button onPress={onMore}>Afficher la suite ({run.results.length} sur {run.answer.total})</Button>}
      {!enSus && run.phase === 'done' && run.results.some(({ slots }) => slots.length > 0) && <Button look="quiet" onPress={onEnSus}>Chercher en sus des disponibilités</Button>}
    </div>
  );
}
