import { useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/confirm.tsx';
import { SidePanel } from '../../../ui/dialog.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { ApiForm, SubmitBar } from '../../../ui/form.tsx';
import { Moment } from '../../../ui/moments.tsx';
import { useAction, useApi } from '../../../ui/query.ts';
import { QueryView } from '../../../ui/states.tsx';
import { toast } from '../../../ui/toast.tsx';
import { accountRoutes, roleLabels, type AccountView } from '../../contract.ts';
import { DetailsFields, detailsOf, draftOf } from './details-fields.tsx';
import { emptyGrant, GrantFields, grantOf } from './grant-fields.tsx';
import { eventLabels, StateBadge } from './words.tsx';
import css from './accounts.module.css';

const actions = {
  validate: ['Valider le compte', 'Compte validé : la personne en est prévenue.'],
  invite: ['Envoyer une invitation', 'Invitation envoyée. L’ancien mot de passe n’ouvre plus rien.'],
  suspend: ['Suspendre', 'Compte suspendu : ses sessions sont fermées.'],
  reopen: ['Rouvrir', 'Compte rouvert.'],
} as const;
type Event = keyof typeof actions;

/** One account: who it is, its rights, what may be done to it, its history. */
export function AccountPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const query = useApi(accountRoutes.account, { params: { id } }, { topics: ['accounts'] });
  return (
    <SidePanel open onClose={onClose} over="Compte" title={query.data?.account.displayName ?? '…'}>
      <QueryView query={query}>
        {({ account, history }) => (
          <div className={css.panel}>
            <Facts items={[
              ['État', <StateBadge key="state" state={account.state} />], ['Identifiant national', account.nationalId], ['Ouvert', <Moment key="at" at={account.createdAt} day />],
              account.invitedAt !== null && ['Invité', <Moment key="invited" at={account.invitedAt} day />],
            ]} />
            <Actions account={account} />
            <Roles account={account} />
            <Details key={account.id} account={account} />
            <section>
              <h3>Histoire</h3>
              <ul className={css.history}>
                {history.map(({ at, by, event, detail }, index) => (
                  <li key={index}><Moment at={at} day /> · {eventLabels[event] ?? event}{typeof detail.role === 'string' && ` : ${roleLabels[detail.role as keyof typeof roleLabels] ?? detail.role}`} · {by}</li>
                ))}
              </ul>
            </section>
          </div>
        )}
      </QueryView>
    </SidePanel>
  );
}

function Actions({ account: { id, displayName, possible, grants, state } }: { account: AccountView }) {
  const [asked, setAsked] = useState<'suspend' | 'invite' | null>(null);
  const act = useAction(accountRoutes.actOnAccount, {
    onSuccess: (_, { params }) => {
      toast({ tone: 'ok', words: actions[params!.event as Event][1] });
      setAsked(null);
    },
    onError: ({ message }) => toast({ tone: 'bad', words: message }),
  });
  const run = (event: Event) => act.mutate({ params: { id, event }, body: {} });
  const events = possible.filter((event): event is Event => event in actions);
  if (events.length === 0) return <p className={css.soft}>Vous pouvez lire ce compte, pas le changer : il est le vôtre, ou il a des droits que vous ne donnez pas.</p>;
  return (
    <div className={css.actions}>
      {events.map((event) => (
        <Button
          key={event} look={event === 'validate' ? 'main' : event === 'suspend' ? 'danger' : 'plain'} isPending={act.isPending} isDisabled={event === 'validate' && grants.length === 0}
          onPress={() => (event === 'suspend' || (event === 'invite' && state === 'active') ? setAsked(event) : run(event))}
        >
          {actions[event][0]}
        </Button>
      ))}
      {events.includes('validate') && grants.length === 0 && <span className={css.soft}>Donnez d’abord un rôle.</span>}
      <ConfirmDialog
        title={asked === 'invite' ? `Inviter de nouveau ${displayName} ?` : `Suspendre ${displayName} ?`} open={asked !== null} onClose={() => setAsked(null)}
        action={asked === 'invite' ? 'Inviter de nouveau' : 'Suspendre'} danger pending={act.isPending} problem={act.error} onConfirm={() => asked && run(asked)}
      >
        {asked === 'invite'
          ? <p>Son mot de passe et son téléphone n’ouvriront plus rien ; ses sessions se ferment. Un message lui permettra d’en choisir d’autres.</p>
          : <p>Ses sessions se ferment à l’instant. Vous pourrez rouvrir le compte.</p>}
      </ConfirmDialog>
    </div>
  );
}

function Roles({ account: { id, grants } }: { account: AccountView }) {
  const [draft, setDraft] = useState(emptyGrant);
  const grant = grantOf(draft);
  const give = useAction(accountRoutes.grantRole, { onSuccess: () => setDraft(emptyGrant) });
  const take = useAction(accountRoutes.revokeRole, { onError: ({ message }) => toast({ tone: 'bad', words: message }) });
  return (
    <section>
      <h3>Rôles</h3>
      <ul className={css.list}>
        {grants.map(({ id: grantId, role, territory, structureName, validUntil }) => (
          <li key={grantId} className={css.item}>
            <div className={css.two}>
              <strong>{roleLabels[role]}</strong>
              <span>{territory === '*' ? 'Tous les territoires' : territory}{structureName && ` · ${structureName}`}{validUntil && <> · jusqu’au <Moment at={validUntil} day /></>}</span>
            </div>
            {role !== 'delegataire' && <Button small look="quiet" isPending={take.isPending && take.variables.params?.grantId === grantId} aria-label={`Retirer le rôle ${roleLabels[role]}`} onPress={() => take.mutate({ params: { id, grantId } })}>Retirer</Button>}
          </li>
        ))}
        {grants.length === 0 && <li className={css.soft}>Aucun rôle.</li>}
      </ul>
      <details>
        <summary>Donner un rôle</summary>
        <ApiForm label="Donner un rôle" problem={give.error} onSubmit={() => grant && give.mutate({ params: { id }, body: grant })}>
          <GrantFields grant={draft} onChange={setDraft} />
          <SubmitBar label="Donner ce rôle" pending={give.isPending} isDisabled={!grant} saved={give.isSuccess ? 'Donné' : null} />
        </ApiForm>
      </details>
    </section>
  );
}

function Details({ account }: { account: AccountView }) {
  const [details, setDetails] = useState(draftOf(account));
  const save = useAction(accountRoutes.changeAccount);
  return (
    <details>
      <summary>Coordonnées</summary>
      <ApiForm label="Coordonnées" problem={save.error} onSubmit={() => save.mutate({ params: { id: account.id }, body: detailsOf(details) })}>
        <DetailsFields details={details} onChange={setDetails} />
        <SubmitBar label="Enregistrer" pending={save.isPending} saved={save.isSuccess ? 'Enregistré' : null} />
      </ApiForm>
    </details>
  );
}
