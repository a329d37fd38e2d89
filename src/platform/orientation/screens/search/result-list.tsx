import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useStillList } from '../../../../ui/still-list.ts';
import type { SearchResult } from '../../contract.ts';
import css from './result-list.module.css';

export interface ResultListProps {
  readonly results: readonly SearchResult[];
  readonly levels: readonly { readonly level: number; readonly name: string }[];
  readonly renderCard: (result: SearchResult) => ReactNode;
  /** Above the list, scrolling with it: what must be known of this search. */
  readonly before?: ReactNode;
  /** Under the list: next page. */
  readonly after?: ReactNode;
}

/** Results in rank order, under the levels of the charter. Arrows go from card to card; digits pick a slot; `Enter` books. */
export function ResultList({ results, levels, renderCard, before, after }: ResultListProps) {
  const box = useRef<HTMLDivElement>(null);
  useStillList(box);

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const target = event.target as HTMLElement;
    const card = target.closest<HTMLElement>('[data-rank]');
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) focusCard(box.current!, card, step);
    // The position of the key, so that the digits of a French keyboard work without Shift.
    else if (card && /^(Digit|Numpad)[1-9]$/.test(event.code) && !event.shiftKey) slotsOf(card)[Number(event.code.at(-1)) - 1]?.focus();
    else if (event.key === 'Enter' && target === card) (slotsOf(card)[0] ?? card.querySelector<HTMLElement>('[data-main]'))?.click();
    else return;
    event.preventDefault();
  }

  return (
    <div ref={box} className={css.scroller} onKeyDown={onKeyDown}>
      {before}
      {sectionsOf(results).map(({ level, items }) => (
        <section key={level ?? 'none'} aria-label={headingOf(level, levels) ?? 'Résultats'}>
          {level !== null && <h2 className={css.level}>{headingOf(level, levels)}</h2>}
          <ol>{items.map(renderCard)}</ol>
        </section>
      ))}
      {after}
    </div>
  );
}

/** Brings a card in sight and gives it the focus, so that the keys go on from there. */
export function showCard(rank: number): void {
  const card = document.querySelector<HTMLElement>(`[data-rank="${rank}"]`);
  card?.focus({ preventScroll: true });
  card?.scrollIntoView({ block: 'nearest' });
}

function focusCard(box: HTMLElement, from: HTMLElement | null, step: number): void {
  const cards = [...box.querySelectorAll<HTMLElement>('[data-rank]')];
  const goal = cards[Math.min(Math.max((from ? cards.indexOf(from) : -1) + step, 0), cards.length - 1)];
  goal?.focus({ preventScroll: true });
  goal?.scrollIntoView({ block: 'nearest' });
}

/** The slots that may still be booked, in the order of their digits. */
const slotsOf = (card: HTMLElement): HTMLElement[] => [...card.querySelectorAll<HTMLElement>('[data-slot]:not([aria-disabled="true"])')];

const headingOf = (level: number | null, levels: ResultListProps['levels']): string | null => {
  if (level === null) return null;
  if (level === 0) return 'Médecin traitant';
  const name = levels.find((item) => item.level === level)?.name;
  return name ? `Niveau ${level} · ${name}` : 'Hors charte';
};

/** Results are in rank order and levels follow each other: a new level starts a new section. */
function sectionsOf(results: readonly SearchResult[]): { level: number | null; items: SearchResult[] }[] {
  const sections: { level: number | null; items: SearchResult[] }[] = [];
  for (const result of results) {
    const last = sections.at(-1);
    if (last && last.level === result.level) last.items.push(result);
    else sections.push({ level: result.level, items: [result] });
  }
  return sections;
}
