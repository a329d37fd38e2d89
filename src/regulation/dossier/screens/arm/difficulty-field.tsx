import { useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { useCommand } from '../../../../ui/commands.ts';
import { SelectField } from '../../../../ui/field.tsx';
import { type Dossier, difficultyLabels } from '../../contract.ts';
import { communicationDifficulties } from '../../domain/codes.ts';
import { conflictOn } from '../file/conflicts.ts';
import { SharedField } from '../file/presence.tsx';
import { useDeeds } from '../file/use-dossier.ts';
import { AddPartyDialog } from '../phone/add-party-dialog.tsx';
import type { Post } from '../phone/use-post.ts';
import { type Channel, channelOf } from './difficulty.ts';
import css from './caller-column.module.css';

const choices = communicationDifficulties.map((value) => ({ value, label: difficultyLabels[value] }));

/** Why it is hard to speak with the caller, and the channel that helps. `post`: mine, while the caller can be heard from it. */
export function DifficultyField({ dossier, post, isReadOnly }: { dossier: Dossier; post: Post | null; isReadOnly: boolean }) {
  const { update, error } = useDeeds(dossier.id, dossier);
  const { difficulty } = dossier.caller;
  const channel = channelOf(difficulty);
  const conflict = conflictOn('caller.difficulty', error);
  return (
    <SharedField field="caller.difficulty">
      <SelectField
        label="Difficulté à communiquer" placeholder="non précisée" choices={choices} value={difficulty} isDisabled={isReadOnly}
        onChange={(next) => void update({ caller: { ...dossier.caller, difficulty: next } })}
      />
      {error && <p className={css.problem} role="alert">{conflict ? `${conflict.by} a changé la même chose : c’est sa valeur qui est montrée.` : error.message}</p>}
      {channel && (post ? <ChannelButton channel={channel} post={post} /> : <p className={css.channel}>{channel.how}</p>)}
    </SharedField>
  );
}

function ChannelButton({ channel: { label, start }, post }: { channel: Channel; post: Post }) {
  const [open, setOpen] = useState(false);
  useCommand({ id: 'desk.channel', label, group: 'Poste', keys: 'Alt+I', run: () => setOpen(true) });
  return (
    <p className={css.channel}>
      <Button small look="main" keys="Alt I" onPress={() => setOpen(true)}>{label}</Button>
      {open && <AddPartyDialog post={post} start={start} onClose={() => setOpen(false)} />}
    </p>
  );
}
