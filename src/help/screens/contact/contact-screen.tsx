import { useState } from 'react';
import { roleLabels, type Role } from '../../../identity/contract.ts';
import { Note } from '../../../ui/badge.tsx';
import { Button, ButtonLink } from '../../../ui/button.tsx';
import { SelectField, TextField } from '../../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../../ui/form.tsx';
import { Page, Section } from '../../../ui/frame.tsx';
import { WarnIcon } from '../../../ui/icons.tsx';
import { lastScreen } from '../../../ui/last-screen.ts';
import { useAction, useApi, useRefresh } from '../../../ui/query.ts';
import { useAccount } from '../../../ui/session.ts';
import { EmptyState, QueryView } from '../../../ui/states.tsx';
import { toast } from '../../../ui/toast.tsx';
import { contactSubjects, routes, TEXT_LIMIT, type ContactSubject } from '../../contract.ts';
import { ContactCard } from './contact-card.tsx';
import css from './contact.module.css';

const subjectChoices = (Object.keys(contactSubjects) as ContactSubject[]).map((value) => ({ value, label: contactSubjects[value] }));

/** Asking for help, and what became of one's requests. */
export default function ContactScreen() {
  const mine = useApi(routes.myContacts, {}, { topics: ['contact'] });
  return (
    <Page title="Demander de l’aide" intro="Les administrateurs de votre territoire vous répondent ici. Un courriel vous prévient, sans votre texte." actions={<ButtonLink href="/aide">Chercher dans les guides</ButtonLink>}>
      <div className={css.columns}>
        <ContactForm />
        <Section title="Mes demandes">
          <QueryView query={mine} isEmpty={({ contacts }) => contacts.length === 0} empty={<EmptyState title="Aucune demande"><p>Celles que vous enverrez apparaîtront ici, avec leur réponse.</p></EmptyState>}>
            {({ contacts }) => <ul className={css.list}>{contacts.map((contact) => <li key={contact.id}><ContactCard contact={contact} actions={<CloseButton id={contact.id} may={contact.acts.includes('close')} />} /></li>)}</ul>}
          </QueryView>
        </Section>
      </div>
    </Page>
  );
}

function ContactForm() {
  const { roles } = useAccount();
  const [page] = useState(lastScreen);
  const [subject, setSubject] = useState<ContactSubject | null>(null);
  const [body, setBody] = useState('');
  const refresh = useRefresh();
  const send = useAction(routes.contact, {
    onSuccess: ({ number }) => {
      toast({ tone: 'ok', words: `Demande ${number} envoyée. La réponse viendra sur cette page.` });
      setBody('');
      setSubject(null);
      void refresh(routes.myContacts);
    },
  });
  const ready = subject !== null && body.trim() !== '';
  return (
    <Section title="Nouvelle demande">
      <Note tone="warn" icon={<WarnIcon />} title="Aucun patient dans ce texte">
        Ni nom, ni téléphone, ni date de naissance, ni santé de quelqu’un. Un texte qui y ressemble est refusé et n’est pas gardé.
      </Note>
      <ApiForm label="Demande d’aide" problem={send.error} onSubmit={() => ready && send.mutate({ body: { subject, body, page } })}>
        <SelectField name="subject" label="Sujet" isRequired choices={subjectChoices} value={subject} onChange={setSubject} />
        <TextField
          name="body" label="Ce qui vous arrive" isRequired lines={7} maxLength={TEXT_LIMIT} value={body} onChange={setBody}
          help={`Ce que vous vouliez faire, ce qui s’est passé. ${body.length} / ${TEXT_LIMIT} caractères.`}
        />
        <p className={css.soft}>Envoyé avec votre demande : votre rôle ({roles.map((role) => roleLabels[role as Role]).join(', ')}){page && <> et l’écran d’où vous venez (<code>{page}</code>)</>}. Aucune pièce jointe.</p>
        <SubmitBar label="Envoyer la demande" pending={send.isPending} isDisabled={!ready} />
      </ApiForm>
    </Section>
  );
}

function CloseButton({ id, may }: { id: string; may: boolean }) {
  const refresh = useRefresh();
  const close = useAction(routes.closeContact, { onSuccess: () => void refresh(routes.myContacts), onError: (problem) => toast({ tone: 'bad', words: problem.message }) });
  return may && <Button small isPending={close.isPending} onPress={() => close.mutate({ params: { id } })}>C’est réglé</Button>;
}
