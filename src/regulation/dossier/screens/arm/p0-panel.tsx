import { useEffect, useRef } from 'react';
import { Note } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { WarnIcon } from '../../../../ui/icons.tsx';
import { formatPhone } from '../../../../ui/phone.ts';
import type { P0List } from '../../../protocol/contract.ts';
import type { Dossier } from '../../contract.ts';
import { digitOf } from '../phone/digits.ts';
import { PriorityMark } from '../file/priority-mark.tsx';
import { locationWords } from '../file/words.ts';
import { Advice } from './p0-engaged.tsx';
import { draftOf, letterOf, meansChoices, meansName, type P0Draft, toggled } from './p0.ts';
import type { Place } from './place.ts';
import type { Plan } from './use-plan.ts';
import css from './p0-panel.module.css';

export interface P0PanelProps {
  readonly dossier: Dossier;
  readonly place: Place | null;
  readonly draft: P0Draft;
  readonly reflex: readonly string[];
  readonly list: P0List | null;
  readonly plan: Plan;
  readonly talking: boolean;
  readonly onChange: (draft: P0Draft) => void;
  readonly onEngage: () => void;
  readonly onClose: () => void;
}

/** F1: what will be engaged, where, whom to call back; `Entrée` engages. A digit adds or removes a means, a letter tells the situation. */
export function P0Panel({ dossier, place, draft, reflex, list, plan, talking, onChange, onEngage, onClose }: P0PanelProps) {
  const box = useRef<HTMLDivElement>(null);
  const choices = meansChoices(reflex, draft.means);
  const missing = [place === null && 'le lieu', !dossier.callback && 'le numéro de rappel', draft.means.length === 0 && 'un moyen'].filter(Boolean);
  const ready = missing.length === 0;
  useEffect(() => {
    if (place) box.current?.focus();
  }, [place === null]);

  return (
    <div
      ref={box}
      tabIndex={0}
      role="group"
      aria-label="P0, urgence vitale"
      className={css.panel}
      onKeyDown={(event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const means = choices[(digitOf(event) ?? 0) - 1];
        const situation = list?.entries.find((_, index) => letterOf(index) === event.key.toLowerCase());
        if (event.key === 'Enter' && event.target === event.currentTarget && ready) onEngage();
        else if (event.key === 'Escape') onClose();
        else if (means) onChange({ ...draft, means: toggled(draft.means, means) });
        else if (situation) onChange(draftOf(situation));
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <h3 className={css.title}><PriorityMark priority="P0" large /> Urgence vitale : engager avant le médecin</h3>
      <dl className={css.facts}>
        <div><dt>Lieu</dt><dd>{place ? locationWords(place) : <b>à dire : tapez l’adresse</b>}</dd></div>
        <div><dt>Rappel</dt><dd>{dossier.callback ? formatPhone(dossier.callback) : <b>à noter</b>}</dd></div>
      </dl>
      <ul className={css.means} aria-label="Moyens réflexes">
        {choices.map((type, at) => (
          <li key={type}>
            <Button small excludeFromTabOrder className={css.choice!} aria-pressed={draft.means.includes(type)} onPress={() => onChange({ ...draft, means: toggled(draft.means, type) })}>
              <kbd>{at + 1}</kbd><span aria-hidden="true">{draft.means.includes(type) ? '✓' : '+'}</span>{meansName(type)}
            </Button>
          </li>
        ))}
      </ul>
      {plan.problem && <Note tone="bad" live icon={<WarnIcon />} title={plan.problem.title}>{plan.problem.message}</Note>}
      <div className={css.foot}>
        <Button look="main" keys="Entrée" isDisabled={!ready} isPending={plan.busy} onPress={onEngage}>Engager {draft.means.map(meansName).join(' et ')}</Button>
        <Button look="quiet" keys="Échap" onPress={onClose}>Revenir</Button>
        <span className={css.hint}>
          {ready ? `Le médecin urgentiste est alarmé${talking ? ' et appelé, vous gardez l’appelant' : ''}.` : `Il manque ${missing.join(' et ')}.`}
        </span>
      </div>
      {list && list.entries.length > 0 && (
        <ul className={css.situations} aria-label="Situation">
          {list.entries.map((entry, at) => (
            <li key={entry.motive.label}>
              <Button small excludeFromTabOrder aria-pressed={draft.motive?.label === entry.motive.label} className={css.choice!} onPress={() => onChange(draftOf(entry))}>
                <kbd>{letterOf(at).toUpperCase()}</kbd>{entry.motive.label}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {draft.advice.length > 0 && <Advice lines={draft.advice} />}
    </div>
  );
}
