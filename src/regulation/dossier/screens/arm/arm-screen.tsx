import { useEffect, useRef, type ReactNode } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { useCommand } from '../../../../ui/commands.ts';
import { QueryView } from '../../../../ui/states.tsx';
import { useDossier } from '../file/use-dossier.ts';
import { PhoneBar } from '../phone/phone-bar.tsx';
import { type Post, usePost } from '../phone/use-post.ts';
import { answeredCall } from './answered-call.ts';
import { DossierDesk } from './dossier-desk.tsx';
import { Rest } from './rest.tsx';
import { useOpenDossier } from './use-open-dossier.ts';
import { usePlan } from './use-plan.ts';
import css from './arm-screen.module.css';

/** The post of an assistant: the call answered, its dossier, the way on. */
export default function ArmScreen() {
  const post = usePost();
  const { shownId, open } = useOpenDossier(post);
  const calling = answeredCall(post.agent, post.call)?.dossierId ?? null;
  const elsewhere = calling !== null && calling !== shownId ? calling : null;
  const back = elsewhere && <BackToCall words={shownId ? 'Vous êtes en ligne pour un autre dossier.' : 'L’appelant est encore en ligne.'} onBack={() => open(elsewhere)} />;
  return (
    <div className={css.screen}>
      <h1 className={css.title}>Poste ARM</h1>
      {shownId
        ? <OpenDossier key={shownId} id={shownId} post={post} banner={back} onOpen={open} onLeave={() => open(elsewhere)} />
        : <><PhoneBar />{back}<Rest post={post} onOpen={open} /></>}
    </div>
  );
}

const P0_CAUTION = 'P0 engagé : l’appelant ne se met pas en attente et se garde en ligne jusqu’au médecin.';

function OpenDossier({ id, post, banner, onOpen, onLeave }: { id: string; post: Post; banner: ReactNode; onOpen: (id: string) => void; onLeave: () => void }) {
  const { query, dossier } = useDossier(id);
  const plan = usePlan(post);
  const taken = useRef<string | null>(null);
  const mine = dossier !== undefined && dossier.calls.some((call) => call.id === post.call?.id);
  const arrives = mine && post.agent?.state === 'in-call' && post.agent.level === 'AMU' && dossier.step === 'ATTENTE_N2' && dossier.filiere === 'AMU';
  const caution = mine && dossier.priority === 'P0' ? P0_CAUTION : null;
  useCommand({ id: 'desk.leave', label: 'Fermer le dossier', group: 'Poste', keys: 'Alt+W', enabled: !mine, run: onLeave });
  // The call that comes with its dossier is the answer to who takes it (TEL-14); whoever passed it on may still write in it.
  useEffect(() => {
    if (!arrives || taken.current === id) return;
    taken.current = id;
    void plan.run(dossier, [{ kind: 'act', action: 'take', body: {} }]);
  }, [arrives, id]);
  return (
    <>
      <PhoneBar caution={caution} />
      {banner}
      <QueryView query={query} lines={8}>
        {(loaded) => <DossierDesk dossier={loaded} post={post} onOpen={onOpen} onLeave={onLeave} />}
      </QueryView>
    </>
  );
}

/** Something else than the caller's dossier is shown: the way back stays under the hand. */
function BackToCall({ words, onBack }: { words: string; onBack: () => void }) {
  useCommand({ id: 'desk.back', label: 'Revenir au dossier de l’appel', group: 'Poste', keys: 'Alt+A', run: onBack });
  return <p className={css.back} role="status">{words} <Button small look="main" keys="Alt A" onPress={onBack}>Revenir à l’appel</Button></p>;
}
