import { useState } from 'react';
import { routes } from '../../identity/contract.ts';
import { Note } from '../../ui/badge.tsx';
import { TextField } from '../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../ui/form.tsx';
import { useAction } from '../../ui/query.ts';
import { Ground } from './sign-in-ground.tsx';
import type { PublicPageProps } from './sign-in-pages.tsx';
import css from './sign-in.module.css';

/** Address, password and code: the three at once, so that nothing tells which one is wrong. */
export function LocalSignIn({ demonstration }: PublicPageProps) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const signIn = useAction(routes.localSignIn, { onSuccess: () => window.location.assign('/') });
  return (
    <Ground demonstration={demonstration} title="Se connecter sans carte" intro="Avec le mot de passe choisi à l’ouverture de votre compte et le code de votre téléphone.">
      <ApiForm label="Connexion sans carte" problem={signIn.error} onSubmit={() => signIn.mutate({ body: { email, password, code: code.replace(/\s/g, '') } })}>
        <TextField name="email" label="Adresse e-mail professionnelle" type="email" autoComplete="username" isRequired autoFocus value={email} onChange={setEmail} />
        <TextField name="password" label="Mot de passe" type="password" autoComplete="current-password" isRequired value={password} onChange={setPassword} />
        <TextField
          name="code" label="Code" inputMode="text" autoComplete="one-time-code" isRequired value={code} onChange={setCode}
          help="Les six chiffres de l’application de votre téléphone, ou un code de secours."
        />
        <SubmitBar label="Se connecter" pending={signIn.isPending || signIn.isSuccess} />
      </ApiForm>
      <nav className={css.ways} aria-label="Autres moyens">
        <a href="/mot-de-passe-oublie">Mot de passe oublié</a>
        <a href="/">Se connecter par Pro Santé Connect</a>
      </nav>
    </Ground>
  );
}

export function ForgottenPassword({ demonstration }: PublicPageProps) {
  const [email, setEmail] = useState('');
  const send = useAction(routes.forgetPassword);
  return (
    <Ground demonstration={demonstration} title="Mot de passe oublié" intro="Un lien vous sera envoyé. Il sert une fois et dure une heure.">
      {send.isSuccess ? (
        <Note tone="ok" live title="Regardez votre messagerie">Si un compte avec mot de passe a cette adresse, le lien est parti. Rien d’autre n’a changé.</Note>
      ) : (
        <ApiForm label="Mot de passe oublié" problem={send.error} onSubmit={() => send.mutate({ body: { email } })}>
          <TextField name="email" label="Adresse e-mail professionnelle" type="email" autoComplete="username" isRequired autoFocus value={email} onChange={setEmail} />
          <SubmitBar label="Recevoir le lien" pending={send.isPending} />
        </ApiForm>
      )}
      <nav className={css.ways} aria-label="Autres pages">
        <a href="/connexion-sans-carte">Revenir à la connexion</a>
      </nav>
    </Ground>
  );
}
