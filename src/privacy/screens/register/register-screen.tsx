import { roleLabels } from '../../../identity/contract.ts';
import { Badge, type Tone } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { Page } from '../../../ui/frame.tsx';
import { DownloadIcon } from '../../../ui/icons.tsx';
import { useApi } from '../../../ui/query.ts';
import { saveFile } from '../../../ui/save-file.ts';
import { Loading, ProblemState } from '../../../ui/states.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { routes, type ProcessingView, type RiskView } from '../../contract.ts';
import { useTerritory } from '../territory.tsx';
import css from './register.module.css';

const List = ({ items }: { items: readonly string[] }) => <ul className={css.list}>{items.map((item) => <li key={item}>{item}</li>)}</ul>;
const joined = (items: readonly string[]) => items.join(' ; ');
const keptOf = ({ kept }: ProcessingView) => kept.map(({ label, duration }) => `${label} : ${duration}`);

const processingColumns: readonly Column<ProcessingView>[] = [
  { id: 'name', label: 'Traitement', value: ({ name }) => name, render: ({ name }) => <strong>{name}</strong> },
  { id: 'purposes', label: 'Finalités', value: ({ purposes }) => joined(purposes), render: ({ purposes }) => <List items={purposes} /> },
  { id: 'basis', label: 'Base légale', value: ({ legalBasis }) => legalBasis },
  { id: 'people', label: 'Personnes', value: ({ people }) => joined(people), render: ({ people }) => <List items={people} /> },
  { id: 'data', label: 'Données', value: ({ data }) => joined(data), render: ({ data }) => <List items={data} /> },
  { id: 'recipients', label: 'Destinataires', value: ({ recipients }) => joined(recipients), render: ({ recipients }) => <List items={recipients} /> },
  { id: 'kept', label: 'Durées', value: (row) => joined(keptOf(row)), render: (row) => <List items={keptOf(row)} /> },
  { id: 'security', label: 'Sécurité', value: ({ security }) => joined(security), render: ({ security }) => <List items={security} /> },
];

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
  const json = data && (
    <Button onPress={() => saveFile(`registre-${code}-${data.version}.json`, 'application/json', JSON.stringify(data, null, 2))}><DownloadIcon />Exporter (JSON)</Button>
  );
  return (
    <Page
      title="Registre des traitements"
      intro={data ? `Relu le ${Temporal.PlainDate.from(data.version).toLocaleString('fr-FR', { dateStyle: 'long' })}. Les durées sont celles réglées pour ce territoire ; à compléter par le responsable du traitement et son délégué.` : undefined}
      actions={<>{field}{json}</>}
    >
      {error && !data && <ProblemState problem={error} roleNames={roleLabels} onRetry={() => void refetch()} />}
      {!data && !error && <Loading lines={8} />}
      {data && (
        <Tabs
          label="Registre"
          items={[
            { id: 'register', label: 'Traitements', count: data.processings.length, content: <DataTable label="Traitements" rows={data.processings} columns={processingColumns} rowKey={({ name }) => name} filterLabel="Filtrer" exportName={`registre-${code}-${data.version}`} /> },
            { id: 'risks', label: 'Analyse d’impact', count: data.risks.length, content: <DataTable label="Risques" rows={data.risks} columns={riskColumns} rowKey={({ risk }) => risk} filterLabel="Filtrer" exportName={`analyse-impact-${data.version}`} /> },
          ]}
        />
      )}
    </Page>
  );
}
