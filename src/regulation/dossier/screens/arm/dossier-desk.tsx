import { useEffect, useRef, useState } from 'react';
import { Note } from '../../../../ui/badge.tsx';
import { useCommand } from '../../../../ui/commands.ts';
import { WarnIcon } from '../../../../ui/icons.tsx';
import { toast } from '../../../../ui/toast.tsx';
import type { Dossier } from '../../contract.ts';
import { shortNumber } from '../file/words.ts';
import { isAtPost, isTalking } from '../phone/post-model.ts';
import { useQueuesLoad } from '../phone/use-queues-load.ts';
import type { Post } from '../phone/use-post.ts';
import { AnswerDialog } from './answer-dialog.tsx';
import { CloseDialog } from './close-dialog.tsx';
import { DeskKeys } from './desk-keys.tsx';
import { FileLayout } from './file-layout.tsx';
import { focusField, focusHistory, leaveField } from './focus.ts';
import { doneWords, type Passing, passing, qualifying } from './passing.ts';
import { useKnownPlace } from './use-known-place.ts';
import { type Field, missingFields, type Qualification, qualificationOf } from './qualification.ts';
import { QualifyLayout } from './qualify-layout.tsx';
import { ReasonDialog } from './reason-dialog.tsx';
import { usePlan } from './use-plan.ts';
import { useQualifying } from './use-qualifying.ts';
import { useSuite } from './use-suite.ts';
import css from './arm-screen.module.css';

/** Steps at which the call is still being qualified, or is a P0 that nobody leaves. */
const atFirstHand = ({ step, state }: Dossier) => state === 'ACTIF' && (step === 'OUVERT' || step === 'QUALIFIE' || step === 'P0_ENGAGE');

