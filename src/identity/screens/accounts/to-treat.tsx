import { useState, type ReactNode } from 'react';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/confirm.tsx';
import { SelectField } from '../../../ui/field.tsx';
import { Section } from '../../../ui/frame.tsx';
import { Age, Moment } from '../../../ui/moments.tsx';
import { useAction, useApi } from '../../../ui/query.ts';
import { EmptyState, QueryView } from '../../../ui/states.tsx';
import { toast } from '../../../ui/toast.tsx';
import { accountRoutes, refusalLabels, refusalReasons, type AccountRequest, type AccountView, type RefusalReason } from '../../contract.ts';
import css from './accounts.module.css';

const parts = [
  ['requests', 'Demandes reçues'], ['pending', 'À valider'], ['unanswered', 'Invitations sans suite'], ['withoutEmail', 'Sans adresse e-mail'], ['endingDelegations', 'Délégations finies sous 30 jours'],
] as const;

/** What waits for the account manager: counts first, then each list. */
export function ToTreat({ onOpen }: { onOpen: (accountId: string) => void }) {
  const query = useApi(accountRoutes.toTreat, {}, { topics: ['accounts'] });
  return (
    <QueryView query={query}>
      {(data) => (
        <div className={css.sections}>
          <ul className={css.counts}>
            {parts.map(([part, label]) => <li key={part}><a className={css.count} href={`#${part}`}><strong>{data[part].length}</strong><span>{label}</span></a></li>)}
          </ul>
          {parts.every(([part]) => data[part].length === 0) && <EmptyState title="Rien n’attend"><p>Demandes, validations et invitations sont à jour.</p></EmptyState>}
          <Part id="requests" items={data.requests.map((request) => <RequestItem key={request.id} request={request} />)} />
          <Part id="pending" items={data.pending.map((account) => <AccountItem key={account.id} account={account} onOpen={onOpen} />)} />
          <Part id="unanswered" items={data.unanswered.map((account) => <AccountItem key={account.id} account={account} onOpen={onOpen} />)} />
          <Part id="withoutEmail" items={data.withoutEmail.map((account) => <AccountItem key={account.id} account={account} onOpen={onOpen} />)} />
          <Part
            id="endingDelegations"
            items={data.endingDelegations.map(({ id, delegate, subject, validUntil }) => (
              <li key={id} className={css.item}><div className={css.two}><strong>{delegate.name} pour {subject}</strong><span>jusqu’au <Moment at={validUntil} day /></span></div></li>
            ))}
          />
        </div>
      )}
    </QueryView>
  );
}

function Part({ id, items }: { id: (typeof parts)[number][0]; items: readonly ReactNode[] }) {
  if (items.length === 0) return null;
  return <div id={id}><Section title={parts.find(([part]) => part === id)![1]}><ul className={css.list}>{items}</ul></Section></div>;
}

function AccountItem({ account: { id, displayName, email, nationalId, invitedAt, createdAt }, onOpen }: { account: AccountView; onOpen: (id: string) => void }) {
  return (
    <li className={css.item}>
      <div className={css.two}><strong>{displayName}</strong><span>{[email ?? 'sans adresse', nationalId].filter(Boolean).join(' · ')}</span></div>
      <span className={css.soft}>depuis <Age since={invitedAt ?? createdAt} /></span>
      <Button small onPress={() => onOpen(id)} aria-label={`Ouvrir le compte de ${displayName}`}>Ouvrir</Button>
    </li>
  );
}

const reasonChoices = refusalReasons.map((value) => ({ value, label: refusalLabels[value] }));

function RequestItem({ request: { id, firstName, lastName, email, structureName, structureId, territory, askedAt } }: { request: AccountRequest }) {
  const [refusing, setRefusing] = useState(false);
  const [reason, setReason] = useState<RefusalReason | null>(null);
  const accept = useAction(accountRoutes.acceptRequest, {
    onSuccess: () => toast({ tone: 'ok', words: `Demande acceptée : une invitation part à ${email}.` }), onError: ({ message }) => toast({ tone: 'bad', words: message }),
  });
  const refuse = useAction(accountRoutes.refuseRequest, { onSuccess: () => setRefusing(false) });
  return (
    <li className={css.item}>
      <div className={css.two}><strong>{firstName} {lastName}</strong><span>{email}</span><span>{structureName ?? structureId}</span></div>
      <Badge>{territory}</Badge>
      <span className={css.soft}>il y a <Age since={askedAt} /></span>
      <div className={css.actions}>
        <Button small look="main" isPending={accept.isPending} onPress={() => accept.mutate({ params: { id } })} aria-label={`Accepter la demande de ${firstName} ${lastName}`}>Accepter</Button>
        <Button small onPress={() => setRefusing(true)} aria-label={`Refuser la demande de ${firstName} ${lastName}`}>Refuser</Button>
      </div>
      <ConfirmDialog
        title={`Refuser la demande de ${firstName} ${lastName} ?`} open={refusing} onClose={() => setRefusing(false)} action="Refuser la demande" danger pending={refuse.isPending} problem={refuse.error}
        isDisabled={!reason} onConfirm={() => reason && refuse.mutate({ params: { id }, body: { reason } })}
      >
        <p>La raison lui est envoyée par e-mail.</p>
        <SelectField label="Raison" choices={reasonChoices} value={reason} onChange={setReason} />
      </ConfirmDialog>
    </li>
  );
}
