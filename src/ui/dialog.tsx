import { useEffect, useEffectEvent, type ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { cx } from './class-names.ts';
import { Button } from './button.tsx';
import { CrossIcon } from './icons.tsx';
import css from './dialog.module.css';

export interface DialogProps {
  readonly title: ReactNode;
  /** Shown small above the title: what kind of thing it is. */
  readonly over?: ReactNode;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Actions, kept in sight at the bottom. */
  readonly footer?: ReactNode;
  /** `alertdialog` for what leaves the house: it must be answered. */
  readonly role?: 'dialog' | 'alertdialog';
}

/** A window in the middle of the screen. `Escape` and a click outside close it. */
export const Dialog = (props: DialogProps) => <Window {...props} place="center" />;

/** A panel along the right edge (the whole screen on a phone): the list stays in sight behind it. */
export const SidePanel = (props: DialogProps) => <Window {...props} place="side" />;

function Window({ title, over, open, onClose, children, footer, role = 'dialog', place }: DialogProps & { place: 'center' | 'side' }) {
  useEscapeFromNowhere(open, onClose);
  return (
    <ModalOverlay className={cx(css.veil, css[place])} isOpen={open} isDismissable={role === 'dialog'} onOpenChange={(next) => !next && onClose()} data-modal="">
      <Modal className={css.window!}>
        <AriaDialog className={css.dialog!} role={role}>
          <header className={css.head}>
            <div>
              {over && <p className={css.over}>{over}</p>}
              <Heading slot="title" level={2} className={css.title!}>{title}</Heading>
            </div>
            <Button look="quiet" small aria-label="Fermer" onPress={onClose}><CrossIcon /></Button>
          </header>
          <div className={css.body}>{children}</div>
          {footer && <footer className={css.foot}>{footer}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** The focus can be nowhere for an instant while windows follow each other quickly: `Escape` must be heard all the same. */
function useEscapeFromNowhere(open: boolean, onClose: () => void): void {
  const close = useEffectEvent(onClose);
  useEffect(() => {
    if (!open) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && event.target === document.body) close();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [open]);
}
