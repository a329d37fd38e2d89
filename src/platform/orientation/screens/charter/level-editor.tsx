import type { KeyboardEvent } from 'react';
import { Note } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { cx } from '../../../../ui/class-names.ts';
import { ChoicesField, NumberField, SegmentField, TextField } from '../../../../ui/field.tsx';
import { CrossIcon, DownIcon, UpIcon, WarnIcon } from '../../../../ui/icons.tsx';
import { viaSchema } from '../../../participation/contract.ts';
import type { CharterLevel } from '../../contract.ts';
import type { DraftLevel } from './draft.ts';
import { levelInWords, levelStructureKinds } from './level-words.ts';
import css from './charter.module.css';

const viaShort = { individual: 'individuel', cpts: 'CPTS', msp: 'maison de santé', sos: 'SOS Médecins', cds: 'centre de santé' } as const;
const kindShort = { CPTS: 'CPTS', MSP: 'maison de santé', CDS: 'centre de santé', SOS: 'SOS Médecins', CSNP: 'centre SNP', MMG: 'maison de garde', HOPITAL_PROXIMITE: 'hôpital de proximité' } as const;
const viaChoices = viaSchema.options.map((value) => ({ value, label: viaShort[value] }));
const kindChoices = levelStructureKinds.map((value) => ({ value, label: kindShort[value] }));

type Three = 'any' | 'yes' | 'no';
const three = (value: boolean | undefined): Three => (value === undefined ? 'any' : value ? 'yes' : 'no');
const boolean = (value: Three): boolean | undefined => (value === 'any' ? undefined : value === 'yes');

/** One level: its name, whom it takes, and the sentence that its criteria make. */
export function LevelEditor({ level, index, last, open, problem, onOpen, onChange, onMove, onRemove }: {
  level: DraftLevel; index: number; last: boolean; open: boolean; onOpen: (open: boolean) => void; problem: string | null;
  onChange: (change: Partial<CharterLevel>) => void; onMove: (by: -1 | 1) => void; onRemove: () => void;
}) {
  const { name, match } = level;
  const set = (change: Partial<CharterLevel['match']>) => onChange({ match: { ...match, ...change } });
  const title = `Niveau ${index + 1}${name ? ` : ${name}` : ''}`;

  function onKeyDown(event: KeyboardEvent) {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    onMove(event.key === 'ArrowUp' ? -1 : 1);
  }

  return (
    <li className={cx(css.level, problem !== null && css.wrong)} data-level={level.key} tabIndex={-1} aria-label={title} onKeyDown={onKeyDown}>
      <div className={css.levelHead}>
        <span className={css.number}>{index + 1}</span>
        <div className={css.summary}>
          <strong>{name || 'Niveau sans nom'}</strong>
          <span>{levelInWords(match)}</span>
        </div>
        <div className={css.inline}>
          <Button small aria-expanded={open} aria-label={`${open ? 'Refermer' : 'Modifier'} : ${title}`} onPress={() => onOpen(!open)}>{open ? 'Refermer' : 'Modifier'}</Button>
          <Button small aria-label={`Monter : ${title}`} isDisabled={index === 0} onPress={() => onMove(-1)}><UpIcon /></Button>
          <Button small aria-label={`Descendre : ${title}`} isDisabled={last} onPress={() => onMove(1)}><DownIcon /></Button>
          <Button small look="danger" aria-label={`Enlever : ${title}`} onPress={onRemove}><CrossIcon /></Button>
        </div>
      </div>
      {problem && <Note tone="bad" icon={<WarnIcon />}>{problem}</Note>}
      {open && (
        <div className={css.criteria}>
          <TextField label="Nom" value={name} maxLength={80} onChange={(next) => onChange({ name: next })} placeholder="Médecins du secteur" />
          <ChoicesField label="Participe (une de ces façons)" choices={viaChoices} value={match.via ?? []} onChange={(via) => set({ via })} />
          <ChoicesField label="Rattaché à (une de ces structures)" choices={kindChoices} value={(match.structureKinds ?? []) as (typeof levelStructureKinds)[number][]} onChange={(structureKinds) => set({ structureKinds })} />
          <div className={css.row}>
            <SegmentField<Three>
              label="Participation au SAS" value={three(match.participating)} onChange={(value) => set({ participating: boolean(value) })}
              choices={[{ value: 'any', label: 'indifférente' }, { value: 'yes', label: 'participe' }, { value: 'no', label: 'ne participe pas' }]}
            />
            <SegmentField<Three>
              label="Commune du patient" value={three(match.sameCommune)} onChange={(value) => set({ sameCommune: boolean(value) })}
              choices={[{ value: 'any', label: 'indifférente' }, { value: 'yes', label: 'la même' }, { value: 'no', label: 'une autre' }]}
            />
            <NumberField label="Distance au plus" unit="km" minValue={1} maxValue={200} value={match.withinKm ?? NaN} onChange={(km) => set({ withinKm: Number.isFinite(km) ? km : undefined })} />
          </div>
          <p className={css.soft}>Un critère laissé vide ne compte pas. Un effecteur appartient au premier niveau dont il remplit tous les critères.</p>
        </div>
      )}
    </li>
  );
}
