import { useState } from 'react';
import { roleLabels, type Role } from '../../../identity/contract.ts';
import { Button } from '../../../ui/button.tsx';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { SidePanel } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../../ui/form.tsx';
import { Page } from '../../../ui/frame.tsx';
import { Moment } from '../../../ui/moments.tsx';
import { useAction, useApi, useRefresh } from '../../../ui/query.ts';
import { EmptyState, ProblemState } from '../../../ui/states.tsx';
import { toast } from '../../../ui/toast.tsx';
import { contactSubjects, routes, TEXT_LIMIT, type Contact } from '../../contract.ts';
import { ContactBadge, ContactCard, stateLabel } from './contact-card.tsx';
import css from './contact.module.css';

const columns: readonly Column<Contact>[] = [
  { id: 'state', label: 'État', value: ({ state }) => stateLabel(state), render: ({ state }) => <ContactBadge state={state} /> },
  { id: 'number', label: 'Numéro', value: ({ number }) => number },
  { id: 'at', label: 'Reçue', value: ({ at }) => at, render: ({ at }) => <Moment at={at} day /> },
  { id: 'subject', label: 'Sujet', value: ({ subject }) => contactSubjects[subject] },
  { id: 'author', label: 'De', value: ({ author }) => author },
  { id: 'role', label: 'Rôle', value: ({ role }) => roleLabels[role as Role] ?? role },
  { id: 'territory', label: 'Territoire', value: ({ territory }) => territory },
  { id: 'taken', label: 'Prise par', value: ({ answeredBy, takenBy }) => answeredBy ?? takenBy },
];

/** The requests for help of the territories of whoever answers. */
export default function ContactInboxScreen() {
  const { data, error, refetch } = useApi(routes.contacts, {}, { topics: ['contact'], keepPrevious: true });
  const [open, setOpen] = useState<string | null>(null);
  if (error && !data) return <Page title="Assistance"><ProblemState problem={error} roleNames={roleLabels} onRetry={() => void refetch()} /></Page>;
  const opened = data?.contacts.find(({ id }) => id === open);
  return (
    <Page title="Assistance" intro="Les demandes des utilisateurs de votre territoire : celles qui attendent d’abord. L’auteur est prévenu de la réponse par un courriel sans texte.">
      <DataTable
        label="Demandes d’assistance" rows={data?.contacts} columns={columns} rowKey={({ id }) => id} onOpen={({ id }) => setOpen(id)} selectedKey={open}
        filterLabel="Filtrer" exportName="assistance" empty={<EmptyState title="Aucune demande"><p>Personne n’a demandé d’aide dans votre territoire.</p></EmptyState>}
      />
      {opened && <ContactPanel key={opened.id} contact={opened} onClose={() => setOpen(null)} />}
    </Page>
  );
}

function ContactPanel({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  const { id, acts, number } = contact;
  const [answer, setAnswer] = useState(contact.answer ?? '');
  const refresh = useRefresh();
  const told = (words: string) => ({
    onSuccess: () => {
      toast({ tone: 'ok', words });
      void refresh(routes.contacts);
    },
  });
  const take = useAction(routes.takeContact, { ...told(`Vous avez pris la demande ${number}.`), onError: (problem) => toast({ tone: 'bad', words: problem.message }) });
  const close = useAction(routes.closeContact, { ...told(`La demande ${number} est close.`), onError: (problem) => toast({ tone: 'bad', words: problem.message }) });
  const reply = useAction(routes.answerContact, told(`Réponse envoyée : son auteur est prévenu.`));
  return (
    <SidePanel
      open onClose={onClose} over="Demande d’assistance" title={number}
      footer={<>
        {acts.includes('take') && contact.state === 'received' && <Button isPending={take.isPending} onPress={() => take.mutate({ params: { id } })}>Je m’en occupe</Button>}
        {acts.includes('close') && <Button isPending={close.isPending} onPress={() => close.mutate({ params: { id } })}>Clore</Button>}
      </>}
    >
      <div className={css.panel}>
        <ContactCard contact={contact} withAuthor />
        {acts.includes('answer') && (
          <ApiForm label="Réponse" problem={reply.error} onSubmit={() => answer.trim() && reply.mutate({ params: { id }, body: { answer } })}>
            <TextField name="answer" label={contact.answer ? 'Corriger la réponse' : 'Réponse'} isRequired lines={7} maxLength={TEXT_LIMIT} value={answer} onChange={setAnswer} help="Sans aucune donnée de patient. Lue par l’auteur sur sa page « Demander de l’aide »." />
            <SubmitBar label="Répondre" pending={reply.isPending} isDisabled={answer.trim() === ''} />
          </ApiForm>
        )}
      </div>
    </SidePanel>
  );
}
