import { memo, useId, useState } from 'react';
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover, Tooltip, TooltipTrigger } from 'react-aria-components';
import { Badge } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { cx } from '../../../../ui/class-names.ts';
import { PhoneIcon } from '../../../../ui/icons.tsx';
import { useNow, useZone } from '../../../../ui/moments.tsx';
import { formatPhone } from '../../../../ui/phone.ts';
import { daysFrom, formatDay } from '../../../../ui/time.ts';
import { hoursInWords } from '../../../../ui/week-hours.ts';
import type { SlotView } from '../../../availability/contract.ts';
import { structureKindLabels } from '../../../directory/contract.ts';
import { viaLabels } from '../../../participation/contract.ts';
import { skipReasons, type SearchResult } from '../../contract.ts';
import { byDay, formatDistance, titleOf } from './run.ts';
import { SlotChip } from './slot-chip.tsx';
import css from './result-card.module.css';

export type RefusalReason = keyof typeof skipReasons;

export interface ResultCardProps {
  readonly result: SearchResult;
  readonly selected: boolean;
  /** Whether having no slot here means that there is none. */
  readonly slotsKnown: 'waiting' | 'partly' | 'known';
  readonly enSus: boolean;
  readonly taken: ReadonlySet<string>;
  readonly refused: RefusalReason | null;
  readonly onSelect: (rank: number) => void;
  /** `null`: asked beyond its declared slots. */
  readonly onBook: (result: SearchResult, slot: SlotView | null) => void;
  readonly onRefused: (rank: number, reason: RefusalReason) => void;
}

const noSlotWords = { waiting: 'Créneaux attendus…', partly: 'Aucun créneau reçu', known: 'Aucun créneau dans la période' } as const;

/** A day shows this many chips; the others open on demand. */
const CHIPS_A_DAY = 8;

/** One professional, or structure, at one place. */
export const ResultCard = memo(function ResultCard(props: ResultCardProps) {
  const { result, selected, enSus, refused } = props;
  const titleId = useId();
  const [explained, setExplained] = useState(false);
  const { professional, structure, place, distanceM, participation } = result;
  const kind = professional ? professional.specialties.map(({ label }) => label).join(', ') : structure && structureKindLabels[structure.kind];
  return (
    <li
      className={cx(css.card, selected && css.selected, refused !== null && css.refused)}
      data-still=""
      data-rank={result.rank}
      tabIndex={selected ? 0 : -1}
      aria-labelledby={titleId}
      aria-current={selected}
      onFocus={() => props.onSelect(result.rank)}
      onClick={() => props.onSelect(result.rank)}
    >
      <Rank result={result} selected={selected} explained={explained} onExplain={() => setExplained(!explained)} />
      <div className={css.body}>
        <div className={css.head}>
          <h3 id={titleId}>{titleOf(result)}</h3>
          <RefusalMenu reachable={selected} hidden={refused !== null} onRefused={(reason) => props.onRefused(result.rank, reason)} />
          {distanceM !== null && <span className={css.distance}>{formatDistance(distanceM)}</span>}
        </div>
        <p className={css.line}>
          {kind && <span>{kind}</span>}
          {professional?.sector && <span>{professional.sector}</span>}
          <span>{participation.via ? `participe ${viaLabels[participation.via]}` : enSus && structure ? 'participe par ses médecins' : 'ne participe pas au SAS'}</span>
          {participation.enSus && <Badge tone="accent">accepte en sus</Badge>}
          {result.level === 0 && <Badge tone="ok">médecin traitant</Badge>}
          {refused && <Badge tone="warn">écarté : {skipReasons[refused].toLowerCase()}</Badge>}
        </p>
        <p className={css.line}>
          <span>{[place.name, place.address, `${place.postcode} ${place.city}`.trim()].filter((part) => part && part !== titleOf(result)).join(', ')}</span>
          {place.phone && <a className={css.phone} href={`tel:${place.phone.replaceAll(' ', '')}`} tabIndex={selected ? 0 : -1}><PhoneIcon size={12} />{formatPhone(place.phone)}</a>}
        </p>
        {participation.note && <p className={css.line}><span>Accès : {participation.note}</span></p>}
        {enSus && participation.preferredHours.length > 0 && <p className={css.line}><span>En sus de préférence : {hoursInWords(participation.preferredHours, '')}</span></p>}
        {explained && <ul className={css.why}>{result.why.map((reason) => <li key={reason}>{reason}</li>)}</ul>}
        <Slots {...props} />
        {result.slots.length === 0 && !enSus && <p className={css.none}>{noSlotWords[props.slotsKnown]}</p>}
        {enSus && (participation.enSus || result.structure) && (
          <div className={css.actions}>
            <Button small data-main="" look={selected ? 'main' : 'plain'} excludeFromTabOrder={!selected} onPress={() => props.onBook(result, null)}>Solliciter en sus</Button>
            <span className={css.contact}>{result.structure?.channel === 'web' ? 'Répond dans sa messagerie' : participation.contact ? `À appeler : ${formatPhone(participation.contact)}` : 'À appeler'}</span>
          </div>
        )}
      </div>
    </li>
  );
});

