import { SegmentField } from '../../../../ui/field.tsx';

/** How much of a series is changed or removed. */
export type Scope = 'one' | 'following' | 'all';

const choices = [{ value: 'one', label: 'Cette date' }, { value: 'following', label: 'À partir de cette date' }, { value: 'all', label: 'Toute la récurrence' }] as const;

export const ScopeChoice = ({ label, value, onChange }: { label: string; value: Scope; onChange: (scope: Scope) => void }) => (
  <SegmentField<Scope> label={label} choices={choices} value={value} onChange={onChange} />
);
