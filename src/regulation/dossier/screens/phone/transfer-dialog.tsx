import { useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { SegmentField, SelectField } from '../../../../ui/field.tsx';
import { Note } from '../../../../ui/badge.tsx';
import { type Level, levelLabels } from '../../../telephony/contract.ts';
import { digitOf } from './digits.ts';
import { loadWords, transferLevels } from './post-model.ts';
import type { Post } from './use-post.ts';
import { useQueuesLoad } from './use-queues-load.ts';
import css from './phone-bar.module.css';

const ANYBODY = '';

/** To whom the call goes, with how long each queue is. A digit or one press transfers. */
export function TransferDialog({ post, mustAccompany, onClose }: { post: Post; mustAccompany: boolean; onClose: () => void }) {
  const { load, bilevel } = useQueuesLoad();
  const [mode, setMode] = useState<'blind' | 'warm'>(mustAccompany ? 'warm' : 'blind');
  const [person, setPerson] = useState(ANYBODY);
  const levels = transferLevels(post.agent!.level);
  const colleagues = levels.flatMap((level) => load(level)?.ready.map(({ accountId, name }) => ({ value: accountId, label: `${name}, ${levelLabels[level]}` })) ?? []);

  async function transfer(level: Level) {
    const agent = load(level)?.ready.find(({ accountId }) => accountId === person)?.accountId;
    if (await post.transfer(level, { warm: mode === 'warm', ...(agent ? { agent } : {}) })) onClose();
  }

  return (
    <Dialog title="Transférer l’appel" open onClose={onClose}>
      <div
        className={css.window}
        onKeyDown={(event) => {
          const level = levels[(digitOf(event) ?? 0) - 1];
          if (level) void transfer(level);
        }}
      >
        {mustAccompany
          ? <Note tone="accent">P0 : le transfert est accompagné, vous restez en ligne jusqu’à la réponse.</Note>
          : (
            <SegmentField
              label="Comment" value={mode} onChange={setMode}
              choices={[{ value: 'blind', label: 'Direct' }, { value: 'warm', label: 'Accompagné : je reste jusqu’à la réponse' }]}
            />
          )}
        {bilevel === false && <Note tone="neutral">Un seul niveau à cette heure : AMU et OSNP passent droit au médecin.</Note>}
        <ul className={css.targets} aria-label="Vers qui">
          {levels.map((level, at) => {
            const known = load(level);
            return (
              <li key={level}>
                <Button wide autoFocus={at === 0} isPending={post.busy} onPress={() => void transfer(level)} className={css.target!}>
                  <kbd>{at + 1}</kbd><span>{levelLabels[level]}</span><span className={css.soft}>{known ? loadWords(known) : ''}</span>
                </Button>
              </li>
            );
          })}
        </ul>
        {colleagues.length > 0 && (
          <SelectField label="Quelqu’un en particulier" choices={[{ value: ANYBODY, label: 'Le premier libre' }, ...colleagues]} value={person} onChange={setPerson} />
        )}
      </div>
    </Dialog>
  );
}
