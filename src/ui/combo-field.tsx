import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type KeyboardEvent, type MouseEvent, type ReactNode, type Ref } from 'react';
import { ComboBox, FieldError, Input, Label, ListBox, ListBoxItem, Popover, Text } from 'react-aria-components';
import { ApiProblem } from './api.ts';
import { cx } from './class-names.ts';
import { useFieldProblem } from './form-problems.ts';
import css from './field.module.css';
import own from './combo-field.module.css';

export interface Option {
  readonly key: string;
  readonly label: string;
  /** Second line: commune of a doctor, postcode of a place. */
  readonly detail?: string | null;
  readonly icon?: ReactNode;
}

export interface ComboFieldProps<O extends Option> {
  readonly label: string;
  readonly value: O | null;
  readonly onChange: (option: O | null) => void;
  /** Finds the options for the words typed; called when typing pauses. */
  readonly load: (words: string, signal: AbortSignal) => Promise<readonly O[]>;
  /** Names the source of options in the cache. */
  readonly source: string;
  readonly minLength?: number;
  readonly placeholder?: string;
  readonly help?: ReactNode;
  readonly name?: string;
  readonly inputRef?: Ref<HTMLInputElement>;
  /** What becomes of words left without choosing; absent: the last choice is put back. */
  readonly onFreeText?: (words: string) => void;
}

const PAUSE_MS = 120;

/**
 * A text with suggestions. `Enter` takes the highlighted suggestion, or the first one, even when it is still on its way.
 * Leaving the field without choosing puts the last choice back, unless free text is welcome.
 */
export function ComboField<O extends Option>({ label, value, onChange, load, source, minLength = 2, placeholder, help, name, inputRef, onFreeText }: ComboFieldProps<O>) {
  const [text, setText] = useState(value?.label ?? '');
  const [touched, setTouched] = useState(false);
  const problem = useFieldProblem(name);
  const takeFirst = useRef(false);
  /** True until something more is typed: a choice that moves the focus away is not left undone. */
  const settled = useRef(true);
  const words = usePaused(text.trim());
  const asked = touched && words.length >= minLength;
  const { data: options = [], isFetching, error } = useQuery<readonly O[], Error>({
    queryKey: ['options', source, words],
    queryFn: ({ signal }) => load(words, signal),
    enabled: asked,
    staleTime: 60_000,
    // What is about to be picked does not vanish because one more letter was typed.
    placeholderData: keepPreviousData,
  });
  const ready = asked && words === text.trim() && !isFetching;

  useEffect(() => setText(value?.label ?? ''), [value?.key, value?.label]);
  useEffect(() => {
    if (ready && takeFirst.current) {
      takeFirst.current = false;
      if (options[0]) take(options[0]);
    }
  });

  function take(option: O | null) {
    settled.current = true;
    setText(option?.label ?? '');
    setTouched(false);
    if (option?.key !== value?.key) onChange(option);
  }

  function onKeyDownCapture(event: KeyboardEvent<HTMLDivElement>) {
    const input = event.target as HTMLInputElement;
    if (event.key !== 'Enter' || !touched || input.getAttribute('aria-activedescendant')) return;
    event.preventDefault();
    event.stopPropagation();
    if (ready && options[0]) take(options[0]);
    else takeFirst.current = !ready;
  }

  return (
    <ComboBox
      className={css.field!}
      items={asked ? options : []}
      inputValue={text}
      value={value?.key ?? null}
      allowsCustomValue
      allowsEmptyCollection
      menuTrigger="input"
      name={name}
      isInvalid={problem.isInvalid}
      onInputChange={(typed) => {
        setText(typed);
        if (typed === '' && value) take(null);
      }}
      onChange={(key) => {
        const chosen = options.find((option) => option.key === key);
        if (chosen) take(chosen);
      }}
      onBlur={() => {
        takeFirst.current = false;
        setTouched(false);
        if (onFreeText && !settled.current && text.trim() !== '' && text.trim() !== value?.label) onFreeText(text.trim());
        else setText(value?.label ?? '');
      }}
    >
      <Label className={css.label}>{label}</Label>
      <div onKeyDownCapture={onKeyDownCapture} onInput={() => { settled.current = false; setTouched(true); }} className={cx(own.around, isFetching && own.busy)}>
        <Input ref={inputRef} className={css.input!} placeholder={placeholder} autoComplete="off" spellCheck={false} />
      </div>
      {help && <Text slot="description" className={css.help}>{help}</Text>}
      <FieldError className={css.error}>{problem.message}</FieldError>
      <Popover className={css.popover!} offset={4}>
        <ListBox<O> className={css.list!} renderEmptyState={() => <p className={own.empty} onMouseDown={stay}>{text.trim().length < minLength ? `Tapez au moins ${minLength} lettres.` : emptyWords(!ready, error)}</p>}>
          {(option) => (
            <ListBoxItem id={option.key} textValue={option.label} className={css.option!}>
              {option.icon}
              <span className={own.words}>
                <span>{option.label}</span>
                {option.detail && <span className={own.detail}>{option.detail}</span>}
              </span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

/** A press on the sentence that stands for suggestions on their way does not take the hands off the field. */
const stay = (event: MouseEvent): void => event.preventDefault();

function emptyWords(waiting: boolean, error: Error | null): string {
  if (error) return error instanceof ApiProblem ? error.message : 'Les suggestions ne répondent pas.';
  return waiting ? 'Recherche…' : 'Rien ne ressemble à ces mots.';
}

function usePaused(value: string): string {
  const [paused, setPaused] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return paused;
}
