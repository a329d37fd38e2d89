import { Note } from '../../ui/badge.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { WarnIcon } from '../../ui/icons.tsx';
import { DemonstrationBand } from '../../ui/status-band.tsx';
import { ThemeToggle } from '../../ui/theme-toggle.tsx';
import css from './sign-in.module.css';

const reasons = {
  expired: { tone: 'warn', title: 'Votre session a expiré', words: 'Reconnectez-vous : vous reviendrez à la même page.' },
  failed: { tone: 'bad', title: 'La connexion n’a pas abouti', words: 'Pro Santé Connect n’a pas confirmé votre identité. Réessayez ; si cela dure, prévenez votre administrateur.' },
  unavailable: { tone: 'bad', title: 'Pro Santé Connect ne répond pas', words: 'La panne est chez le service de connexion, pas sur votre poste. Les sessions ouvertes continuent ; réessayez dans quelques instants.' },
  unknown: { tone: 'bad', title: 'Aucun compte ne correspond', words: 'Pro Santé Connect vous a reconnu, mais aucun compte n’est ouvert à votre nom dans ce SAS. Demandez-le à l’administrateur de votre territoire.' },
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
    <div className={css.ground}>
      {demonstration && <header><DemonstrationBand /></header>}
      <main className={css.main}>
        <div className={css.card}>
          <div>
            <p className={css.mark}>SAS</p>
            <h1>Service d’accès aux soins</h1>
            <p className={css.intro}>Trouver un rendez-vous dans les 48 heures et le réserver, pour les équipes de régulation et les professionnels du territoire.</p>
          </div>
          {why && <Note tone={why.tone} live icon={why.tone === 'ok' ? null : <WarnIcon />} title={why.title}>{why.words}</Note>}
          <ButtonLink look="main" href={`${signInUrl}?next=${encodeURIComponent(next)}`} className={css.button!} autoFocus>
            Se connecter avec Pro Santé Connect
          </ButtonLink>
          <p className={css.help}>Avec votre carte CPS ou l’application e-CPS. Réservé aux professionnels : le public appelle le 15.</p>
        </div>
        <div className={css.theme}><ThemeToggle /></div>
      </main>
    </div>
  );
}
