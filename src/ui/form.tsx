import { useEffect, useRef, type ReactNode } from 'react';
import { Form } from 'react-aria-components';
import type { ApiProblem } from './api.ts';
import { Note } from './badge.tsx';
import { Button } from './button.tsx';
import { FormProblem } from './form-problems.ts';
import { WarnIcon } from './icons.tsx';
import css from './form.module.css';

/**
 * A form that is sent to the API. The refusals of `problem` go to the fields whose `name` is their path, the others and
 * the sentence are shown above; the first wrong field takes the focus.
 */
export function ApiForm({ problem, onSubmit, children, label, id }: {
  problem?: ApiProblem | null; onSubmit: () => void; children: ReactNode; label?: string; id?: string;
}) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (problem) form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid] button')?.focus();
  }, [problem]);
  return (
    <Form
      ref={form}
      id={id}
      className={css.form!}
      aria-label={label}
      validationBehavior="aria"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {problem && <Note tone="bad" live icon={<WarnIcon />} title={problem.title}>{problem.message}</Note>}
      <FormProblem value={problem ?? null}>{children}</FormProblem>
    </Form>
  );
}

/** The bar under a form: the action, and what became of it. */
export function SubmitBar({ label, keys, pending, saved, onCancel, isDisabled = false }: {
  label: string; keys?: string; pending: boolean; saved?: string | null; onCancel?: () => void; isDisabled?: boolean;
}) {
  return (
    <div className={css.bar}>
      <Button type="submit" look="main" isPending={pending} isDisabled={isDisabled} {...(keys ? { keys } : {})}>{label}</Button>
      {onCancel && <Button look="quiet" onPress={onCancel}>Annuler</Button>}
      <span role="status" className={css.saved}>{saved && !pending ? `✓ ${saved}` : ''}</span>
    </div>
  );
}
