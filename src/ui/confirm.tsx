import type { ReactNode } from 'react';
import type { ApiProblem } from './api.ts';
import { Note } from './badge.tsx';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { WarnIcon } from './icons.tsx';
import css from './confirm.module.css';

/**
 * The one question asked before something that leaves the house or cannot be undone: it names what will happen, and its
 * action says the deed (never "OK").
 */
export function ConfirmDialog({ title, open, onClose, action, danger = false, pending, problem, isDisabled = false, onConfirm, children }: {
  title: string; open: boolean; onClose: () => void; action: string; danger?: boolean; pending: boolean;
  problem: ApiProblem | null; isDisabled?: boolean; onConfirm: () => void; children: ReactNode;
}) {
  return (
    <Dialog
      title={title}
      role="alertdialog"
      open={open}
      onClose={onClose}
      footer={
        <>
          <Button look={danger ? 'danger' : 'main'} isPending={pending} isDisabled={isDisabled} onPress={onConfirm}>{action}</Button>
          <Button look="quiet" autoFocus onPress={onClose}>Ne rien changer</Button>
        </>
      }
    >
      <div className={css.words}>
        {children}
        {problem && <Note tone="bad" live icon={<WarnIcon />} title={problem.title}>{problem.message}</Note>}
      </div>
    </Dialog>
  );
}
