import { roleLabels } from '../../../identity/contract.ts';
import { Badge, type Tone } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { Page } from '../../../ui/frame.tsx';
import { DownloadIcon } from '../../../ui/icons.tsx';
import { useApi } from '../../../ui/query.ts';
import { saveFile } from '../../../ui/save-file.ts';
import { Loading, ProblemState } from '../../../ui/states.tsx';
import { toCsv } from '../../../ui/table-model.ts';
import { Tabs } from '../../../ui/tabs.tsx';
import { routes, type ProcessingView, type RiskView } from '../../contract.ts';
import { useTerritory } from '../territory.tsx';
import css from './register.module.css';

const joined = (items: readonly string[]) => items.join(' ; ');
const List = ({ items }: { items: readonly string[] }) => (items.length === 1 ? items[0] : <ul className={css.list}>{items.map((item) => <li key={item}>{item}</li>)}</ul>);

/** The mentions of article 30, in their order. */
const mentions: readonly { readonly label: string; readonly of: (processing: ProcessingView) => readonly string[] }[] = [
  { label: 'Finalités', of: ({ purposes }) => purposes },
  { label: 'Base légale', of: ({ legalBasis }) => [legalBasis] },
  { label: 'Personnes', of: ({ people }) => people },
  { label: 'Données', of: ({ data }) => data },
  { label: 'Destinataires', of: ({ recipients }) => recipients },
  { label: 'Durées', of: ({ kept }) => kept.map(({ label, duration }) => `${label} : ${duration}`) },
  { label: 'Sécurité', of: ({ security }) => security },
];

const csvOf = (processings: readonly ProcessingView[]): string => toCsv(processings, [
  { id: 'name', label: 'Traitement', value: ({ name }) => name },
  ...mentions.map(({ label, of }) => ({ id: label, label, value: (processing: ProcessingView) => joined(of(processing)) })),
]);

const Processings = ({ processings }: { processings: readonly ProcessingView[] }) => (
  <ul className={css.cards}>
    {processings.map((processing) => (
      <li key={processing.name} className={css.card}>
        <h2>{processing.name}</h2>
        <Facts items={mentions.map(({ label, of }) => [label, <List key={label} items={of(processing)} />] as const)} />
      </li>
    ))}
  </ul>
);

const tones: Record<RiskView['gravity'], Tone> = { limité: 'neutral', modéré: 'warn', élevé: 'bad' };
const riskColumns: readonly Column<RiskView>[] = [
  { id: 'risk', label: 'Risque', value: ({ risk }) => risk, render: ({ risk }) => <strong>{risk}</strong> },
  { id: 'people', label: 'Pour qui', value: ({ people }) => people },
  { id: 'gravity', label: 'Gravité', value: ({ gravity }) => gravity, render: ({ gravity }) => <Badge tone={tones[gravity]}>{gravity}</Badge> },
  { id: 'likelihood', label: 'Vraisemblance', value: ({ likelihood }) => likelihood, render: ({ likelihood }) => <Badge tone={tones[likelihood]}>{likelihood}</Badge> },
  { id: 'measures', label: 'Ce que fait le logiciel', value: ({ measures }) => joined(measures), render: ({ measures }) => <List items={measures} /> },
  { id: 'left', label: 'Ce qui reste à l’organisation', value: ({ left }) => left },
];

/** The register of processing (art. 30), and what an analysis of impact starts from. */
export default function RegisterScreen() {
  const { code, field } = useTerritory();
  const { data, error, refetch } = useApi(routes.register, { params: { territory: code ?? '' } }, { enabled: code !== null, topics: ['retention'], keepPrevious: true });
  const exports = data && (
    <>
      <Button onPress={() => saveFile(`registre-${code}-${data.version}.csv`, 'text/csv', csvOf(data.processings))}><DownloadIcon />Exporter (CSV)</Button>
      <Button onPress={() => saveFile(`registre-${code}-${data.version}.json`, 'application/json', JSON.stringify(data, null, 2))}><DownloadIcon />Exporter (JSON)</Button>
    </>
  );
  return (
    <Page
      title="Registre des traitements"
      intro={data ? `Relu le ${Temporal.PlainDate.from(data.version).toLocaleString('fr-FR', { dateStyle: 'long' })}. Les durées sont celles réglées pour ce territoire ; à compléter par le responsable du traitement et son délégué.` : undefined}
      actions={<>{field}{exports}</>}
    >
      {error && !data && <ProblemState problem={error} roleNames={roleLabels} onRetry={() => void refetch()} />}
      {!data && !error && <Loading lines={8} />}
      {data && (
        <Tabs
          label="Registre"
          items={[
            { id: 'register', label: 'Traitements', count: data.processings.length, content: <Processings processings={data.processings} /> },
            { id: 'risks', label: 'Analyse d’impact', count: data.risks.length, content: <DataTable label="Risques" rows={data.risks} columns={riskColumns} rowKey={({ risk }) => risk} filterLabel="Filtrer" exportName={`analyse-impact-${data.version}`} /> },
          ]}
        />
      )}
    </Page>
  );
}
