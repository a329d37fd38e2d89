import { useState, type ReactNode } from 'react';
import { Note } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { WarnIcon } from '../../../../ui/icons.tsx';
import type { ApiProblem } from '../../../../ui/api.ts';
import { digitOf } from '../phone/digits.ts';
import css from './dialogs.module.css';

export interface Choice<V extends string> {
  readonly value: V;
  readonly label: string;
  readonly detail?: string;
}

/** A choice made with one digit, which acts at once unless something is still to be said (`children`). */
export function ChoicesDialog<V extends string>({ title, choices, chosen, busy, problem, onChoose, onClose, children }: {
  title: string; choices: readonly Choice<V>[]; chosen?: V | null; busy: boolean; problem: ApiProblem | null;
  onChoose: (value: V) => void; onClose: () => void; children?: ReactNode;
}) {
  const [first] = useState(choices[0]?.value);
  return (
    <Dialog title={title} open onClose={onClose}>
      <div className={css.dialog}>
        {problem && <Note tone="bad" live icon={<WarnIcon />} title={problem.title}>{problem.message}</Note>}
        <ul
          className={css.choices}
          aria-label={title}
          onKeyDown={(event) => {
            const choice = choices[(digitOf(event) ?? 0) - 1];
            if (!choice) return;
            // The choice may lead to a field: the digit is no letter of it.
            event.preventDefault();
            onChoose(choice.value);
          }}
        >
          {choices.map(({ value, label, detail }, at) => (
            <li key={value}>
              <Button wide autoFocus={value === first} className={css.choice!} isPending={busy} aria-pressed={chosen === undefined ? undefined : chosen === value} onPress={() => onChoose(value)}>
                {at < 9 && <kbd>{at + 1}</kbd>}<span>{label}</span>{detail && <small>{detail}</small>}
              </Button>
            </li>
          ))}
        </ul>
        {children}
      </div>
    </Dialog>
  );
}
