import { CheckboxField } from '../../ui/field.tsx';
import { TERMS_VERSION } from '../contract.ts';

const terms = [
  'Ce service est réservé aux professionnels du service d’accès aux soins, pour la régulation, l’orientation et l’organisation des soins non programmés.',
  'Votre compte est personnel : vous ne prêtez ni votre carte, ni votre mot de passe, ni votre téléphone. Pour qu’une autre personne agisse pour vous, vous lui donnez une délégation.',
  'Aucune identité de patient ni information médicale n’est écrite sur la plateforme numérique. Les dossiers de la salle de régulation relèvent du secret professionnel.',
  'Ce que vous faites est journalisé, avec votre nom, la date et l’heure. Un accès sans lien avec votre mission peut conduire à la suspension de votre compte.',
  'Vous tenez à jour vos coordonnées et ce que vous déclarez : participation, disponibilités, suites des rendez-vous.',
];

/** The terms of use in force. */
export const Terms = () => <ol>{terms.map((term) => <li key={term}>{term}</li>)}</ol>;

/** The terms, folded, and the box that accepts them. */
export function TermsBox({ isSelected, onChange }: { isSelected: boolean; onChange: (accepted: boolean) => void }) {
  return (
    <>
      <details>
        <summary>Conditions d’utilisation (version {TERMS_VERSION})</summary>
        <Terms />
      </details>
      <CheckboxField name="termsAccepted" label="J’ai lu et j’accepte les conditions d’utilisation" isSelected={isSelected} onChange={onChange} />
    </>
  );
}
