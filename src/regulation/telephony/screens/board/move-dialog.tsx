import { useState } from 'react';
import { Dialog } from '../../../../ui/dialog.tsx';
import { Facts } from '../../../../ui/facts.tsx';
import { SelectField, TextField } from '../../../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../../../ui/form.tsx';
import { Age } from '../../../../ui/moments.tsx';
import { useAction, useRefresh } from '../../../../ui/query.ts';
import { toast } from '../../../../ui/toast.tsx';
import { type Agent, type Level, levelLabels, routes } from '../../contract.ts';
import { agentStateWords } from '../words.ts';
import { moveTargets } from './board-model.ts';
import css from './board.module.css';

/** Somebody at his post, and, for whoever may, his move to another level with its reason. */
export function MoveDialog({ agents, agent: first, level: firstLevel, mayMove, onClose }: {
  /** Everybody at a post; given when the person is still to be chosen. */
  agents: readonly Agent[]; agent: Agent | null; level: Level | null; mayMove: boolean; onClose: () => void;
}) {
  const [accountId, setAccountId] = useState(first?.accountId ?? null);
  const [level, setLevel] = useState<Level | null>(firstLevel);
  const [reason, setReason] = useState('');
  const refresh = useRefresh();
  const agent = agents.find((one) => one.accountId === accountId) ?? first;
  const move = useAction(routes.moveAgent, {
    onSuccess: (moved) => {
      toast({ tone: 'ok', words: `${moved.name} est passé au niveau ${levelLabels[moved.level]}. C’est au journal.` });
      void refresh(routes.board);
      onClose();
    },
  });
  const targets = agent ? moveTargets(agent).filter((one) => one.level !== agent.level) : [];
  const chosen = targets.find((one) => one.level === level)?.level ?? targets.find(({ sure }) => sure)?.level ?? null;
  const ready = agent !== null && chosen !== null && reason.trim() !== '';
  return (
    <Dialog title={agent?.name ?? 'Déplacer un agent'} over={agent && levelLabels[agent.level]} open onClose={onClose}>
      {agent && (
        <Facts items={[
          ['État', <>{agentStateWords[agent.state]} depuis <Age since={agent.since} /></>],
          ['Motif', agent.pauseReason], ['Poste', [agent.post, agent.remote && 'à distance'].filter(Boolean).join(', ')], ['Filières', agent.skills.join(', ')],
        ]} />
      )}
      {mayMove && agent?.state !== 'offline' && (
        <div className={css.move}>
          <ApiForm label="Déplacer vers un autre niveau" problem={move.error} onSubmit={() => ready && move.mutate({ params: { accountId: agent!.accountId }, body: { level: chosen!, reason: reason.trim() } })}>
            {!first && <SelectField label="Qui" isRequired value={accountId} onChange={setAccountId} choices={agents.map((one) => ({ value: one.accountId, label: `${one.name}, ${levelLabels[one.level]}, ${agentStateWords[one.state]}` }))} />}
            <SelectField
              label="Vers le niveau" isRequired value={chosen} onChange={setLevel}
              choices={targets.map((one) => ({ value: one.level, label: one.sure ? levelLabels[one.level] : `${levelLabels[one.level]} (si son rôle le permet)` }))}
            />
            <TextField label="Motif" name="reason" isRequired autoFocus={first !== null} maxLength={200} value={reason} onChange={setReason} help="Un appel en cours continue là où il est ; le suivant viendra du nouveau niveau." />
            <SubmitBar label="Déplacer" pending={move.isPending} isDisabled={!ready} onCancel={onClose} />
          </ApiForm>
        </div>
      )}
    </Dialog>
  );
}
