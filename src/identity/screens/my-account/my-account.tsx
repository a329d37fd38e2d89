import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { AnswerOf } from '../../../ui/api.ts';
import { Badge, Note } from '../../../ui/badge.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { TextField } from '../../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../../ui/form.tsx';
import { Page, Section } from '../../../ui/frame.tsx';
import { Moment } from '../../../ui/moments.tsx';
import { useAction, useApi, useRefresh } from '../../../ui/query.ts';
import { QueryView } from '../../../ui/states.tsx';
import { personRoutes, roleLabels, TERMS_VERSION } from '../../contract.ts';
import { AvailableFields, detailsOf, draftOf } from '../accounts/details-fields.tsx';
import { TermsBox } from '../terms.tsx';
import css from './my-account.module.css';

type Mine = AnswerOf<typeof personRoutes.myAccount>;

const signInWords: Readonly<Record<string, string>> = {
  'sign-in': 'avec Pro Santé Connect', 'sign-in-local': 'avec mot de passe et code', 'emergency-sign-in': 'en lecture d’urgence', 'sign-in-refused': 'essai refusé', 'sign-in-refused-local': 'essai refusé, mot de passe ou code faux',
};

/** Who I am for the SAS: details, rights, ways of signing in, terms accepted, latest sign-ins; `children` are the sections of others. */
export function MyAccount({ children }: { children?: ReactNode }) {
  const query = useApi(personRoutes.myAccount, {}, { topics: ['account'] });
  return (
    <Page title="Mon compte" intro="Vos coordonnées, vos droits et vos connexions.">
      <QueryView query={query} lines={8}>
        {(mine) => (
          <>
            {mine.terms?.version !== TERMS_VERSION && <AcceptTerms />}
            <div className={css.grid}>
              <Details mine={mine} />
              <Rights mine={mine} />
              <SignInWays mine={mine} />
              <SignIns mine={mine} />
              {children}
            </div>
          </>
        )}
      </QueryView>
    </Page>
  );
}

function Details({ mine }: { mine: Mine }) {
  const [details, setDetails] = useState(draftOf(mine));
  const save = useAction(personRoutes.changeMyDetails);
  const { phone, available } = detailsOf(details);
  return (
    <Section title="Mes coordonnées">
      <Facts items={[['Nom', mine.displayName], ['E-mail', mine.email ?? 'aucune adresse'], ['Identifiant national', mine.nationalId], ['Département', mine.department]]} />
      <ApiForm label="Mes coordonnées" problem={save.error} onSubmit={() => save.mutate({ body: { phone, available } })}>
        <TextField name="phone" label="Téléphone" type="tel" autoComplete="tel" value={details.phone} onChange={(next) => setDetails({ ...details, phone: next })} />
        <AvailableFields amount={details.amount} unit={details.unit} onChange={(change) => setDetails({ ...details, ...change })} />
        <SubmitBar label="Enregistrer" pending={save.isPending} saved={save.isSuccess ? 'Enregistré' : null} />
      </ApiForm>
      <p className={css.soft}>Nom et adresse se changent par le gestionnaire de comptes de votre territoire.</p>
    </Section>
  );
}

const Rights = ({ mine }: { mine: Mine }) => (
  <Section title="Mes droits">
    <ul className={css.list}>
      {mine.grants.map(({ id, role, territory, structureName, validUntil }) => (
        <li key={id}>
          <strong>{roleLabels[role]}</strong>
          <span>{territory === '*' ? 'tous les territoires' : territory}{structureName && ` · ${structureName}`}</span>
          <span className={css.soft}>{validUntil ? <>jusqu’au <Moment at={validUntil} day /></> : 'sans fin prévue'}</span>
        </li>
      ))}
      {mine.grants.length === 0 && <li className={css.soft}>Aucun rôle.</li>}
    </ul>
    <p><Link to={'/delegations' as string}>Mes délégations</Link></p>
  </Section>
);

const SignInWays = ({ mine: { methods, terms } }: { mine: Mine }) => (
  <Section title="Mes moyens de connexion">
    <Facts items={[
      ['Pro Santé Connect', methods.card ? <Badge key="card" tone="ok">carte liée</Badge> : 'aucune carte liée'],
      ['Mot de passe et code', methods.password ? <>depuis le <Moment at={methods.password.changedAt} day /> ; {methods.password.recoveryCodesLeft} codes de secours</> : 'non'],
      ['Conditions d’utilisation', terms ? <>version {terms.version}, acceptées le <Moment at={terms.acceptedAt} day /></> : 'pas encore acceptées'],
    ]} />
    <p className={css.soft}>Téléphone perdu ou changé : le gestionnaire de comptes vous envoie une nouvelle invitation.</p>
  </Section>
);

const SignIns = ({ mine }: { mine: Mine }) => (
  <Section title="Mes dernières connexions">
    <ul className={css.list}>{mine.signIns.map(({ at, event }, index) => <li key={index}><Moment at={at} day /><span className={css.soft}>{signInWords[event] ?? event}</span></li>)}</ul>
  </Section>
);

function AcceptTerms() {
  const [accepted, setAccepted] = useState(false);
  const refresh = useRefresh();
  const accept = useAction(personRoutes.acceptTerms, { onSuccess: () => void refresh(personRoutes.myAccount) });
  return (
    <Note tone="warn" title="Conditions d’utilisation à accepter">
      <ApiForm label="Conditions d’utilisation" problem={accept.error} onSubmit={() => accept.mutate({ body: { version: TERMS_VERSION } })}>
        <TermsBox isSelected={accepted} onChange={setAccepted} />
        <SubmitBar label="Accepter" pending={accept.isPending} isDisabled={!accepted} />
      </ApiForm>
    </Note>
  );
}
