import type { ReactNode } from 'react';
import { Badge, Note } from '../../../../ui/badge.tsx';
import { PhoneIcon, PinIcon, WarnIcon } from '../../../../ui/icons.tsx';
import { type Dossier, difficultyLabels } from '../../contract.ts';
import { Age } from './age.tsx';
import { Appointments } from './appointments.tsx';
import { CallbackNumber } from './callback-button.tsx';
import css from './dossier-file.module.css';
import { MeansStrip } from './means-strip.tsx';
import { NoteForm } from './note-form.tsx';
import { PatientForm } from './patient-form.tsx';
import { PlaceForm } from './place-form.tsx';
import { Others, Presence } from './presence.tsx';
import { PriorityMark } from './priority-mark.tsx';
import { Timeline } from './timeline.tsx';
import { filiereWords, locationWords, nameWords, personWords, placeWords, shortNumber } from './words.ts';

/** A whole dossier on one screen: summary, patient, means, appointments, and all that happened, the latest first. `history`: what is known beside it. */
export function DossierFile({ dossier, history }: { dossier: Dossier; history?: ReactNode }) {
  return (
    <Presence dossier={dossier}>
      <article className={css.file} aria-label={`Dossier ${shortNumber(dossier.number)}`}>
        <Summary dossier={dossier} />
        <div className={css.body}>
          <div className={css.side}>
            <PatientForm key={dossier.id} dossier={dossier} />
            <PlaceForm key={`place ${dossier.id}`} dossier={dossier} />
            {history}
          </div>
          <div className={css.story}>
            <MeansStrip dossier={dossier} />
            <Appointments dossier={dossier} />
            <NoteForm key={dossier.id} dossier={dossier} />
            <Timeline dossier={dossier} />
          </div>
        </div>
      </article>
    </Presence>
  );
}

/** What must be known at a glance, always in sight. */
export function Summary({ dossier }: { dossier: Dossier }) {
  const person = [personWords(dossier.patient), nameWords(dossier.patient)].filter(Boolean).join(', ');
  const place = locationWords(dossier.location);
  const { difficulty } = dossier.caller;
  const onLine = dossier.calls.some((call) => call.onLine);
  return (
    <header className={css.summary}>
      <div className={css.first}>
        <PriorityMark priority={dossier.priority} large />
        <h2>{dossier.motive?.label ?? 'Motif à préciser'}</h2>
        {dossier.careLevel && <Badge>{dossier.careLevel}</Badge>}
        {dossier.filiere && <Badge tone="accent">{filiereWords[dossier.filiere]}</Badge>}
        <span className={css.place}>{placeWords(dossier)}</span>
        <span className={css.age}><Age since={dossier.openedAt} /></span>
      </div>
      <p className={css.second}>
        <strong>{person || 'Patient à préciser'}</strong>
        <span><PinIcon size={13} /> {place || 'lieu à préciser'}{dossier.location?.details && ` (${dossier.location.details})`}</span>
        <span><CallbackNumber dossier={dossier} />{dossier.caller.relation && `, ${dossier.caller.relation}`}{difficulty && difficulty !== 'AUCUNE' && <> <Badge tone="warn">{difficultyLabels[difficulty]}</Badge></>}{onLine && <b className={css.line}> <PhoneIcon size={13} /> en ligne</b>}</span>
        <span className={css.number} title={dossier.number}>n° {shortNumber(dossier.number)}{dossier.owner && `, ${dossier.owner.name}`}</span>
        <Others />
      </p>
      {dossier.p0Suspected && <Note tone="bad" icon={<WarnIcon />} title="P0 suspecté par l’OSNP">Un ARM ou un médecin doit l’engager, ou écarter le doute.</Note>}
      {dossier.mergedInto && <Note tone="warn">Ce dossier a été réuni à un autre : continuez dans le dossier conservé.</Note>}
      {dossier.deferral && dossier.step === 'REPORTE' && <Note tone="neutral">Rappel convenu. Signes d’alerte dits : {dossier.deferral.warningSigns}</Note>}
    </header>
  );
}
