import { useState } from 'react';
import { createPortal } from 'react-dom';
import { roleLabels, routes as identity } from '../../../../identity/contract.ts';
import { routes as territories } from '../../../../territory/contract.ts';
import { Button } from '../../../../ui/button.tsx';
import { useZone } from '../../../../ui/moments.tsx';
import { useApi } from '../../../../ui/query.ts';
import { formatTime } from '../../../../ui/time.ts';
import type { Dossier } from '../../contract.ts';
import css from './prescription.module.css';
import { usePrinting } from './use-printing.ts';
import { nameWords } from './words.ts';

type Act = Dossier['acts'][number];
type Decision = Act['decisions'][number];

interface PrescriptionProps {
  readonly dossier: Dossier;
  readonly act: Act;
  readonly decision: Decision;
}

/** Prints the document of a prescription by telephone, for the pharmacy (REG-19). */
export function PrescriptionButton(props: PrescriptionProps) {
  const [printing, setPrinting] = useState(false);
  return (
    <>
      <Button small onPress={() => setPrinting(true)}>Imprimer l’ordonnance</Button>
      {printing && createPortal(<Document {...props} onDone={() => setPrinting(false)} />, document.body)}
    </>
  );
}

const born = { F: 'née', M: 'né' } as Readonly<Record<string, string>>;
/** `3 mars 2026`: a document is read on another day. */
const longDate = (date: Temporal.PlainDate): string => date.toLocaleString('fr-FR', { dateStyle: 'long' });
const said = (details: Decision['details'], name: string): string => (typeof details[name] === 'string' ? (details[name] as string) : '');

/** On paper only, alone on its page. */
function Document({ dossier, act, decision: { details }, onDone }: PrescriptionProps & { onDone: () => void }) {
  const zone = useZone();
  const session = useApi(identity.session, {}, { staleMs: 60_000 });
  const { data } = useApi(territories.listTerritories, {}, { staleMs: 300_000 });
  const { patient } = dossier;
  const signed = `${longDate(Temporal.Instant.from(act.at).toZonedDateTimeISO(zone).toPlainDate())} à ${formatTime(act.at, zone)}`;
  const sas = data?.territories.find(({ code }) => code === dossier.territory)?.name ?? `SAS ${dossier.territory}`;
  usePrinting(session.isFetched && data !== undefined, onDone);
  return (
    <article className={css.document} data-paper>
      {session.data?.demonstration && <p className={css.fictional}>Données fictives : démonstration, ce document ne vaut pas prescription.</p>}
      <header>
        <p>{sas}<br />Service d’accès aux soins, régulation médicale</p>
        <p>{act.author}<br />{roleLabels[act.role]}</p>
      </header>
      <h1>Prescription médicale téléphonique</h1>
      <p>Le {signed}, dossier {dossier.number}</p>
      <dl>
        <dt>Patient</dt>
        <dd>
          <strong>{nameWords(patient) || 'identité non recueillie'}</strong>
          {patient.birthDate ? `, ${born[patient.sex] ?? 'né(e)'} le ${longDate(Temporal.PlainDate.from(patient.birthDate))}` : patient.age !== null && `, ${patient.age} an${patient.age > 1 ? 's' : ''}`}
        </dd>
        <dt>Médicament</dt><dd><strong>{said(details, 'drug')}</strong></dd>
        <dt>Posologie</dt><dd>{said(details, 'dose')}</dd>
        {act.advice && <><dt>Conseil</dt><dd>{act.advice}</dd></>}
        <dt>Pharmacie</dt><dd>{said(details, 'pharmacy')}</dd>
      </dl>
      <p>Prescription faite par téléphone en régulation médicale ; le patient, ou la personne qui appelait pour lui, a dit son accord et l’avoir comprise.</p>
      <footer>{act.author}, acte signé dans le dossier le {signed}</footer>
    </article>
  );
}