/** The rank, which says why it is there: on hover, on focus, or kept open by a press. */
function Rank({ result, selected, explained, onExplain }: { result: SearchResult; selected: boolean; explained: boolean; onExplain: () => void }) {
  return (
    <TooltipTrigger delay={300} closeDelay={50}>
      <AriaButton className={css.rank!} aria-expanded={explained} aria-label={`Rang ${result.rank} : pourquoi ici`} excludeFromTabOrder={!selected} onPress={onExplain}>
        {result.rank}
      </AriaButton>
      <Tooltip className={css.tooltip!} placement="right top" offset={8}>
        <strong>Pourquoi ici</strong>
        {result.why.map((reason) => <span key={reason}>{reason}</span>)}
      </Tooltip>
    </TooltipTrigger>
  );
}

function Slots({ result, selected, taken, onBook }: ResultCardProps) {
  const zone = useZone();
  const present = useNow(60_000);
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  let digit = 0;
  return byDay(result.slots, (slot) => daysFrom(present, slot.start, zone)).map(({ days, slots }) => {
    const shown = opened.has(days) || slots.length <= CHIPS_A_DAY + 1 ? slots : slots.slice(0, CHIPS_A_DAY);
    const day = formatDay(slots[0]!.start, zone, present);
    return (
      <div key={days} className={css.day} role="group" aria-label={day}>
        <span className={css.dayName} aria-hidden="true">{day}</span>
        <div className={css.chips}>
          {shown.map((slot) => {
            const gone = taken.has(slot.id);
            if (!gone) digit += 1;
            return <SlotChip key={slot.id} slot={slot} digit={selected && !gone ? digit : null} reachable={selected} taken={gone} onBook={() => onBook(result, slot)} />;
          })}
          {shown.length < slots.length && (
            <Button small look="quiet" excludeFromTabOrder={!selected} onPress={() => setOpened(new Set(opened).add(days))} aria-label={`${slots.length - shown.length} autres créneaux ${day}`}>
              +{slots.length - shown.length}
            </Button>
          )}
        </div>
      </div>
    );
  });
}

/** A refusal is kept with the search: it is what allows to go down the charter. */
function RefusalMenu({ reachable, hidden, onRefused }: { reachable: boolean; hidden: boolean; onRefused: (reason: RefusalReason) => void }) {
  return (
    <MenuTrigger>
      <Button small look="quiet" className={cx(css.refuse, hidden && css.gone)} excludeFromTabOrder={!reachable}>Écarter…</Button>
      <Popover className={css.popover!}>
        <Menu aria-label="Motif" className={css.menu!} onAction={(reason) => onRefused(reason as RefusalReason)}>
          {Object.entries(skipReasons).map(([reason, label]) => <MenuItem key={reason} id={reason} className={css.item!}>{label}</MenuItem>)}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
