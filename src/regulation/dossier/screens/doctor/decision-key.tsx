import { ToggleButton } from 'react-aria-components';
import { useCommand } from '../../../../ui/commands.ts';
import { decisionTypeLabels } from '../../contract.ts';
import type { Offer } from './decisions.ts';
import css from './decision-key.module.css';

/** One decision as a large key: its name, what it will do, the letter that presses it. */
export function DecisionKey({ offer, taken, onToggle }: { offer: Offer; taken: boolean; onToggle: () => void }) {
  const label = decisionTypeLabels[offer.type];
  useCommand({ id: `decide:${offer.type}`, label: `Décision : ${label}`, group: 'Décider', keys: offer.key, run: onToggle });
  return (
    <ToggleButton className={css.key!} isSelected={taken} onChange={onToggle} aria-label={`${label} : ${offer.does}`}>
      <span className={css.name}>{label}</span>
      <kbd>{offer.key.toUpperCase()}</kbd>
      <span className={css.does}>{offer.does}</span>
    </ToggleButton>
  );
}
