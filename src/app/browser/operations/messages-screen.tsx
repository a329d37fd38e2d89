import { useState, type ReactNode } from 'react';
import { z } from 'zod';
import { roleLabels } from '../../../identity/contract.ts';
import { Badge, Note } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { SidePanel } from '../../../ui/dialog.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { SegmentField } from '../../../ui/field.tsx';
import { Page } from '../../../ui/frame.tsx';
import { CheckIcon, CrossIcon, WaitIcon, WarnIcon } from '../../../ui/icons.tsx';
import { Moment } from '../../../ui/moments.tsx';
import { useAction, useApi, useRefresh } from '../../../ui/query.ts';
import { EmptyState, ProblemState } from '../../../ui/states.tsx';
import { toast } from '../../../ui/toast.tsx';
import { useUrlState } from '../../../ui/url.ts';
import { routes } from '../../operations-contract.ts';
import { channelInWords, mayGoAgain, type Message, nameOf, nextOf, type Situation, situationLabels, situationOf, situations } from './words.ts';
import css from './messages.module.css';

const EVERY_MS = 10_000;
const LIMIT = 500;
const viewSchema = z.object({ state: z.enum(['all', 'dead', 'pending', 'sent', 'acknowledged', 'withdrawn']).catch('all') });
const stateChoices = [
  { value: 'all', label: 'Tous' }, { value: 'dead', label: 'Abandonnés' }, { value: 'pending', label: 'À envoyer' },
  { value: 'sent', label: 'Envoyés' }, { value: 'acknowledged', label: 'Reçus' },
  { value: 'withdrawn', label: 'Sans objet' },
] as const;
const icons: Record<Situation, ReactNode> = {
  dead: <CrossIcon size={12} />, unsent: <WarnIcon size={12} />, pending: <WaitIcon size={12} />, sent: <CheckIcon size={12} />, acknowledged: <span aria-hidden="true">✓✓</span>,
  withdrawn: <span aria-hidden="true">–</span>,
};

/** The messages to outside systems and to people: those that left, those that wait, those that a person must send again. */
export default function MessagesScreen() {
  const [{ state }, write] = useUrlState(viewSchema);
  const [open, setOpen] = useState<string | null>(null);
  const { data, error, refetch } = useApi(routes.outbox, { query: { limit: String(LIMIT), ...(state === 'all' ? {} : { state }) } }, { everyMs: EVERY_MS, keepPrevious: true });
  const dead = useApi(routes.outbox, { query: { limit: String(LIMIT), state: 'dead' } }, { everyMs: EVERY_MS }).data?.messages.filter(mayGoAgain).length ?? 0;
  const retry = useRetry();
  if (error && !data) return <Page title="Messages"><ProblemState problem={error} roleNames={roleLabels} onRetry={() => void refetch()} /></Page>;
  const opened = data?.messages.find(({ id }) => id === open);
  return (
    <Page title="Messages" intro="Ce que le SAS envoie aux autres systèmes, et aux personnes par courriel ou SMS. Un message qui échoue est réessayé tout seul ; après plusieurs essais il attend ici. Les destinataires sont masqués, le contenu n’est pas montré.">
      {dead > 0 && (
        <Note tone="bad" icon={<WarnIcon />} title={dead === 1 ? 'Un message attend votre décision' : `${dead} messages attendent votre décision`}>
          Le destinataire n’en sait peut-être rien. Vérifiez la cause de chacun, puis remettez-les en file.
        </Note>
      )}
      {data?.messages.some(({ unserved }) => unserved) && (
        <Note tone="warn" icon={<WarnIcon />} title="Des messages sont gardés, non envoyés">
          Aucun serveur de courriel ou de SMS n’est réglé sur cette installation. Ils partiront quand il le sera.
        </Note>
      )}
      <DataTable
        label="Messages"
        rows={data?.messages}
        columns={columnsWith(retry)}
        rowKey={({ id }) => id}
        onOpen={({ id }) => setOpen(id)}
        selectedKey={open}
        initialSort={{ column: 'created', descending: true }}
        tools={<SegmentField label="État" choices={stateChoices} value={state} onChange={(next) => write({ state: next }, { replace: true })} />}
        filterLabel="Filtrer"
        exportName="messages"
        empty={state === 'all'
          ? <EmptyState title="Aucun message"><p>Rien n’a encore été envoyé.</p></EmptyState>
          : <EmptyState title="Aucun message dans cet état" action={<Button onPress={() => write({ state: 'all' }, { replace: true })}>Tous les messages</Button>} />}
        footer={data && data.messages.length >= LIMIT && <span>Les {LIMIT} plus récents sont montrés.</span>}
      />
      {opened && <MessagePanel message={opened} retry={retry} onClose={() => setOpen(null)} />}
    </Page>
  );
}

