import { useState } from 'react';
import { routes } from '../../identity/contract.ts';
import { Note } from '../../ui/badge.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { SegmentField, SelectField, TextField } from '../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../ui/form.tsx';
import { WarnIcon } from '../../ui/icons.tsx';
import { useAction, useApi } from '../../ui/query.ts';
import { Loading, ProblemState } from '../../ui/states.tsx';
import { Ground } from './sign-in-ground.tsx';
import type { PublicPageProps } from './sign-in-pages.tsx';
import css from './sign-in.module.css';

type Way = 'open' | 'link';
const ways = [{ value: 'open', label: 'Je n’ai pas de compte' }, { value: 'link', label: 'J’ai déjà un compte' }] as const;

/** Whom Pro Santé Connect recognised gives his professional address: a link sent there opens his account or links it (seed 004, p. 5). */
export function FirstConnection({ demonstration, signInUrl }: PublicPageProps) {
  const first = useApi(routes.firstConnection, {});
  return (
    <Ground demonstration={demonstration} title="Première connexion" intro="Pro Santé Connect vous a reconnu. Il reste à confirmer votre adresse professionnelle.">
      {first.isPending && <Loading lines={4} />}
      {first.error && <ProblemState problem={first.error} onRetry={() => void first.refetch()} />}
      {first.data && !first.data.person && (
        <>
          <Note tone="warn" icon={<WarnIcon />} title="À reprendre du début">Votre reconnaissance a expiré, ou vous venez d’un autre navigateur. Rien n’a été ouvert.</Note>
          <ButtonLink look="main" href={signInUrl} className={css.button!}>Se connecter par Pro Santé Connect</ButtonLink>
        </>
      )}
      {first.data?.person && <AddressForm person={first.data.person} territories={first.data.territories} />}
    </Ground>
  );
}

function AddressForm({ person, territories }: { person: { lastName: string; firstName: string; nationalId: string }; territories: readonly { code: string; name: string }[] }) {
  const [way, setWay] = useState<Way>('open');
  const [email, setEmail] = useState('');
  const [territory, setTerritory] = useState<string | null>(territories.length === 1 ? territories[0]!.code : null);
  const send = useAction(routes.askConfirmation);
  const sendLink = () => territory && send.mutate({ body: { email, territory } });
  return (
    <>
      <Facts items={[['Vous êtes', `${person.firstName} ${person.lastName}`], ['Identifiant national', person.nationalId]]} />
      {send.isSuccess && (
        <Note tone="ok" live title="Un message vous est envoyé">
          Ouvrez le lien reçu à l’adresse {send.variables.body?.email} dans les 24 heures, sur cet appareil ou un autre. Rien n’est ouvert avant.
        </Note>
      )}
      <ApiForm label="Adresse professionnelle" problem={send.error} onSubmit={sendLink}>
        <SegmentField<Way> label="Sur la plateforme du SAS" choices={ways} value={way} onChange={setWay} />
        <TextField
          name="email" type="email" autoComplete="email" isRequired value={email} onChange={setEmail}
          label={way === 'open' ? 'Adresse e-mail professionnelle' : 'Adresse e-mail de mon compte'}
          help={way === 'open' ? 'Un message y sera envoyé pour la confirmer.' : 'Un message y sera envoyé pour lier ce compte à votre carte.'}
        />
        <SelectField label="Votre SAS" name="territory" isRequired choices={territories.map(({ code, name }) => ({ value: code, label: `${name} (${code})` }))} value={territory} onChange={setTerritory} />
        <SubmitBar label={send.isSuccess ? 'Renvoyer le lien' : 'Recevoir le lien'} pending={send.isPending} isDisabled={!territory} />
      </ApiForm>
      <p className={css.help}>Cinq envois par jour au plus, espacés d’une minute.</p>
    </>
  );
}
