import { useEffect, useState } from 'react';
import { routes } from '../../identity/contract.ts';
import { TermsBox } from '../../identity/screens/terms.tsx';
import type { AnswerOf } from '../../ui/api.ts';
import { Note } from '../../ui/badge.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { ApiForm, SubmitBar } from '../../ui/form.tsx';
import { WarnIcon } from '../../ui/icons.tsx';
import { useAction } from '../../ui/query.ts';
import { Loading, ProblemState } from '../../ui/states.tsx';
import { Ground } from './sign-in-ground.tsx';
import { FollowInvitation } from './sign-in-invitation.tsx';
import { NewPassword } from './sign-in-password.tsx';
import type { PublicPageProps } from './sign-in-pages.tsx';
import css from './sign-in.module.css';

export type ReadLink = AnswerOf<typeof routes.readLink>;

const titles = {
  'first-connection': ['Confirmer votre adresse', 'Rien n’est fait avant que vous ne confirmiez.'],
  invitation: ['Ouvrir votre compte', 'Un mot de passe et un téléphone : les deux vous seront demandés à chaque connexion.'],
  password: ['Nouveau mot de passe', 'Le code de votre téléphone restera demandé. Les sessions ouvertes se fermeront.'],
} as const;

/** What a link received by e-mail leads to. Opening the page uses nothing: a mail scanner may do it; the button does. */
export function FollowLink({ demonstration, signInUrl }: PublicPageProps) {
  const [token] = useState(() => window.location.hash.slice(1));
  const { mutate: read, data: link, error } = useAction(routes.readLink);
  useEffect(() => read({ body: { token } }), [read, token]);
  const [title, intro] = link ? titles[link.purpose] : ['Lien reçu par e-mail', ''];
  return (
    <Ground demonstration={demonstration} title={title} intro={intro}>
      {!link && !error && <Loading lines={4} label="Lecture du lien" />}
      {error && <ProblemState problem={error} />}
      {error && <ButtonLink href="/" className={css.button!}>Aller à la page de connexion</ButtonLink>}
      {link?.purpose === 'first-connection' && <ConfirmAddress link={link} token={token} signInUrl={signInUrl} />}
      {link?.purpose === 'invitation' && <FollowInvitation link={link} token={token} signInUrl={signInUrl} />}
      {link?.purpose === 'password' && <NewPassword link={link} token={token} />}
    </Ground>
  );
}

const outcomes = {
  linked: ['Votre carte est liée à votre compte', 'Connectez-vous avec Pro Santé Connect : vous arriverez sur votre tableau de bord.'],
  opened: ['Votre compte est ouvert', 'Connectez-vous avec Pro Santé Connect : vous pourrez déclarer votre participation au SAS.'],
  'to-validate': ['Votre adresse est confirmée', 'Le gestionnaire de comptes de votre territoire va valider votre compte ; un message vous préviendra.'],
} as const;

function ConfirmAddress({ link, token, signInUrl }: { link: ReadLink; token: string; signInUrl: string }) {
  const [accepted, setAccepted] = useState(false);
  const confirm = useAction(routes.confirmFirstConnection);
  if (confirm.data) {
    const [title, words] = outcomes[confirm.data.outcome];
    return (
      <>
        <Note tone="ok" live title={title}>{words}</Note>
        {confirm.data.outcome !== 'to-validate' && <ButtonLink look="main" href={`${signInUrl}?next=%2F`} className={css.button!}>Se connecter par Pro Santé Connect</ButtonLink>}
      </>
    );
  }
  const blocked = link.existing && !link.existing.linkable;
  return (
    <>
      <Facts items={[['Carte', `${link.name} · ${link.nationalId}`], ['Adresse', link.email], ['Compte', link.existing ? link.existing.name : 'Aucun : il va être ouvert']]} />
      {blocked && <Note tone="bad" icon={<WarnIcon />} title="Ce compte ne peut pas être lié">Il est suspendu ou déjà lié à une autre carte. Demandez à votre gestionnaire de comptes.</Note>}
      {link.existing && !blocked && <Note tone="warn" icon={<WarnIcon />} title="Cette carte est-elle la vôtre ?">Qui la porte entrera dans le compte de {link.existing.name}. Sinon, fermez cette page : rien ne changera.</Note>}
      {!blocked && (
        <ApiForm label="Confirmation" problem={confirm.error} onSubmit={() => confirm.mutate({ body: { token, termsAccepted: accepted as true } })}>
          <TermsBox isSelected={accepted} onChange={setAccepted} />
          <SubmitBar label={link.existing ? 'Lier mon compte à ma carte' : 'Ouvrir mon compte'} pending={confirm.isPending} isDisabled={!accepted} />
        </ApiForm>
      )}
    </>
  );
}
