import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { Moment } from '../../../ui/moments.tsx';
import { EmptyState } from '../../../ui/states.tsx';
import { categories, inWords, type Run } from '../../contract.ts';
import css from './retention.module.css';

const columns: readonly Column<Run>[] = [
  { id: 'started', label: 'Le', value: ({ startedAt }) => startedAt, render: ({ startedAt }) => <span className={css.whole}><Moment at={startedAt} day /></span> },
  { id: 'category', label: 'Données', value: ({ category }) => categories[category].label },
  { id: 'rule', label: 'Règle', value: ({ days, ruleVersion }) => `${inWords(days)} (version ${ruleVersion})` },
  { id: 'cut', label: 'Terminé avant', value: ({ cutOff }) => cutOff, render: ({ cutOff }) => <Moment at={cutOff} day /> },
  { id: 'before', label: 'Avant', align: 'end', value: ({ keptBefore }) => keptBefore },
  { id: 'purged', label: 'Effacés', align: 'end', value: ({ purged }) => purged, render: ({ purged, finishedAt }) => <>{purged}{finishedAt === null && ' (en cours)'}</> },
  { id: 'held', label: 'Retenus', align: 'end', value: ({ held }) => held },
  { id: 'after', label: 'Après', align: 'end', value: ({ keptAfter }) => keptAfter },
  { id: 'digest', label: 'Empreinte', sortable: false, value: ({ digest }) => digest, render: ({ digest }) => <code className={css.whole} title={digest}>{digest.slice(0, 8)}…</code> },
  { id: 'id', label: 'Preuve', sortable: false, value: ({ id }) => id, render: ({ id }) => <code className={css.whole} title={id}>{id.slice(0, 8)}</code> },
];

/** What each erasure did. The fingerprint covers the identifiers erased; the journal bears it too. */
export const Runs = ({ runs, territory }: { runs: readonly Run[] | undefined; territory: string }) => (
  <DataTable
    label="Preuves d’effacement" rows={runs} columns={columns} rowKey={({ id }) => id} filterLabel="Filtrer" exportName={`preuves-effacement-${territory}`}
    initialSort={{ column: 'started', descending: true }}
    empty={<EmptyState title="Aucun effacement encore"><p>Le premier passage a lieu dans l’heure qui suit le démarrage.</p></EmptyState>}
    footer={<span>Les 500 plus récentes. L’empreinte (SHA-256) couvre les identifiants effacés, lot après lot ; l’entrée du journal la porte aussi.</span>}
  />
);
