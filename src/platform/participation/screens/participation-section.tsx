import { useState, type ReactNode } from 'react';
import { Badge, Note } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { Section } from '../../../ui/frame.tsx';
import { Moment } from '../../../ui/moments.tsx';
import { formatPhone } from '../../../ui/phone.ts';
import { useAction, useApi, useRefresh } from '../../../ui/query.ts';
import { useAccount } from '../../../ui/session.ts';
import { EmptyState, QueryView } from '../../../ui/states.tsx';
import { toast } from '../../../ui/toast.tsx';
import { hoursInWords } from '../../../ui/week-hours.ts';
import { type Complement, type Overview, type ParticipationRecord, routes, statements, statusLabels } from '../contract.ts';
import { History } from './history.tsx';
import { SettingsDialog } from './settings/settings-dialog.tsx';
import { keyOf, type Subject, useProfessionals } from './subjects.ts';
import { statusHelp, statusTones, viaChoices } from './words.ts';
import css from './participation.module.css';

/** « Paramètres de participation au SAS & affichage des créneaux »: his own, and those of whoever delegated it to him. */
export function ParticipationSection() {
  const subjects = useProfessionals();
  const { nationalId } = useAccount();
  const named = subjects.some((subject) => subject.nationalId !== nationalId);
  if (subjects.length === 0) return null;
  return (
    <Section title="Paramètres de participation au SAS & affichage des créneaux">
      <div className={css.cards}>{subjects.map((subject) => <ParticipationCard key={keyOf(subject)} subject={subject} named={named} />)}</div>
    </Section>
  );
}

function ParticipationCard({ subject, named }: { subject: Subject; named: boolean }) {
  const query = useApi(routes.participation, { query: subject }, { topics: ['participation'] });
  return <QueryView query={query} lines={5}>{(overview) => <Settings subject={subject} overview={overview} named={named} />}</QueryView>;
}

function Settings({ subject, overview, named }: { subject: Subject; overview: Overview; named: boolean }) {
  const [editing, setEditing] = useState(false);
  const [past, setPast] = useState(false);
  const { name, current, upcoming, mayChange } = overview;
  return (
    <article className={css.card} aria-label={name}>
      <header className={css.head}>
        <h3>{named ? name : current ? viaChoices[current.via] : 'Vous n’avez rien déclaré'}</h3>
        {current && <Badge tone={statusTones[current.status]}>{statusLabels[current.status]}</Badge>}
      </header>
      {current ? <p className={css.soft}>{statusHelp[current.status]}</p> : <Nothing mayChange={mayChange} />}
      {current && <Declared record={current} overview={overview} />}
      {upcoming && <Note tone="accent" title="Un changement est prévu">{statusLabels[upcoming.status]}, {viaChoices[upcoming.via]}, à partir de <Moment at={upcoming.validFrom} day />.</Note>}
      <div className={css.actions}>
        {mayChange && <Button look={current ? 'plain' : 'main'} onPress={() => setEditing(true)}>éditer</Button>}
        {mayChange && current && <SuspendButton subject={subject} record={current} />}
        {current && <Button look="quiet" aria-expanded={past} onPress={() => setPast(!past)}>{past ? 'Masquer l’historique' : 'Historique'}</Button>}
      </div>
      {past && <History subject={subject} />}
      {editing && <SettingsDialog subject={subject} overview={overview} kind={null} onClose={() => setEditing(false)} />}
    </article>
  );
}

const Nothing = ({ mayChange }: { mayChange: boolean }) =>
  mayChange
    ? <p>Déclarez votre participation : c’est l’une des deux conditions, avec 2 heures visibles chaque semaine.</p>
    : <EmptyState title="Votre centre de santé déclare pour vous"><p>Vous exercez dans un centre de santé seulement : sa participation vaut pour vous.</p></EmptyState>;

/** What holds now, each complementary field with whether the regulation reads it. */
function Declared({ record, overview }: { record: ParticipationRecord; overview: Overview }) {
  const { via, viaStructureId, enSus, usesEditor, upload, contact, note, preferredHours, caps, reorientation, statement, statementAt, statementBy } = record;
  const through = overview.choices.find(({ id }) => id === viaStructureId);
  const limits = [caps.halfDay && `${caps.halfDay} par demi-journée`, caps.week && `${caps.week} par semaine`].filter(Boolean).join(', ');
  const shown = (one: Complement, value: ReactNode) => (value ? <>{value} <Visibility on={record.shown.includes(one) && (one !== 'contact' || via === 'individual')} /></> : null);
  return (
    <>
      <Facts items={[
        ['Mode', viaChoices[via]],
        viaStructureId !== null && ['Structure', through?.name ?? viaStructureId],
        ['Sollicité en sus', !enSus ? 'Non' : via === 'individual' ? 'Oui, directement' : 'Oui, par la structure'],
        ['Créneaux', !usesEditor ? 'Sur l’agenda de la plateforme' : upload ? 'Remontés par votre logiciel' : 'Remontée refusée : agenda de la plateforme seul'],
        ['Téléphone direct', shown('contact', contact && formatPhone(contact))],
        ["Précisions d'accès", shown('note', note)],
        ['Horaires préférés', shown('hours', preferredHours.length > 0 && hoursInWords(preferredHours, ''))],
        ['En sus, au plus', limits || 'Sans limite'],
        ['Forfait de réorientation', reorientation ? 'Adhérent' : null],
      ]} />
      {statement && <p className={css.sworn}>{statements[statement]}<br />Déclaré par {statementBy}, <Moment at={statementAt!} day />.</p>}
    </>
  );
}

const Visibility = ({ on }: { on: boolean }) => <Badge tone={on ? 'accent' : 'neutral'}>{on ? 'montré à la régulation' : 'masqué'}</Badge>;

function SuspendButton({ subject, record }: { subject: Subject; record: ParticipationRecord }) {
  const refresh = useRefresh();
  const act = useAction(routes.suspendOrResume, {
    onSuccess: ({ status }) => {
      toast({ tone: 'ok', words: status === 'SUSPENDU' ? 'Suspendue : la régulation ne vous sollicite plus.' : 'Reprise : la régulation peut vous solliciter.' });
      void refresh(routes.participation);
      void refresh(routes.participationHistory);
    },
    onError: (problem) => toast({ tone: 'bad', words: problem.message }),
  });
  const event = record.status === 'SUSPENDU' ? 'resume' : record.status === 'DECLARE' || record.status === 'EFFECTIF' ? 'suspend' : null;
  if (!event) return null;
  return <Button look="quiet" isPending={act.isPending} onPress={() => act.mutate({ params: { event }, body: subject })}>{event === 'resume' ? 'Reprendre' : 'Suspendre'}</Button>;
}
