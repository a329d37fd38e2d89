import { useState } from 'react';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { Page, Section } from '../../../ui/frame.tsx';
import { CheckIcon, CrossIcon, DownloadIcon, WaitIcon } from '../../../ui/icons.tsx';
import { Moment, useZone } from '../../../ui/moments.tsx';
import { useApi } from '../../../ui/query.ts';
import { saveFile } from '../../../ui/save-file.ts';
import { EmptyState, Loading, ProblemState, QueryView } from '../../../ui/states.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { answerReasons, requestKinds, requestSubjects, routes, type PersonalDataView, type RightsRequest } from '../../contract.ts';
import { dayOf, requestStateWords } from '../words.ts';
import { asCsv, asHtml, columnsOf, inWords } from './export.ts';
import { RequestForm } from './request-form.tsx';
import css from './my-data.module.css';

/** What is kept about me: told, given, and open to my requests. */
export default function MyDataScreen() {
  return (
    <Page title="Mes données" intro="Ce que le SAS garde sur vous, pourquoi, combien de temps et qui le voit. Vous pouvez tout emporter, et demander un changement.">
      <Tabs
        label="Mes données"
        items={[
          { id: 'notice', label: 'Ce qui est gardé', content: <Notice /> },
          { id: 'data', label: 'Tout lire, tout emporter', content: <Access /> },
          { id: 'requests', label: 'Mes demandes', content: <Requests /> },
        ]}
      />
    </Page>
  );
}

function Notice() {
  const notice = useApi(routes.privacyNotice, {}, { topics: ['retention'] });
  return (
    <div className={css.part}>
      <QueryView query={notice}>
        {({ lines }) => (
          <ul className={css.lines}>
            {lines.map(({ what, why, whoSees, howLong }) => (
              <li key={what}>
                <h2>{what}</h2>
                <dl>
                  <dt>Pourquoi</dt><dd>{why}</dd>
                  <dt>Combien de temps</dt><dd>{howLong}</dd>
                  <dt>Qui le voit</dt><dd>{whoSees}</dd>
                </dl>
              </li>
            ))}
          </ul>
        )}
      </QueryView>
      <p className={css.soft}>Responsable du traitement : l’établissement siège du SAS. Base légale : mission d’intérêt public. Si une réponse ne vous convient pas, vous pouvez saisir la CNIL.</p>
    </div>
  );
}

function Access() {
  const [asked, setAsked] = useState(false);
  const zone = useZone();
  const data = useApi(routes.myData, {}, { enabled: asked, staleMs: 60_000 });
  if (!asked) {
    return (
      <EmptyState title="Tout ce qui est gardé sur vous" action={<Button look="main" onPress={() => setAsked(true)}>Lire mes données</Button>}>
        <p>Compte, droits, délégations, sessions, participation, disponibilités, orientations, demandes, actes du journal. La lecture est journalisée. Aucun patient n’y figure.</p>
      </EmptyState>
    );
  }
  if (data.isPending) return <Loading lines={8} label="Lecture de vos données" />;
  if (!data.data) return <ProblemState problem={data.error!} onRetry={() => void data.refetch()} />;
  const content = data.data;
  const name = `mes-donnees-sas-${content.at.slice(0, 10)}`;
  return (
    <div className={css.part}>
      <div className={css.tools}>
        <Button small onPress={() => saveFile(`${name}.html`, 'text/html', asHtml(content, zone))}><DownloadIcon />Page lisible (HTML)</Button>
        <Button small onPress={() => saveFile(`${name}.csv`, 'text/csv', asCsv(content))}><DownloadIcon />Tableur (CSV)</Button>
        <Button small onPress={() => saveFile(`${name}.json`, 'application/json', JSON.stringify(content, null, 2))}><DownloadIcon />Autre logiciel (JSON)</Button>
      </div>
      {content.sections.map((section) => <DataSection key={section.title} section={section} />)}
    </div>
  );
}

const SHOWN = 100;

function DataSection({ section }: { section: PersonalDataView['sections'][number] }) {
  const zone = useZone();
  const { title, rows } = section;
  const columns = columnsOf(section).map((name): Column<(typeof rows)[number]> => ({ id: name, label: name, value: (row) => inWords(row[name] ?? null, zone), sortable: false }));
  return (
    <Section title={title}>
      {rows.length === 0 ? <p className={css.soft}>Rien.</p> : (
        <DataTable label={title} rows={rows.slice(0, SHOWN)} columns={columns} rowKey={(row) => String(rows.indexOf(row))} footer={rows.length > SHOWN && <span>Les {SHOWN} premières lignes de {rows.length} : emportez le fichier pour les lire toutes.</span>} />
      )}
    </Section>
  );
}

function Requests() {
  const requests = useApi(routes.myRequests, {}, { topics: ['rights-request'] });
  return (
    <div className={css.columns}>
      <Section title="Nouvelle demande"><RequestForm /></Section>
      <Section title="Mes demandes">
        <QueryView query={requests} isEmpty={(data) => data.requests.length === 0} empty={<EmptyState title="Aucune demande"><p>Une demande reçoit sa réponse dans le mois.</p></EmptyState>}>
          {(data) => <ul className={css.list}>{data.requests.map((request) => <li key={request.id}><RequestCard request={request} /></li>)}</ul>}
        </QueryView>
      </Section>
    </div>
  );
}

const icons = { received: <WaitIcon size={12} />, accepted: <CheckIcon size={12} />, partly: <CheckIcon size={12} />, refused: <CrossIcon size={12} /> };

function RequestCard({ request: { number, kind, subject, body, at, dueAt, state, reason, answeredBy, answeredAt } }: { request: RightsRequest }) {
  const zone = useZone();
  const { label, tone } = requestStateWords[state];
  return (
    <article className={css.card} aria-label={`Demande ${number}`}>
      <header><strong>{requestKinds[kind]}</strong><Badge tone={tone} icon={icons[state]}>{state === 'received' ? 'En attente' : label}</Badge></header>
      <p className={css.soft}>{number} · {requestSubjects[subject]} · <Moment at={at} day /></p>
      <p className={css.words}>{body}</p>
      <p className={css.soft}>{state === 'received' ? `Réponse au plus tard le ${dayOf(dueAt, zone)}` : <>Réponse de {answeredBy}, <Moment at={answeredAt!} day />{reason && ` : ${answerReasons[reason]}`}</>}</p>
    </article>
  );
}