type Retry = ReturnType<typeof useRetry>;

function useRetry() {
  const refresh = useRefresh();
  return useAction(routes.retryMessage, {
    onSuccess: () => {
      toast({ tone: 'ok', words: 'Message remis en file : il part dans les secondes qui viennent.' });
      void refresh(routes.outbox);
    },
    onError: (problem) => toast({ tone: 'bad', words: problem.message }),
  });
}

const columnsWith = (retry: Retry): readonly Column<Message>[] => [
  { id: 'state', label: 'État', value: (message) => situations.indexOf(situationOf(message)), render: (message) => <SituationBadge message={message} /> },
  {
    id: 'channel', label: 'Message', value: (message) => `${nameOf(message)} ${message.template ? channelInWords(message.channel) : ''}`,
    render: (message) => <div className={css.two}><span>{nameOf(message)}</span>{message.template && <span className={css.why}>{channelInWords(message.channel)}</span>}</div>,
  },
  { id: 'recipient', label: 'Pour', value: ({ recipient }) => recipient },
  { id: 'created', label: 'Écrit', value: ({ createdAt }) => createdAt, render: ({ createdAt }) => <Moment at={createdAt} day /> },
  {
    id: 'next', label: 'Suite', sortable: false, value: (message) => nextOf(message).words,
    render: (message) => {
      const { words, at } = nextOf(message);
      return <div className={css.two}><span>{words}{at && <> <Moment at={at} day /></>}</span>{message.lastError && <span className={css.why}>{message.lastError}</span>}</div>;
    },
  },
  { id: 'act', label: 'Action', sortable: false, value: () => null, render: (message) => mayGoAgain(message) && <RetryButton message={message} retry={retry} /> },
];

function SituationBadge({ message }: { message: Message }) {
  const situation = situationOf(message);
  const { tone, label } = situationLabels[situation];
  return <Badge tone={tone} icon={icons[situation]}>{label}</Badge>;
}

function RetryButton({ message: { id }, retry }: { message: Message; retry: Retry }) {
  return <Button small isPending={retry.isPending && retry.variables.params.id === id} onPress={() => retry.mutate({ params: { id } })}>Remettre en file</Button>;
}

function MessagePanel({ message, retry, onClose }: { message: Message; retry: Retry; onClose: () => void }) {
  const { id, channel, template, recipient, state, attempts, createdAt, nextAttemptAt, sentAt, lastError, erased } = message;
  return (
    <SidePanel open onClose={onClose} over="Message" title={nameOf(message)} footer={mayGoAgain(message) && <RetryButton message={message} retry={retry} />}>
      <div className={css.panel}>
        {lastError && <Note tone={state === 'dead' ? 'bad' : 'warn'} icon={<WarnIcon />} title={state === 'withdrawn' ? 'Pourquoi il ne part pas' : 'Dernier échec'}>{lastError}</Note>}
        {erased && <p className={css.why}>Le destinataire et le contenu ont été effacés : ils ne servaient plus.</p>}
        <Facts
          items={[
            ['État', <SituationBadge key="state" message={message} />],
            template ? ['Par', channelInWords(channel)] : null,
            ['Pour', recipient],
            ['Écrit', <Moment key="created" at={createdAt} day />],
            ['Essais', String(attempts)],
            nextAttemptAt && state === 'pending' ? ['Prochain essai', <Moment key="next" at={nextAttemptAt} day />] : null,
            sentAt ? ['Envoyé', <Moment key="sent" at={sentAt} day />] : null,
            ['Identifiant', <code key="id">{id}</code>],
          ]}
        />
      </div>
    </SidePanel>
  );
}
