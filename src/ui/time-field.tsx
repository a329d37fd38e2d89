import { useEffect, useState } from 'react';
import { Input, TextField as AriaTextField } from 'react-aria-components';
import { readClock } from './clock-text.ts';
import { cx } from './class-names.ts';
import { TextField } from './field.tsx';
import field from './field.module.css';
import css from './time-field.module.css';

interface Value {
  /** `HH:MM`, empty when there is none. */
  readonly value: string;
  /** Gets `HH:MM`, or an empty text while what is typed is no hour. */
  readonly onChange: (value: string) => void;
}

/** What is typed, put in its usual form when the field is left. The same on every workstation: 24 hours. */
function useTyped({ value, onChange }: Value) {
  const [text, setText] = useState(value);
  useEffect(() => {
    if (value !== '' && value !== readClock(text)) setText(value);
  }, [value]);
  return {
    value: text,
    onChange: (next: string) => {
      setText(next);
      onChange(readClock(next) ?? '');
    },
    onBlur: () => setText(readClock(text) ?? text),
    wrong: text.trim() !== '' && readClock(text) === null,
  };
}

/** An hour of the day, typed as people do: `9`, `930`, `9h30`. */
export function TimeField({ label, name, isRequired = false, ...rest }: Value & { label: string; name?: string; isRequired?: boolean }) {
  const { wrong, ...typed } = useTyped(rest);
  return <TextField label={label} {...(name ? { name } : {})} isRequired={isRequired} {...typed} inputMode="text" placeholder="09:00" help={wrong ? '⚠ Heure attendue, par exemple 9h30.' : undefined} />;
}

/** The same without a visible label, for rows of hours. */
export function TimeInput({ label, isInvalid = false, ...rest }: Value & { label: string; isInvalid?: boolean }) {
  const { wrong, ...typed } = useTyped(rest);
  return (
    <AriaTextField aria-label={label} isInvalid={wrong || isInvalid} {...typed}>
      <Input className={cx(field.input, css.short)} />
    </AriaTextField>
  );
}
