import { useState } from 'react';
import { ConnectionHelp } from '../../help/screens/guides/connection-help.tsx';
import { routes as identity } from '../../identity/contract.ts';
import { Note } from '../../ui/badge.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../ui/form.tsx';
import { WarnIcon } from '../../ui/icons.tsx';
import { useAction } from '../../ui/query.ts';
import { Ground } from './sign-in-ground.tsx';
import css from './sign-in.module.css';

const reasons = {
  expired: { tone: 'warn', title: 'Votre session a expiré', words: 'Reconnectez-vous : vous reviendrez à la même page.' },
  failed: { tone: 'bad', title: 'La connexion n’a pas abouti', words: 'Pro Santé Connect n’a pas confirmé votre identité. Réessayez ; si cela dure, prévenez votre administrateur.' },
  unavailable: { tone: 'bad', title: 'Pro Santé Connect ne répond pas', words: 'La panne est chez le service de connexion, pas sur votre poste. Les sessions ouvertes continuent ; réessayez dans quelques instants.' },
  unknown: { tone: 'bad', title: 'Aucun compte ne correspond', words: 'Pro Santé Connect vous a reconnu, mais aucun compte n’est ouvert à votre nom dans ce SAS. Demandez-le à l’administrateur de votre territoire.' },
  pending: { tone: 'warn', title: 'Votre compte attend sa validation', words: 'Le gestionnaire de comptes de votre territoire doit encore vous donner un rôle. Un message vous préviendra.' },
  invited: { tone: 'warn', title: 'Suivez d’abord votre invitation', words: 'Un message vous a été envoyé : son lien ouvre votre compte. Demandez-en un autre à votre gestionnaire de comptes s’il s’est perdu.' },
  suspended: { tone: 'bad', title: 'Votre compte est suspendu', words: 'L’administrateur de votre territoire peut le rouvrir.' },
  'signed-out': { tone: 'ok', title: 'Vous êtes déconnecté', words: 'Vous pouvez fermer cet onglet.' },
} as const;
export type SignedOutReason = keyof typeof reasons;

/** The page of whoever is not signed in. */
export function SignIn({ signInUrl, demonstration, reason }: { signInUrl: string; demonstration: boolean; reason: SignedOutReason | null }) {
  const why = reason ? reasons[reason] : undefined;
  const { pathname, search } = window.location;
  const next = reason && reason !== 'expired' ? '/' : pathname + search;
  return (
    <Ground demonstration={demonstration} title="Service d’accès aux soins" intro="Répondre, réguler, trouver une consultation dans les 48 heures : pour les équipes de régulation et les professionnels du territoire.">
          {why && <Note tone={why.tone} live icon={why.tone === 'ok' ? null : <WarnIcon />} title={why.title}>{why.words}</Note>}
          <section className={css.connect} aria-labelledby="me-connecter">
            <h2 id="me-connecter">Me connecter</h2>
            <ButtonLink look="main" href={`${signInUrl}?next=${encodeURIComponent(next)}`} className={css.button!} autoFocus>
              Se connecter par Pro Santé Connect
            </ButtonLink>
            <p className={css.help}>Avec votre carte CPS ou l’application e-CPS. Réservé aux professionnels : le public appelle le 15.</p>
          </section>
          {reason === 'unavailable' && <EmergencyReading />}
          <OtherWays />
          <ConnectionHelp />
    </Ground>
  );
}

/** The page of a locked workstation: nothing of the work shows. */
export function Locked({ name, signInUrl, demonstration }: { name: string; signInUrl: string; demonstration: boolean }) {
  const { pathname, search } = window.location;
  const signIn = (next: string) => `${signInUrl}?fresh&next=${encodeURIComponent(next)}`;
  return (
    <Ground demonstration={demonstration} title="Poste verrouillé" intro={`${name} travaille sur ce poste. Ce qui était enregistré l’est toujours ; les appels en cours continuent au téléphone.`}>
      <ButtonLink look="main" href={signIn(pathname + search)} className={css.button!} autoFocus>Reprendre mon travail</ButtonLink>
      <ButtonLink look="plain" href={signIn('/')} className={css.button!}>Changer d’utilisateur</ButtonLink>
    </Ground>
  );
}

/** What there is for those without a card. */
const OtherWays = () => (
  <nav className={css.ways} aria-label="Autres moyens">
    <a href="/connexion-sans-carte">Se connecter sans carte</a>
    <a href="/demande-de-compte">Demander un compte de gestionnaire de structure</a>
  </nav>
);

/** A code handed out beforehand lets one read while the identity provider is away. */
function EmergencyReading() {
  const [code, setCode] = useState('');
  const open = useAction(identity.emergencySignIn);
  return (
    <details className={css.emergency}>
      <summary>Lire un dossier en urgence</summary>
      <ApiForm label="Lecture d’urgence" problem={open.error} onSubmit={() => open.mutate({ body: { code } }, { onSuccess: () => window.location.assign('/') })}>
        <TextField
          name="code" type="password" autoComplete="off" isRequired value={code} onChange={setCode} label="Code de secours"
          help="Remis par l’administrateur. Une heure, en lecture seule ; tout est journalisé."
        />
        <SubmitBar label="Ouvrir en lecture" pending={open.isPending} />
      </ApiForm>
    </details>
  );
}