/** A dossier under the hands of an assistant: its layout follows where it stands, its keys are always at the bottom. */
export function DossierDesk({ dossier, post, onOpen, onLeave }: { dossier: Dossier; post: Post; onOpen: (id: string) => void; onLeave: () => void }) {
  const plan = usePlan(post);
  const desk = useQualifying(dossier);
  const { bilevel } = useQueuesLoad();
  const [asking, setAsking] = useState<'close' | 'answer' | 'requalify' | null>(null);
  const address = useRef<HTMLInputElement>(null);
  const questions = useRef<HTMLDivElement>(null);
  const call = dossier.calls.some(({ id }) => id === post.call?.id) ? post.call : null;
  const talking = call !== null && isTalking(post.agent);
  const place = useKnownPlace(dossier, call);
  const suite = useSuite(call, onOpen);
  const onFollow = (suiteOf: string) => void suite(suiteOf);
  const known = { place, callback: dossier.callback, kept: desk.kept, proposal: desk.proposal };
  const ground = { dossier, known, bilevel: bilevel ?? true, talking };
  const passings = [passing('F5', ground), passing('F6', ground)];
  const may = (action: string) => dossier.possible.includes(action);
  const mayEngage = may('engage-p0') && dossier.p0 === null;
  // A P0 is prepared where its place and number are written, wherever the dossier stands (REG-06).
  const first = atFirstHand(dossier) || (mayEngage && desk.p0 !== null);

  useEffect(() => {
    if (first && dossier.step === 'OUVERT') address.current?.focus();
  }, [dossier.id, first]);
  useCommand({ id: 'desk.address', label: 'Aller à l’adresse', group: 'Poste', keys: 'Alt+L', enabled: first, run: () => address.current?.focus() });
  useCommand({ id: 'desk.history', label: 'Aller aux dossiers déjà appelés', group: 'Poste', keys: 'Alt+D', run: focusHistory });
  useCommand({ id: 'desk.questions', label: 'Aller aux questions', group: 'Poste', keys: 'Alt+Q', enabled: first, run: () => questions.current?.focus() });

  async function pass(one: Passing) {
    const { missing, deeds, keeps } = one;
    leaveField();
    if (missing[0]) return complete(missing[0], keeps);
    if (!(await plan.run(dossier, deeds))) return;
    if (keeps) await desk.record(keeps);
    if (dossier.priority !== 'P0') done(doneWords(one));
  }

  /** Leads to what is missing; the field of the reason comes with the choice that needs it. */
  function complete(field: Field, keeps: Qualification | null) {
    if (keeps === null && field === 'reason') return setAsking('requalify');
    if (keeps) desk.keep(keeps);
    requestAnimationFrame(() => focusField(field));
  }

  function done(words: string) {
    toast({ tone: 'ok', words: `Dossier ${shortNumber(dossier.number)} ${words}.`, action: { label: 'Rouvrir', run: () => onOpen(dossier.id) } });
    setAsking(null);
    onLeave();
  }

  /** Keeps what the protocol proposes without passing the dossier on. */
  async function keep() {
    leaveField();
    const missing = missingFields(known);
    if (missing[0]) return focusField(missing[0]);
    if (await plan.run(dossier, qualifying(dossier, place, desk.kept))) await desk.record(desk.kept);
  }

  async function engage() {
    const { motive, means, advice } = desk.p0!;
    const body = { reflexMeans: [...means], ...(motive ? { motive } : {}), ...(advice.length > 0 ? { gestures: advice.join(' ').slice(0, 500) } : {}), ...(dossier.location || !place ? {} : { location: place }) };
    if (!(await plan.run(dossier, [{ kind: 'act', action: 'engage-p0', body }]))) return;
    await desk.record({ priority: 'P0', filiere: 'AMU', reason: '' });
  }

  function startP0() {
    leaveField();
    desk.prepareP0();
    if (!place) focusField('location');
  }

  const onLine = dossier.calls.some((one) => one.onLine);
  const mayRing = post.call === null && !onLine && isAtPost(post.agent) && dossier.callback !== null;
  const ring = mayRing ? () => void post.callOut(dossier.callback!, { dossierId: dossier.id }) : null;
  const layout = { dossier, call, talking, desk, plan, post, place, onOpen, onFollow, onRing: ring };
  const main = desk.kept.filiere === null ? (first ? null : 'F5') : desk.kept.filiere === 'AMU' ? 'F5' : 'F6';
  return (
    <div className={css.work} data-desk="">
      {plan.problem && first && desk.p0 === null && asking === null && <Note tone="bad" live icon={<WarnIcon />} title={plan.problem.title}>{plan.problem.message}</Note>}
      {first
        ? <QualifyLayout {...layout} addressRef={address} questionsRef={questions} onKeep={() => void keep()} onEngage={() => void engage()} />
        : <FileLayout {...layout} level={post.agent?.level ?? 'N1'} />}
      <DeskKeys
        keys={[
          { keys: 'F1', label: 'P0', alarm: true, isDisabled: !mayEngage, run: startP0 },
          { keys: 'F2', label: 'Sans demande de soins', isDisabled: !may('close-as-d'), run: () => setAsking('close') },
          { keys: 'F3', label: 'Répondre sans médecin', isDisabled: !may('request-validation'), run: () => setAsking('answer') },
        ]}
        passings={passings}
        main={main}
        busy={plan.busy}
        onPass={(one) => void pass(one)}
      />
      {asking === 'close' && <CloseDialog dossier={dossier} plan={plan} onDone={() => done('classé sans demande de soins')} onClose={() => setAsking(null)} />}
      {asking === 'answer' && (
        <AnswerDialog
          dossier={dossier} motive={desk.kept.motive} proposed={desk.outcome?.answer || null} plan={plan} onClose={() => setAsking(null)}
          onDone={() => {
            if (desk.outcome?.answer && desk.proposal) void desk.record(desk.proposal);
            done(': réponse notée');
          }}
        />
      )}
      {asking === 'requalify' && (
        <ReasonDialog
          title="Reclasser en soins non programmés" label="Pourquoi" action="Reclasser en SNP" plan={plan} onClose={() => setAsking(null)}
          onDo={(reason) => {
            const again = passing('F6', { ...ground, known: { ...known, kept: { ...qualificationOf(dossier), reason } } });
            void plan.run(dossier, again.deeds).then((ok) => ok && done(doneWords(again)));
          }}
        />
      )}
    </div>
  );
}
