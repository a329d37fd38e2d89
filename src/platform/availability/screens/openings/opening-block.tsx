import { useRef, useState, type CSSProperties, type PointerEvent, type ReactNode } from 'react';
import { cx } from '../../../../ui/class-names.ts';
import { CabinetIcon, CheckIcon, CrossIcon, HomeIcon, VideoIcon, WaitIcon } from '../../../../ui/icons.tsx';
import type { Modality } from '../../contract.ts';
import { type Look, lookOf, openingInWords, takenInWords, type Opening } from './week.ts';
import css from './grid.module.css';

const modalityIcons: Record<Modality, ReactNode> = { AMB: <CabinetIcon size={13} />, HH: <HomeIcon size={13} />, VR: <VideoIcon size={13} /> };
const words: Record<Look, string | null> = { free: null, booked: null, leave: 'indisponible', closed: 'retirée, patients gardés' };
const marks: Record<Look, ReactNode> = { free: null, booked: <CheckIcon size={13} />, leave: <WaitIcon size={13} />, closed: <CrossIcon size={13} /> };

/** Icons of the modalities; the words are in the label of what holds them. */
export const ModalityIcons = ({ modalities }: { modalities: readonly Modality[] }) => <span className={css.icons} aria-hidden="true">{modalities.map((one) => <span key={one}>{modalityIcons[one]}</span>)}</span>;

/** Its state in words, with its mark. */
export function StateWords({ opening }: { opening: Opening }) {
  const look = lookOf(opening);
  return <span className={css.state}>{marks[look]}{[takenInWords(opening), words[look]].filter(Boolean).join(', ')}</span>;
}

/** An availability in its place of the week. Its lower edge stretches it. */
export function OpeningBlock({ opening, style, onOpen, onResize }: { opening: Opening; style: CSSProperties; onOpen: () => void; onResize: (share: number) => void }) {
  const [pulled, setPulled] = useState(0);
  const from = useRef<number | null>(null);
  const mayResize = opening.taken === 0 && !opening.closed;
  const edge = {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0 || event.pointerType === 'touch') return;
      event.stopPropagation();
      from.current = event.clientY;
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => from.current !== null && setPulled(event.clientY - from.current),
    onPointerUp(event: PointerEvent<HTMLElement>) {
      const column = event.currentTarget.closest<HTMLElement>('[data-day]');
      if (from.current !== null && column && Math.abs(event.clientY - from.current) > 4) {
        const box = column.getBoundingClientRect();
        onResize((event.clientY - box.top) / box.height);
      }
      from.current = null;
      setPulled(0);
    },
  };
  return (
    <div className={css.place} style={pulled === 0 ? style : { ...style, height: `calc(${style.height} + ${pulled}px)` }}>
      <button type="button" className={cx(css.block, css[lookOf(opening)])} aria-label={openingInWords(opening)} title={openingInWords(opening)} onClick={onOpen}>
        <strong>{opening.starts}–{opening.ends}{opening.seriesId && <span aria-hidden="true"> ↻</span>}</strong>
        <span className={css.line}><ModalityIcons modalities={opening.modalities} /><StateWords opening={opening} /></span>
      </button>
      {mayResize && <span className={css.edge} aria-hidden="true" {...edge} />}
    </div>
  );
}
