import { useState } from 'react';
import { routes } from '../../identity/contract.ts';
import { Note } from '../../ui/badge.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../ui/form.tsx';
import { useAction, useApi } from '../../ui/query.ts';
import { Loading, ProblemState } from '../../ui/states.tsx';
import { Ground } from './sign-in-ground.tsx';
import type { PublicPageProps } from './sign-in-pages.tsx';
import css from './sign-in.module.css';

/** Mail, nom, prénom, territoire, structure: what a structure manager's account asks for (seed 004, p. 7). */
export function RequestAccount({ demonstration }: PublicPageProps) {
  const [person, setPerson] = useState({ email: '', lastName: '', firstName: '' });
  const [territory, setTerritory] = useState<string | null>(null);
  const [structureId, setStructure] = useState<string | null>(null);
  const choices = useApi(routes.requestChoices, { query: territory ? { territory } : {} }, { keepPrevious: true });
  const ask = useAction(routes.requestAccount);
  const set = (field: keyof typeof person) => (value: string) => setPerson({ ...person, [field]: value });
  return (
    <Ground demonstration={demonstration} title="Demander un compte" intro="Gestionnaire de structure : CPTS, maison ou centre de santé, SOS Médecins. Le gestionnaire de comptes de votre territoire vous répondra par e-mail.">
      {choices.isPending && <Loading lines={5} />}
      {choices.error && <ProblemState problem={choices.error} onRetry={() => void choices.refetch()} />}
      {ask.isSuccess && <Note tone="ok" live title="Demande reçue">Elle attend le gestionnaire de comptes de votre territoire. Acceptée, une invitation vous sera envoyée.</Note>}
      {choices.data && !ask.isSuccess && (
        <ApiForm label="Demande de compte" problem={ask.error} onSubmit={() => territory && structureId && ask.mutate({ body: { ...person, territory, structureId } })}>
          <TextField name="email" label="Adresse e-mail" type="email" autoComplete="email" isRequired autoFocus value={person.email} onChange={set('email')} />
          <TextField name="lastName" label="Nom" autoComplete="family-name" isRequired value={person.lastName} onChange={set('lastName')} />
          <TextField name="firstName" label="Prénom" autoComplete="given-name" isRequired value={person.firstName} onChange={set('firstName')} />
          <SelectField
            name="territory" label="Territoire" isRequired value={territory} onChange={(code) => { setTerritory(code); setStructure(null); }}
            choices={choices.data.territories.map(({ code, name }) => ({ value: code, label: `${name} (${code})` }))}
          />
          <SelectField
            name="structureId" label="Structure" isRequired isDisabled={!territory || choices.isPlaceholderData} value={structureId} onChange={setStructure}
            choices={choices.data.structures.map(({ id, name, city }) => ({ value: id, label: `${name}, ${city}` }))}
          />
          <SubmitBar label="Envoyer la demande" pending={ask.isPending} isDisabled={!structureId} />
        </ApiForm>
      )}
      <nav className={css.ways} aria-label="Autres pages"><a href="/">Revenir à la connexion</a></nav>
    </Ground>
  );
}
