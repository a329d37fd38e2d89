import type { ReactNode } from 'react';
import {
  Button, CheckboxButton, CheckboxField as AriaCheckboxField, FieldError, Group, Input, Label, ListBox, ListBoxItem, NumberField as AriaNumberField,
  type NumberFieldProps, Popover, RadioButton, RadioField, RadioGroup, Select, type SelectProps, SelectValue,
  SwitchButton, SwitchField as AriaSwitchField, Text, TextArea, TextField as AriaTextField, type TextFieldProps,
} from 'react-aria-components';
import { useFieldProblem } from './form-problems.ts';
import { ChevronIcon } from './icons.tsx';
import { cx } from './class-names.ts';
import css from './field.module.css';

interface Words {
  readonly label: string;
  /** One line of help under the label's field. */
  readonly help?: ReactNode;
}

/** Label, help and error around a control. The error comes from the form (`ApiForm`) by the field's `name`. */
function Around({ label, help, required, error, children }: Words & { required?: boolean; error: string | null; children: ReactNode }) {
  return (
    <>
      <Label className={css.label}>{label}{required && <span className={css.required}> (obligatoire)</span>}</Label>
      {children}
      {help && <Text slot="description" className={css.help}>{help}</Text>}
      <FieldError className={css.error}>{error}</FieldError>
    </>
  );
}

/** A line of text (`lines` > 1: several). */
export function TextField({ label, help, placeholder, lines = 1, ...props }: Words & { placeholder?: string; lines?: number } & Omit<TextFieldProps, 'className' | 'children'>) {
  const { isInvalid, message } = useFieldProblem(props.name);
  return (
    <AriaTextField {...props} isInvalid={isInvalid} className={css.field!}>
      <Around label={label} help={help} required={props.isRequired ?? false} error={message}>
        {lines > 1 ? <TextArea className={css.input!} rows={lines} placeholder={placeholder} /> : <Input className={css.input!} placeholder={placeholder} />}
      </Around>
    </AriaTextField>
  );
}

/** A number with its unit, arrows and bounds. `inline`: beside its label. */
export function NumberField({ label, help, unit, inline = false, ...props }: Words & { unit?: string; inline?: boolean } & Omit<NumberFieldProps, 'className' | 'children'>) {
  const { isInvalid, message } = useFieldProblem(props.name);
  return (
    <AriaNumberField {...props} isInvalid={isInvalid} className={cx(css.field, inline && css.inline)}>
      <Around label={label} help={help} required={props.isRequired ?? false} error={message}>
        <Group className={css.joined!}>
          <Button slot="decrement" className={css.step!}>−</Button>
          <Input className={css.number!} />
          {unit && <span className={css.unit}>{unit}</span>}
          <Button slot="increment" className={css.step!}>+</Button>
        </Group>
      </Around>
    </AriaNumberField>
  );
}

export interface Choice<V extends string = string> {
  readonly value: V;
  readonly label: string;
  readonly icon?: ReactNode;
}

/** One choice in a list that opens. */
export function SelectField<V extends string>({ label, help, choices, value, onChange, ...props }: Words & {
  choices: readonly Choice<V>[]; value: V | null; onChange: (value: V) => void;
} & Omit<SelectProps<Choice<V>>, 'className' | 'children' | 'value' | 'onChange' | 'selectedKey'>) {
  const { isInvalid, message } = useFieldProblem(props.name);
  return (
    <Select {...props} isInvalid={isInvalid} value={value} onChange={(key) => onChange(key as V)} className={css.field!}>
      <Around label={label} help={help} required={props.isRequired ?? false} error={message}>
        <Button className={css.select!}>
          <SelectValue className={css.value!} />
          <ChevronIcon />
        </Button>
      </Around>
      <Popover className={css.popover!}>
        <ListBox items={choices} className={css.list!}>
          {(choice) => (
            <ListBoxItem id={choice.value} textValue={choice.label} className={css.option!}>
              {choice.icon}
              {choice.label}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}

/** A few choices side by side, exactly one taken. */
export function SegmentField<V extends string>({ label, choices, value, onChange }: {
  label: string; choices: readonly Choice<V>[]; value: V; onChange: (value: V) => void;
}) {
  return (
    // With none taken yet, the first is where Tab leads.
    <RadioGroup className={css.field!} value={choices.some((choice) => choice.value === value) ? value : null} onChange={(next) => onChange(next as V)} orientation="horizontal">
      <Label className={css.label}>{label}</Label>
      <div className={css.segments}>
        {choices.map((choice) => (
          <RadioField key={choice.value} value={choice.value} className={css.segmentField!}>
            <RadioButton className={css.segment!}>{choice.icon}{choice.label}</RadioButton>
          </RadioField>
        ))}
      </div>
    </RadioGroup>
  );
}

/** A few choices side by side, any number taken. */
export function ChoicesField<V extends string>({ label, choices, value, onChange }: {
  label: string; choices: readonly Choice<V>[]; value: readonly V[]; onChange: (value: V[]) => void;
}) {
  const toggle = (item: V, taken: boolean) =>
    onChange(choices.map((choice) => choice.value).filter((candidate) => (candidate === item ? taken : value.includes(candidate))));
  return (
    <Group className={css.field!} aria-label={label}>
      <span className={css.label} aria-hidden="true">{label}</span>
      <div className={css.segments}>
        {choices.map((choice) => (
          <AriaCheckboxField key={choice.value} className={css.segmentField!} isSelected={value.includes(choice.value)} onChange={(taken) => toggle(choice.value, taken)}>
            <CheckboxButton className={css.segment!}>{choice.icon}{choice.label}</CheckboxButton>
          </AriaCheckboxField>
        ))}
      </div>
    </Group>
  );
}

interface ToggleProps extends Words {
  readonly isSelected: boolean;
  readonly onChange: (selected: boolean) => void;
  readonly isDisabled?: boolean;
  readonly name?: string;
}

/** A setting that takes effect at once. */
export function SwitchField({ label, help, ...props }: ToggleProps) {
  return (
    <AriaSwitchField {...props} className={css.field!}>
      <SwitchButton className={css.switch!}>
        <span className={css.track} aria-hidden="true"><span /></span>
        {label}
      </SwitchButton>
      {help && <Text slot="description" className={css.help}>{help}</Text>}
    </AriaSwitchField>
  );
}

/** A box to tick in a form that will be sent. */
export function CheckboxField({ label, help, ...props }: ToggleProps) {
  const { isInvalid, message } = useFieldProblem(props.name);
  return (
    <AriaCheckboxField {...props} isInvalid={isInvalid} className={css.field!}>
      <CheckboxButton className={css.switch!}>
        <span className={css.box} aria-hidden="true" />
        {label}
      </CheckboxButton>
      {help && <Text slot="description" className={css.help}>{help}</Text>}
      <FieldError className={css.error}>{message}</FieldError>
    </AriaCheckboxField>
  );
}
