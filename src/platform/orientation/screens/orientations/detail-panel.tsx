import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { roleLabels, actsFor, searchRoles } from '../../../../identity/contract.ts';
import type { AnswerOf } from '../../../../ui/api.ts';
import { Note } from '../../../../ui/badge.tsx';
import { Button, ButtonLink } from '../../../../ui/button.tsx';
import { SidePanel } from '../../../../ui/dialog.tsx';
import { Facts } from '../../../../ui/facts.tsx';
import { ExternalIcon, WarnIcon } from '../../../../ui/icons.tsx';
import { Moment } from '../../../../ui/moments.tsx';
import { useApi } from '../../../../ui/query.ts';
import { mayCall, mayOpen, useAccount, type SignedIn } from '../../../../ui/session.ts';
import { QueryView } from '../../../../ui/states.tsx';
import { modalityLabels } from '../../../availability/contract.ts';
import { amendReasons, orientationStatusLabels, routes, type Orientation } from '../../contract.ts';
import { RequestChain } from '../ensus/request-chain.tsx';
import { distanceInWords } from '../proof/words.ts';
import { ActDialog } from './act-dialog.tsx';
import { actsOf, actWords, type Act } from './acts.ts';
import { StatusBadge } from './status-badge.tsx';
import { authorInWords, categoryWords, eventInWords, remarksOf, sourceInWords } from './words.ts';
import css from './orientations.module.css';

type Detail = AnswerOf<typeof routes.orientation>;

/** One orientation beside the list: what it is, what happened, what may be done. */
export function DetailPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const account = useAccount();
  const [act, setAct] = useState<Act | null>(null);
  const [followed, setFollowed] = useState<{ id: string; requestId: string } | null>(null);
  const query = useApi(routes.orientation, { params: { id } }, { topics: ['orientation'] });
  const one = query.data;
  // Until the appointment is taken, the operator works on the whole request en sus, not on one of those asked.
  const asked = one?.requestId && awaited.includes(one.status) && mayOpen(account, searchRoles) ? one.requestId : null;
  // Whoever was asked may say no while the panel is open: the one who comes next is then worked on, here.
  useEffect(() => {
    if (asked) setFollowed({ id, requestId: asked });
  }, [asked, id]);
  const requestId = asked ?? (followed?.id === id ? followed.requestId : null);
  return (
    <SidePanel
      open
      onClose={onClose}
      over={one ? <>Orientation faite <Moment at={one.createdAt} day /> par {one.by.name}</> : 'Orientation'}
      title={one?.label ?? 'Orientation'}
      footer={one && !requestId && (one.redirectUrl || one.possible.length > 0) ? <Actions one={one} onAct={setAct} /> : undefined}
    >
      <QueryView query={query} lines={8}>{(detail) => (requestId ? <RequestChain requestId={requestId} onClose={onClose} /> : <Body one={detail} />)}</QueryView>
      {one && act && <ActDialog orientation={one} act={act} receives={receives(account, one)} onClose={() => setAct(null)} />}
    </SidePanel>
  );
}

const awaited: readonly Orientation['status'][] = ['PROPOSE', 'SOLLICITE', 'DEMANDE', 'ACCEPTE', 'ACCEPTE_SANS_NOM', 'ACCEPTE_NOMME'];

/** True for those who receive the patient, when they do not regulate too. */
const receives = (account: SignedIn, orientation: Orientation): boolean =>
  !mayOpen(account, searchRoles) && actsFor(account, 'requests', orientation);

function Actions({ one, onAct }: { one: Detail; onAct: (act: Act) => void }) {
  return (
    <>
      {one.redirectUrl && (
        <ButtonLink look="main" href={one.redirectUrl} target="_blank" rel="noreferrer"><ExternalIcon />Reprendre chez {one.editor}</ButtonLink>
      )}
      {actsOf(one).map((act) => (
        <Button key={act} look={actWords[act].danger ? 'danger' : 'plain'} onPress={() => onAct(act)}>{actWords[act].button}</Button>
      ))}
    </>
  );
}

function Body({ one }: { one: Detail }) {
  const account = useAccount();
  return (
    <div className={css.detail}>
      <div className={css.state}>
        <StatusBadge status={one.status} />
        {one.start ? <strong><Moment at={one.start} day /></strong> : <span>Rendez-vous à convenir</span>}
        {one.modality && <span>{modalityLabels[one.modality]}</span>}
      </div>
      {remarksOf(one).map(({ short, long }) => <Note key={short} tone="warn" icon={<WarnIcon />}>{long}</Note>)}
      <Facts
        items={[
          ['Lieu', one.placeLabel],
          ['Catégorie', categoryWords[one.category]],
          ['Pris par', sourceInWords(one)],
          ['Niveau de charte', one.charterLevel === null ? null : one.charterLevel === 0 ? 'médecin traitant' : String(one.charterLevel)],
          ['Distance', one.distanceM === null ? null : distanceInWords(one.distanceM)],
          ['Dossier', one.lrmReference],
          ['Faite par', `${one.by.name}, ${roleLabels[one.by.role].toLowerCase()}`],
          ['Neutralité', one.searchId && mayCall(account, routes.proof) ? <Link to={`/recherches/${one.searchId}/preuve` as string}>Voir la preuve de la recherche</Link> : null],
        ]}
      />
      <section>
        <h3>Histoire</h3>
        <ol className={css.history}>
          {one.history.toReversed().map((step, index) => (
            <li key={`${step.at}-${index}`}>
              <span className={css.when}><Moment at={step.at} day /></span>
              <span>
                <strong>{eventInWords(step.event) ?? orientationStatusLabels[step.to]}</strong>
                <span className={css.soft}>
                  {authorInWords(step.by)}
                  {step.from !== step.to && <> · {step.from && `${orientationStatusLabels[step.from]} → `}{orientationStatusLabels[step.to]}</>}
                  {step.reason && <> · {amendReasons[step.reason as keyof typeof amendReasons] ?? step.reason}</>}
                </span>
              </span>
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}
