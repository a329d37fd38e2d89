import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { subjectsOf } from '../../../identity/contract.ts';
import { routes as requests, type InboxItem } from '../../../platform/orientation/contract.ts';
import { daysOf } from '../../../platform/orientation/screens/requests/statement-view.tsx';
import { stageOf } from '../../../platform/orientation/screens/requests/words.ts';
import { type LinkedStructure, routes, type StructureDoctor, type WeekVerdict } from '../../../platform/participation/contract.ts';
import { owing } from '../../../platform/participation/screens/linked-structures-section.tsx';
import { hoursOf, weekState } from '../../../platform/participation/screens/words.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Section } from '../../../ui/frame.tsx';
import { useNow, useZone } from '../../../ui/moments.tsx';
import { useApi } from '../../../ui/query.ts';
import { QueryView } from '../../../ui/states.tsx';
import { useAccount } from '../../../ui/session.ts';
import css from './space.module.css';

/** DASH-03: each structure kept by the person on one line: its week, the requests it received, where its doctors stand. */
export function StructuresBoard() {
  const account = useAccount();
  const answers = subjectsOf(account, 'requests').structures;
  const query = useApi(routes.linkedStructures, {}, { topics: ['participation', 'directory'] });
  return (
    <Section title="Mes structures en bref">
      <QueryView query={query}>
        {({ structures }) => (
          <div className={css.boards}>
            {structures.filter(({ manages }) => manages).map((structure) => <Board key={structure.id} structure={structure} answers={answers.includes(structure.id)} />)}
          </div>
        )}
      </QueryView>
    </Section>
  );
}

function Board({ structure: { id, kind, name }, answers }: { structure: LinkedStructure; answers: boolean }) {
  return (
    <article className={css.board} aria-label={`${name}, en bref`}>
      <h3>{name}</h3>
      <div className={css.figures}>
        <WeekFigure structureId={id} owes={owing.includes(kind)} />
        {answers && <RequestsFigure structureId={id} />}
        <DoctorsFigure structureId={id} />
      </div>
    </article>
  );
}

/** A number in large, what it counts, and where to act on it. */
function Figure({ label, children, more }: { label: string; children: ReactNode; more: ReactNode }) {
  return <section className={css.figure} aria-label={label}><h4>{label}</h4>{children}<p className={css.soft}>{more}</p></section>;
}

function WeekFigure({ structureId, owes }: { structureId: string; owes: boolean }) {
  const query = useApi(routes.participationWeeks, { query: { structureId } }, { topics: ['participation', 'slot', 'opening'] });
  return (
    <Figure label="Disponibilités, cette semaine" more={<Link to={`/disponibilites?structure=${encodeURIComponent(structureId)}` as string}>Ajouter ou modifier</Link>}>
      <QueryView query={query} lines={2}>{({ weeks }) => <ThisWeek week={weeks.find(({ ongoing }) => ongoing)} owes={owes} />}</QueryView>
    </Figure>
  );
}

function ThisWeek({ week, owes }: { week: WeekVerdict | undefined; owes: boolean }) {
  if (!week || !owes) return <p><strong>{hoursOf(week?.shownMinutes ?? 0)}</strong> montrées</p>;
  const { words, tone } = weekState(week);
  return (
    <>
      <p><strong>{hoursOf(week.shownMinutes)}</strong> sur {hoursOf(week.dueMinutes)} dues</p>
      <p>{week.status === 'not-applicable' ? words : <Badge tone={tone}>{words}</Badge>}</p>
    </>
  );
}

function RequestsFigure({ structureId }: { structureId: string }) {
  const today = useNow(60_000).toZonedDateTimeISO(useZone()).toPlainDate();
  const inbox = useApi(requests.inbox, {}, { topics: ['request', 'orientation'] });
  const month = useApi(requests.requestStatement, { query: { structureId, ...daysOf('month', today) } }, { topics: ['request'], keepPrevious: true });
  return (
    <Figure label="Demandes en sus" more={<Link to={'/demandes' as string}>Répondre, planning et relevé</Link>}>
      <QueryView query={inbox} lines={1}>{({ items }) => <Waiting items={items.filter((item) => item.structureId === structureId)} />}</QueryView>
      <QueryView query={month} lines={1}>{({ received, accepted }) => <p>Ce mois-ci : {received} reçue{received > 1 ? 's' : ''}, {accepted} acceptée{accepted > 1 ? 's' : ''}</p>}</QueryView>
    </Figure>
  );
}

function Waiting({ items }: { items: readonly InboxItem[] }) {
  const count = (stage: ReturnType<typeof stageOf>) => items.filter(({ status }) => stageOf(status) === stage).length;
  const toName = count('name');
  return <p><strong>{count('answer')}</strong> à répondre {toName > 0 && <Badge tone="warn">{toName} médecin{toName > 1 ? 's' : ''} à nommer</Badge>}</p>;
}

function DoctorsFigure({ structureId }: { structureId: string }) {
  const query = useApi(routes.structureDoctors, { params: { id: structureId } }, { topics: ['participation'] });
  return (
    <Figure label="Médecins" more="Un par un : « Médecins et ETP », dans vos structures liées.">
      <QueryView query={query} lines={2}>{({ doctors }) => <Standing doctors={doctors} />}</QueryView>
    </Figure>
  );
}

function Standing({ doctors }: { doctors: readonly StructureDoctor[] }) {
  const eligible = doctors.filter((doctor) => doctor.eligible).length;
  const declared = doctors.filter(({ status }) => status === 'DECLARE' || status === 'EFFECTIF').length;
  return (
    <>
      <p><strong>{eligible}</strong> sur {doctors.length} aux conditions de l’année</p>
      <p>{declared} participation{declared > 1 ? 's' : ''} déclarée{declared > 1 ? 's' : ''}</p>
    </>
  );
}
