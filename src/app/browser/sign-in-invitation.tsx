import { useState } from 'react';
import { encode } from 'uqr';
import { routes } from '../../identity/contract.ts';
import { TermsBox } from '../../identity/screens/terms.tsx';
import { Note } from '../../ui/badge.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { TextField } from '../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../ui/form.tsx';
import { useAction } from '../../ui/query.ts';
import type { ReadLink } from './sign-in-link.tsx';
import { PasswordField } from './sign-in-password.tsx';
import css from './sign-in.module.css';

/** Chooses a password and pairs a telephone, in one sending: no half-made way of signing in is left behind. */
export function FollowInvitation({ link, token, signInUrl }: { link: ReadLink; token: string; signInUrl: string }) {
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [termsAccepted, setAccepted] = useState(false);
  const accept = useAction(routes.acceptInvitation);
  if (accept.data) return <RecoveryCodes codes={accept.data.recoveryCodes} />;
  const { uri, key } = link.codes!;
  return (
    <>
      <Facts items={[['Compte', `${link.name} · ${link.email}`]]} />
      <p className={css.help}>Vous avez une carte CPS ou l’application e-CPS ? <a href={signInUrl}>Connectez-vous par Pro Santé Connect</a> et donnez cette adresse : rien d’autre à retenir.</p>
      <ApiForm label="Ouverture du compte" problem={accept.error} onSubmit={() => accept.mutate({ body: { token, password, code: code.replace(/\s/g, ''), termsAccepted: termsAccepted as true } })}>
        <PasswordField value={password} onChange={setPassword} />
        <ol className={css.steps}>
          <li>Ouvrez une application de codes sur votre téléphone (FreeOTP, Aegis, Google Authenticator…).</li>
          <li>Photographiez ce carré avec elle, ou tapez la clé.</li>
          <li>Recopiez les six chiffres qu’elle montre.</li>
        </ol>
        <QrCode text={uri} label="Carré à photographier avec l’application de codes" />
        <code className={css.key} aria-label="Clé à taper">{key}</code>
        <TextField name="code" label="Code à six chiffres" inputMode="numeric" autoComplete="one-time-code" isRequired value={code} onChange={setCode} />
        <TermsBox isSelected={termsAccepted} onChange={setAccepted} />
        <SubmitBar label="Ouvrir mon compte" pending={accept.isPending} isDisabled={!termsAccepted} />
      </ApiForm>
    </>
  );
}

function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  return (
    <>
      <Note tone="ok" live title="Votre compte est ouvert">Gardez ces codes de secours en lieu sûr : chacun remplace une fois votre téléphone. Ils ne seront plus montrés.</Note>
      <ul className={css.codes} aria-label="Codes de secours">{codes.map((code) => <li key={code}><code>{code}</code></li>)}</ul>
      <ButtonLink look="main" href="/" className={css.button!}>J’ai noté mes codes : entrer</ButtonLink>
    </>
  );
}

/** A QR code, dark on white whatever the theme: cameras read it best. */
function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { border: 2 });
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : []))).join('');
  return <svg className={css.qr} role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges"><path d={path} fill="#000" /></svg>;
}
