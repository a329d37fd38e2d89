import { CheckboxField, SelectField } from '../../../../ui/field.tsx';
import { formatPhone } from '../../../../ui/phone.ts';
import type { Overview, Via } from '../../contract.ts';
import { structureLabels } from '../words.ts';
import type { Draft } from './draft.ts';
import css from '../participation.module.css';

/** The structure through which a doctor takes part, and with a CPTS, the places attached to it. */
export function ThroughStructure({ draft, via, overview, onChange }: { draft: Draft; via: Via; overview: Overview; onChange: (part: Partial<Draft>) => void }) {
  const choices = overview.choices.filter((choice) => choice.via === via);
  const chosen = choices.find(({ id }) => id === draft.viaStructureId);
  if (choices.length === 0) {
    return <p className={css.soft} role="status">L’annuaire ne vous connaît aucune structure de cette sorte. Votre responsable SAS peut vous y rattacher.</p>;
  }
  return (
    <>
      <SelectField name="viaStructureId" label={structureLabels[via] ?? 'Votre structure'} placeholder="Sélectionner" isRequired value={draft.viaStructureId}
        choices={choices.map(({ id, name, city }) => ({ value: id, label: `${name}, ${city}` }))} onChange={(viaStructureId) => onChange({ viaStructureId })}
        help={chosen && `La régulation appelle la structure${chosen.contact ? ` (${formatPhone(chosen.contact)})` : ''}, jamais vous directement.`} />
      {via === 'cpts' && (
        <fieldset className={css.group}>
          <legend>Lieux d’exercice rattachés à cette CPTS</legend>
          {overview.places.map(({ id, name, address, city }) => (
            <CheckboxField key={id} name="placeIds" label={[name, address, city].filter(Boolean).join(', ')} isSelected={draft.placeIds.includes(id)}
              onChange={(taken) => onChange({ placeIds: taken ? [...draft.placeIds, id] : draft.placeIds.filter((other) => other !== id) })} />
          ))}
        </fieldset>
      )}
    </>
  );
}
