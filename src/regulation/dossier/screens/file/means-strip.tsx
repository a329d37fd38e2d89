import { Moment } from '../../../../ui/moments.tsx';
import type { Dossier } from '../../contract.ts';
import css from './means-strip.module.css';
import { meansStatusWords, meansWords } from './words.ts';

/** The means engaged and where each one is; nothing when none was. */
export function MeansStrip({ dossier: { means } }: { dossier: Dossier }) {
  if (means.length === 0) return null;
  return (
    <ul className={css.strip} aria-label="Moyens engagés">
      {means.map(({ id, type, status, at, reflex }) => (
        <li key={id} data-over={status === 'ANNULE' ? '' : undefined}>
          <strong>{meansWords(type)}</strong> {meansStatusWords(status)} <Moment at={at} />
          {reflex && <span> réflexe</span>}
        </li>
      ))}
    </ul>
  );
}
