import { Button as AriaButton, Link as AriaLink, type ButtonProps as AriaButtonProps, type LinkProps as AriaLinkProps } from 'react-aria-components';
import { cx } from './class-names.ts';
import css from './button.module.css';

type Look = 'main' | 'plain' | 'quiet' | 'danger';

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'isPending'> {
  /** `main`: the one action of the screen; `quiet`: without a border, in bars and rows. */
  readonly look?: Look;
  readonly small?: boolean;
  readonly wide?: boolean;
  /** Under way: the button keeps its place and the focus, and does nothing more. */
  readonly isPending?: boolean;
  /** Keys that do the same, shown in the button. */
  readonly keys?: string;
  readonly className?: string;
}

/** A button. */
export function Button({ look = 'plain', small = false, wide = false, isPending = false, keys, className, children, ...props }: ButtonProps) {
  return (
    <AriaButton {...props} {...(isPending ? { type: 'button', onPress: () => undefined, 'aria-disabled': true } : {})} className={cx(css.button, css[look], small && css.small, wide && css.wide, className)}>
      {(state) => (
        <>
          {isPending && <span className={css.turning} role="img" aria-label="En cours" />}
          {typeof children === 'function' ? children(state) : children}
          {keys && <kbd>{keys}</kbd>}
        </>
      )}
    </AriaButton>
  );
}

/** A link that looks like a button: it goes somewhere, it changes nothing. */
export function ButtonLink({ look = 'plain', small = false, className, ...props }: Omit<AriaLinkProps, 'className'> & { look?: Look; small?: boolean; className?: string }) {
  return <AriaLink {...props} className={cx(css.button, css[look], small && css.small, className)} />;
}
