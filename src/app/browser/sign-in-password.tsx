import { useState } from 'react';
import { routes } from '../../identity/contract.ts';
import { Note } from '../../ui/badge.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { TextField } from '../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../ui/form.tsx';
import { useAction } from '../../ui/query.ts';
import type { ReadLink } from './sign-in-link.tsx';
import css from './sign-in.module.css';

/** Another password, by the link received. */
export function NewPassword({ link, token }: { link: ReadLink; token: string }) {
  const [password, setPassword] = useState('');
  const save = useAction(routes.resetPassword);
  if (save.isSuccess) {
    return (
      <>
        <Note tone="ok" live title="Mot de passe changé">Vos sessions ouvertes sont fermées.</Note>
        <ButtonLink look="main" href="/connexion-sans-carte" className={css.button!}>Se connecter</ButtonLink>
      </>
    );
  }
  return (
    <ApiForm label="Nouveau mot de passe" problem={save.error} onSubmit={() => save.mutate({ body: { token, password } })}>
      <Facts items={[['Compte', `${link.name} · ${link.email}`]]} />
      <PasswordField value={password} onChange={setPassword} />
      <SubmitBar label="Changer mon mot de passe" pending={save.isPending} />
    </ApiForm>
  );
}

/** A password being chosen. */
export const PasswordField = ({ value, onChange }: { value: string; onChange: (value: string) => void }) => (
  <TextField
    name="password" label="Mot de passe" type="password" autoComplete="new-password" isRequired value={value} onChange={onChange}
    help="Douze caractères au moins. Une phrase que vous retenez convient, sans votre nom ni votre adresse."
  />
);
