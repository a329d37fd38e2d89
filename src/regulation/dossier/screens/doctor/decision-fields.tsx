import { cx } from '../../../../ui/class-names.ts';
import { CheckboxField, NumberField, SelectField, TextField } from '../../../../ui/field.tsx';
import { decisionTypeLabels } from '../../contract.ts';
import type { DecisionField, Offer } from './decisions.ts';
import type { DraftDecision } from './draft.ts';
import css from './decision-form.module.css';

interface FieldsProps {
  readonly offer: Offer;
  readonly decision: DraftDecision;
  /** Rank among the decisions of the act: refusals name it. */
  readonly index: number;
  readonly onDetail: (name: string, value: string | number | boolean) => void;
}

/** What one decision asks for. */
export function DecisionFields({ offer, decision, index, onDetail }: FieldsProps) {
  if (offer.fields.length === 0) return null;
  return (
    <fieldset className={css.fields}>
      <legend>{decisionTypeLabels[offer.type]}</legend>
      {offer.fields.map((field) => (
        <div key={field.name} className={cx(field.wide && css.wide)}>
          <OneField field={field} name={`decisions.${index}.${field.name}`} value={decision.details[field.name]} onChange={(value) => onDetail(field.name, value)} />
        </div>
      ))}
    </fieldset>
  );
}

function OneField({ field: { as, label, choices = [], placeholder }, name, value, onChange }: {
  field: DecisionField; name: string; value: string | number | boolean | undefined; onChange: (value: string | number | boolean) => void;
}) {
  switch (as) {
    case 'check': return <CheckboxField label={label} name={name} isSelected={value === true} onChange={onChange} />;
    case 'number': return <NumberField label={label} name={name} inline minValue={1} maxValue={10} value={typeof value === 'number' ? value : 1} onChange={onChange} />;
    case 'choice': return <SelectField label={label} name={name} choices={choices} value={typeof value === 'string' ? value : null} onChange={onChange} />;
    case 'text': return <TextField label={label} name={name} value={typeof value === 'string' ? value : ''} onChange={onChange} placeholder={placeholder ?? ''} />;
  }
}
