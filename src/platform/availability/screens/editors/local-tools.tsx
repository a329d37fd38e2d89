import { useState } from 'react';
import { roleLabels } from '../../../../identity/contract.ts';
import { Badge } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { DataTable, type Column } from '../../../../ui/data-table.tsx';
import { SidePanel } from '../../../../ui/dialog.tsx';
import { Facts } from '../../../../ui/facts.tsx';
import { TextField } from '../../../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../../../ui/form.tsx';
import { Section } from '../../../../ui/frame.tsx';
import { CheckIcon, ClockIcon, WarnIcon } from '../../../../ui/icons.tsx';
import { useAction, useApi, useRefresh } from '../../../../ui/query.ts';
import { mayCall, useAccount } from '../../../../ui/session.ts';
import { EmptyState, ProblemState } from '../../../../ui/states.tsx';
import { now } from '../../../../ui/time.ts';
import { toast } from '../../../../ui/toast.tsx';
import { interfacingRoutes, type LocalTool } from '../../contract-interfacing.ts';
import { deadlineInWords } from './words.ts';
import css from './editors.module.css';

const dayInWords = (day: string) => Temporal.PlainDate.from(day).toLocaleString('fr-FR', { dateStyle: 'long' });
const today = () => now().toZonedDateTimeISO('Europe/Paris').toPlainDate().toString();
const looks = {
  compliant: { tone: 'ok', icon: <CheckIcon size={12} /> }, running: { tone: 'neutral', icon: <ClockIcon size={12} /> },
  soon: { tone: 'warn', icon: <ClockIcon size={12} /> }, overdue: { tone: 'bad', icon: <WarnIcon size={12} /> },
} as const;

const columns: readonly Column<LocalTool>[] = [
  { id: 'name', label: 'Outil', value: ({ name }) => name, render: ({ name, usedBy }) => <div className={css.two}><strong>{name}</strong><span>{usedBy}</span></div> },
  { id: 'registered', label: 'Recensé', value: ({ registeredOn }) => registeredOn, render: ({ registeredOn }) => dayInWords(registeredOn) },
  { id: 'due', label: 'À rendre interopérable avant', value: ({ dueOn }) => dueOn, render: ({ dueOn }) => dayInWords(dueOn) },
  { id: 'state', label: 'Échéance', value: (tool) => deadlineInWords(tool), render: (tool) => <Badge {...looks[tool.state]}>{deadlineInWords(tool)}</Badge> },
];

/** Agendas of a profession used locally that do not speak with the platform: 24 months to become interoperable. */
export function LocalTools() {
  const account = useAccount();
  const [open, setOpen] = useState<string | 'new' | null>(null);
  const territory = account.territories.find((code) => code !== '*');
  const { data, error, refetch } = useApi(interfacingRoutes.localTools, { query: { territory: territory ?? '' } }, { enabled: territory !== undefined, topics: ['local-tool'] });
  if (!territory) return null;
  const writes = mayCall(account, interfacingRoutes.registerLocalTool);
  const opened = data?.tools.find(({ id }) => id === open);
  return (
    <Section title="Outils métier locaux non interopérables">
      <div className={css.panel}>
        <p className={css.soft}>Un agenda métier local peut coexister avec la plateforme s’il lui parle. Chaque outil recensé a 24 mois pour le faire.</p>
        {error && !data ? <ProblemState problem={error} roleNames={roleLabels} onRetry={() => void refetch()} /> : (
          <DataTable
            label="Outils métier locaux" rows={data?.tools} columns={columns} rowKey={({ id }) => id} exportName={`outils-locaux-${territory}`} selectedKey={open}
            {...(writes ? { onOpen: ({ id }: LocalTool) => setOpen(id) } : {})}
            tools={writes && <Button small onPress={() => setOpen('new')}>Recenser un outil</Button>}
            empty={<EmptyState title="Aucun outil recensé"><p>Recensez ici les agendas de votre territoire que la plateforme ne peut pas lire.</p></EmptyState>}
          />
        )}
        {open === 'new' && <NewTool territory={territory} onClose={() => setOpen(null)} />}
        {opened && <ToolPanel key={opened.id} tool={opened} onClose={() => setOpen(null)} />}
      </div>
    </Section>
  );
}

function NewTool({ territory, onClose }: { territory: string; onClose: () => void }) {
  const [draft, setDraft] = useState({ name: '', usedBy: '', registeredOn: today() });
  const refresh = useRefresh();
  const save = useAction(interfacingRoutes.registerLocalTool, {
    onSuccess: () => {
      toast({ tone: 'ok', words: `${draft.name} est recensé : 24 mois pour devenir interopérable.` });
      void refresh(interfacingRoutes.localTools);
      onClose();
    },
  });
  const ready = draft.name.trim().length > 1 && draft.usedBy.trim().length > 1 && draft.registeredOn !== '';
  return (
    <SidePanel open onClose={onClose} title="Recenser un outil local">
      <ApiForm label="Outil local" problem={save.error} onSubmit={() => ready && save.mutate({ body: { territory, ...draft } })}>
        <TextField name="name" label="Nom de l’outil" isRequired autoFocus value={draft.name} onChange={(name) => setDraft({ ...draft, name })} />
        <TextField name="usedBy" label="Utilisé par" isRequired placeholder="sages-femmes libérales" value={draft.usedBy} onChange={(usedBy) => setDraft({ ...draft, usedBy })} />
        <TextField name="registeredOn" label="Recensé le" type="date" isRequired value={draft.registeredOn} onChange={(registeredOn) => setDraft({ ...draft, registeredOn })} />
        <SubmitBar label="Recenser" pending={save.isPending} isDisabled={!ready} onCancel={onClose} />
      </ApiForm>
    </SidePanel>
  );
}

function ToolPanel({ tool: { id, name, usedBy, registeredOn, dueOn, compliantOn }, onClose }: { tool: LocalTool; onClose: () => void }) {
  const [on, setOn] = useState(compliantOn ?? '');
  const refresh = useRefresh();
  const onSuccess = () => {
    void refresh(interfacingRoutes.localTools);
    onClose();
  };
  const comply = useAction(interfacingRoutes.complyLocalTool, { onSuccess });
  const remove = useAction(interfacingRoutes.removeLocalTool, { onSuccess });
  return (
    <SidePanel open onClose={onClose} over="Outil métier local" title={name}>
      <div className={css.panel}>
        <Facts items={[['Utilisé par', usedBy], ['Recensé', dayInWords(registeredOn)], ['Échéance', dayInWords(dueOn)]]} />
        <ApiForm label="Interopérabilité" problem={comply.error ?? remove.error} onSubmit={() => comply.mutate({ params: { id }, body: { compliantOn: on || null } })}>
          <TextField name="compliantOn" label="Interopérable depuis le" type="date" value={on} onChange={setOn} help="Vide : il ne l’est pas encore." />
          <SubmitBar label="Enregistrer" pending={comply.isPending} onCancel={onClose} />
        </ApiForm>
        <div><Button look="danger" isPending={remove.isPending} onPress={() => remove.mutate({ params: { id } })}>Ne plus suivre cet outil</Button></div>
      </div>
    </SidePanel>
  );
}
