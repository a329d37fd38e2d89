import { useState } from 'react';
import { roleLabels } from '../../../../identity/contract.ts';
import { Badge } from '../../../../ui/badge.tsx';
import { DataTable, type Column } from '../../../../ui/data-table.tsx';
import { SidePanel } from '../../../../ui/dialog.tsx';
import { Facts } from '../../../../ui/facts.tsx';
import { Page } from '../../../../ui/frame.tsx';
import { CheckIcon, WaitIcon, WarnIcon } from '../../../../ui/icons.tsx';
import { Moment } from '../../../../ui/moments.tsx';
import { useApi } from '../../../../ui/query.ts';
import { EmptyState, ProblemState } from '../../../../ui/states.tsx';
import { routes } from '../../contract.ts';
import { kindInWords, lastedFor, outcomeOf, type DirectoryImport, type Rejection } from './words.ts';
import css from './imports.module.css';

const EVERY_MS = 10_000;
const count = (value: number) => value.toLocaleString('fr-FR');
const figure = (id: 'created' | 'updated' | 'ended' | 'rejected', label: string): Column<DirectoryImport> => ({ id, label, align: 'end', value: (one) => one[id], render: (one) => count(one[id]) });

const columns: readonly Column<DirectoryImport>[] = [
  { id: 'started', label: 'Début', value: ({ startedAt }) => startedAt, render: ({ startedAt }) => <Moment at={startedAt} day /> },
  { id: 'kind', label: 'Données', value: ({ kind }) => kindInWords(kind) },
  { id: 'file', label: 'Fichier', value: ({ fileName }) => fileName },
  { id: 'outcome', label: 'Résultat', value: (one) => outcomeOf(one).label, render: (one) => <Outcome one={one} /> },
  { id: 'lasted', label: 'Durée', sortable: false, value: lastedFor },
  figure('created', 'Créées'), figure('updated', 'Modifiées'), figure('ended', 'Closes'), figure('rejected', 'Refusées'),
];

const rejectionColumns: readonly Column<Rejection>[] = [
  { id: 'line', label: 'Ligne', align: 'end', value: ({ line }) => line, render: ({ line }) => count(line) },
  { id: 'field', label: 'Colonne', value: ({ field }) => field, render: ({ field }) => field ?? 'toute la ligne' },
  { id: 'reason', label: 'Pourquoi', value: ({ reason }) => reason },
];

function Outcome({ one }: { one: DirectoryImport }) {
  const { label, tone } = outcomeOf(one);
  return <Badge tone={tone} icon={tone === 'accent' ? <WaitIcon size={12} /> : tone === 'warn' ? <WarnIcon size={12} /> : <CheckIcon size={12} />}>{label}</Badge>;
}

/** The imports of the directory: what each changed, and the lines it refused. */
export default function ImportsScreen() {
  const [open, setOpen] = useState<string | null>(null);
  const { data, error, refetch } = useApi(routes.imports, {}, { topics: ['directory'], everyMs: EVERY_MS });
  if (error && !data) return <Page title="Imports de l’annuaire"><ProblemState problem={error} roleNames={roleLabels} onRetry={() => void refetch()} /></Page>;
  const opened = data?.imports.find(({ id }) => id === open);
  return (
    <Page title="Imports de l’annuaire" intro="Chaque fichier importé, ce qu’il a changé et les lignes qu’il n’a pas pu lire. Une activité absente d’un fichier est close, jamais effacée ; les corrections faites à la main sont gardées.">
      <DataTable
        label="Imports"
        rows={data?.imports}
        columns={columns}
        rowKey={({ id }) => id}
        onOpen={({ id }) => setOpen(id)}
        selectedKey={open}
        initialSort={{ column: 'started', descending: true }}
        exportName="imports"
        empty={<EmptyState title="Aucun import pour l’instant"><p>L’annuaire s’importe en ligne de commande : <code>sas import directory FICHIER</code>.</p></EmptyState>}
      />
      {opened && <ImportPanel one={opened} onClose={() => setOpen(null)} />}
    </Page>
  );
}

function ImportPanel({ one, onClose }: { one: DirectoryImport; onClose: () => void }) {
  const { kind, fileName, startedAt, created, updated, ended, rejected, rejections } = one;
  return (
    <SidePanel open onClose={onClose} over={`Import, ${kindInWords(kind).toLowerCase()}`} title={fileName}>
      <div className={css.panel}>
        <Facts
          items={[
            ['Résultat', <Outcome key="outcome" one={one} />],
            ['Début', <Moment key="start" at={startedAt} day />],
            ['Durée', lastedFor(one)],
            ['Créées', count(created)], ['Modifiées', count(updated)], ['Closes', count(ended)], ['Refusées', count(rejected)],
          ]}
        />
        {rejected > 0 && (
          <>
            <h3>Lignes refusées</h3>
            <DataTable label="Lignes refusées" rows={rejections} columns={rejectionColumns} rowKey={({ line, field }) => `${line} ${field}`} exportName={`lignes-refusees-${fileName}`} footer={rejections.length < rejected && <span>{count(rejections.length)} montrées sur {count(rejected)}.</span>} />
          </>
        )}
      </div>
    </SidePanel>
  );
}
