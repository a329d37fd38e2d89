import type { Ref, RefObject } from 'react';
import type { Call } from '../../../telephony/contract.ts';
import type { Dossier } from '../../contract.ts';
import { History } from '../file/history.tsx';
import { NoteForm } from '../file/note-form.tsx';
import { Others, Presence } from '../file/presence.tsx';
import { PriorityMark } from '../file/priority-mark.tsx';
import { placeWords, shortNumber } from '../file/words.ts';
import { Age } from '../file/age.tsx';
import type { Post } from '../phone/use-post.ts';
import { CallerColumn } from './caller-column.tsx';
import { DeskMap } from './desk-map.tsx';
import { MeansSteps } from './means-steps.tsx';
import { P0Engaged } from './p0-engaged.tsx';
import { P0Panel } from './p0-panel.tsx';
import type { Place } from './place.ts';
import { QualificationStrip } from './qualification-strip.tsx';
import { QuestionColumn } from './question-column.tsx';
import type { Plan } from './use-plan.ts';
import type { Qualifying } from './use-qualifying.ts';
import css from './arm-screen.module.css';

const none: readonly string[] = [];

export interface LayoutProps {
  readonly dossier: Dossier;
  /** The call of this dossier that is mine now. */
  readonly call: Call | null;
  readonly talking: boolean;
  readonly desk: Qualifying;
  readonly plan: Plan;
  readonly post: Post;
  readonly place: Place | null;
  readonly onOpen: (id: string) => void;
  /** Opens a dossier that follows a closed one. */
  readonly onFollow: (suiteOf: string) => void;
  /** Rings the caller back; null while that cannot be done. */
  readonly onRing: (() => void) | null;
}

/** First level: the caller on the left, the questions in the middle, where and what was known already on the right. */
export function QualifyLayout({ dossier, call, talking, desk, plan, post, place, addressRef, questionsRef, onOpen, onFollow, onRing, onKeep, onEngage }: LayoutProps & {
  addressRef: Ref<HTMLInputElement>; questionsRef: RefObject<HTMLDivElement | null>; onKeep: () => void; onEngage: () => void;
}) {
  const engaged = dossier.p0 !== null;
  return (
    <Presence dossier={dossier}>
      <div className={css.three}>
        <div className={css.left}>
          <CallerColumn dossier={dossier} call={call} post={talking ? post : null} addressRef={addressRef} onRing={onRing} onPlaced={() => questionsRef.current?.focus()} />
        </div>
        <div className={css.center}>
          <Head dossier={dossier} />
          {engaged && <P0Engaged dossier={dossier} talking={talking} advice={desk.p0?.advice ?? none} />}
          {engaged && <div className={css.card}><MeansSteps dossier={dossier} plan={plan} /></div>}
          {desk.p0 && !engaged && (
            <P0Panel
              dossier={dossier} place={place} draft={desk.p0} reflex={desk.reflex} list={desk.p0List} plan={plan} talking={talking}
              onChange={desk.changeP0} onEngage={onEngage} onClose={() => { desk.changeP0(null); questionsRef.current?.focus(); }}
            />
          )}
          {!engaged && !desk.p0 && (
            <>
              <QuestionColumn protocols={desk.protocols} walk={desk.walk} onWalk={desk.follow} onKeep={onKeep} boxRef={questionsRef} />
              <QualificationStrip territory={dossier.territory} kept={desk.kept} proposal={desk.proposal} onChange={desk.keep} />
            </>
          )}
          <section className={css.card}><NoteForm key={dossier.id} dossier={dossier} /></section>
        </div>
        <div className={css.right}>
          <DeskMap dossier={dossier} position={call?.position ?? null} />
          <div data-part="history"><History key={dossier.id} dossier={dossier} callId={call?.id ?? null} onOpen={onOpen} onFollow={onFollow} /></div>
        </div>
      </div>
    </Presence>
  );
}

/** Which dossier this is; its priority only once somebody chose it. */
function Head({ dossier }: { dossier: Dossier }) {
  return (
    <header className={css.head}>
      {dossier.step !== 'OUVERT' && <PriorityMark priority={dossier.priority} large />}
      <h2>{dossier.step === 'OUVERT' ? 'Nouvel appel' : dossier.motive?.label}</h2>
      <span>{placeWords(dossier)} <Age since={dossier.openedAt} /></span>
      <Others />
      <span className={css.number} title={dossier.number}>n° {shortNumber(dossier.number)}</span>
    </header>
  );
}
