import { useState } from 'react';
import { Badge, Note } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { SidePanel } from '../../../../ui/dialog.tsx';
import { Facts } from '../../../../ui/facts.tsx';
import { WarnIcon } from '../../../../ui/icons.tsx';
import { Moment } from '../../../../ui/moments.tsx';
import { useAction, useRefresh } from '../../../../ui/query.ts';
import { toast } from '../../../../ui/toast.tsx';
import { type Convention, conventionActLabels, conventionKindLabels, conventionStatusLabels, routes, signatoryPartyLabels } from '../../contract.ts';
import { dateOf } from '../words.ts';
import { ConventionForm } from './convention-form.tsx';
import css from '../participation.module.css';

/** One convention: what it says, who signed, its steps, and the next one. */
export function ConventionPanel({ convention, onClose }: { convention: Convention; onClose: () => void }) {
  const { id, version, structureName, kind, subject, status, startsOn, endsOn, signatories, possible, events } = convention;
  const [editing, setEditing] = useState(false);
  const refresh = useRefresh();
  const act = useAction(routes.actOnConvention, {
    onSuccess: (answer) => {
      toast({ tone: 'ok', words: `Convention : ${conventionStatusLabels[answer.status].toLowerCase()}.` });
      void refresh(routes.conventions);
    },
  });
  if (editing) return <ConventionForm convention={convention} onClose={() => setEditing(false)} />;
  return (
    <SidePanel title={structureName} over={conventionKindLabels[kind]} open onClose={onClose}
      footer={possible.length > 0 && (
        <>
          {possible.map((one, index) => (
            <Button key={one} look={index === 0 ? 'main' : 'plain'} isPending={act.isPending && act.variables.params.act === one} onPress={() => act.mutate({ params: { id, act: one }, body: { version } })}>{conventionActLabels[one]}</Button>
          ))}
          {status !== 'REMPLACE' && <Button look="quiet" onPress={() => setEditing(true)}>{status === 'BROUILLON' ? 'Modifier' : 'Signatures'}</Button>}
        </>
      )}>
      <div className={css.cards}>
        {act.error && <Note tone="bad" live icon={<WarnIcon />} title={act.error.title}>{act.error.message}</Note>}
        <Facts items={[['Objet', subject], ['État', <Badge key="status">{conventionStatusLabels[status]}</Badge>], ['Du', dateOf(startsOn)], ['Au', endsOn ? dateOf(endsOn) : 'sans fin']]} />
        <h3>Signataires</h3>
        <ul className={css.places}>
          {signatories.map(({ party, name, quality, signedOn }, index) => (
            <li key={index}><strong>{name}</strong><span className={css.soft}>{[signatoryPartyLabels[party], quality, signedOn ? `signé le ${dateOf(signedOn)}` : 'pas encore signé'].filter(Boolean).join(' · ')}</span></li>
          ))}
        </ul>
        {events.length > 0 && <h3>Étapes</h3>}
        <ol className={css.history}>
          {events.map(({ at, to, event, authorName }, index) => (
            <li key={index}><span className={css.soft}><Moment at={at} day /></span><span>{event === 'change' ? 'Modifiée' : conventionStatusLabels[to]}, par {authorName}</span></li>
          ))}
        </ol>
      </div>
    </SidePanel>
  );
}
