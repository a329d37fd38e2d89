import { useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import { Note } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { DataTable, type Column } from '../../../../ui/data-table.tsx';
import { SidePanel } from '../../../../ui/dialog.tsx';
import { SelectField } from '../../../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../../../ui/form.tsx';
import { CheckIcon, WarnIcon } from '../../../../ui/icons.tsx';
import { useAction, useRefresh } from '../../../../ui/query.ts';
import { inventoryRoutes, type ListResult, sourceLabels } from '../../contract.ts';
import css from './inventory.module.css';

type Source = 'URPS' | 'CDOM' | 'AM' | 'ARS';
const sources = (['URPS', 'CDOM', 'AM', 'ARS'] as const).map((value) => ({ value, label: sourceLabels[value] }));
type Rejection = ListResult['rejected'][number];
const columns: readonly Column<Rejection>[] = [
  { id: 'line', label: 'Ligne', align: 'end', value: ({ line }) => line },
  { id: 'reason', label: 'Pourquoi', value: ({ reason }) => reason },
];

/** Imports a list of effectors, and says what it changed and which lines it could not read. */
export function ListPanel({ territory, onClose }: { territory: string; onClose: () => void }) {
  const [source, setSource] = useState<Source>('URPS');
  const [file, setFile] = useState<{ name: string; content: string } | null>(null);
  const refresh = useRefresh();
  const send = useAction(inventoryRoutes.importList, { onSuccess: () => void refresh(inventoryRoutes.inventory) });
  async function choose(files: FileList | null) {
    const chosen = files?.[0];
    if (!chosen) return;
    send.reset();
    setFile({ name: chosen.name, content: await textOf(chosen) });
  }
  return (
    <SidePanel open onClose={onClose} title="Importer une liste d’effecteurs">
      <div className={css.panel}>
        <p>Un fichier CSV, une ligne par effecteur. La première ligne nomme les colonnes : <code>rpps</code>, puis si vous les avez <code>nom</code>, <code>prenom</code>, <code>commune</code>, <code>modele</code>, <code>logiciel</code>, <code>convention</code>, <code>date_convention</code>.</p>
        <ApiForm label="Liste" problem={send.error} onSubmit={() => file && send.mutate({ body: { territory, source, content: file.content } })}>
          <SelectField label="Liste établie par" choices={sources} value={source} onChange={setSource} />
          <div className={css.file}>
            <FileTrigger acceptedFileTypes={['.csv', 'text/csv', 'text/plain']} onSelect={(files) => void choose(files)}><Button>Choisir le fichier</Button></FileTrigger>
            <span role="status">{file?.name ?? 'Aucun fichier choisi'}</span>
          </div>
          <SubmitBar label="Importer" pending={send.isPending} isDisabled={file === null || send.isSuccess} onCancel={onClose} />
        </ApiForm>
        {send.data && <Outcome result={send.data} />}
      </div>
    </SidePanel>
  );
}

/** Spreadsheets still write Windows-1252: what is not UTF-8 is read as such. */
async function textOf(file: File): Promise<string> {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function Outcome({ result: { lines, created, updated, unchanged, rejected } }: { result: ListResult }) {
  const said = `${created} ajouté${created > 1 ? 's' : ''}, ${updated} complété${updated > 1 ? 's' : ''}, ${unchanged} déjà à jour.`;
  if (rejected.length === 0) return <Note tone="ok" live icon={<CheckIcon />} title={`${lines} lignes lues`}>{said}</Note>;
  return (
    <>
      <Note tone="warn" live icon={<WarnIcon />} title={`${lines} lignes lues, ${rejected.length} à corriger`}>{said} Corrigez ces lignes puis importez de nouveau le fichier : le reste ne changera pas.</Note>
      <DataTable label="Lignes à corriger" rows={rejected} columns={columns} rowKey={({ line }) => String(line)} exportName="lignes-a-corriger" />
    </>
  );
}
