import { Note } from '../../../../ui/badge.tsx';
import { WarnIcon } from '../../../../ui/icons.tsx';
import { Moment } from '../../../../ui/moments.tsx';
import type { Dossier } from '../../contract.ts';
import { Age } from '../file/age.tsx';
import css from './p0-panel.module.css';

/** After the engagement: whether a doctor has it, since when it rings, and what the caller is to be told meanwhile. */
export function P0Engaged({ dossier: { p0, owner, calls }, talking, advice }: { dossier: Dossier; talking: boolean; advice: readonly string[] }) {
  if (!p0) return null;
  const onLine = calls.some((call) => call.onLine);
  return (
    <>
      {p0.takenAt
        ? <Note tone="ok" live title={`Pris par ${owner?.name ?? 'un médecin'}`}>À <Moment at={p0.takenAt} />.</Note>
        : (
          <Note tone="bad" live icon={<WarnIcon />} title="Aucun médecin ne l’a encore pris">
            Alarme chez les urgentistes depuis <Age since={p0.engagedAt} />. {sayOf(talking, onLine)}
          </Note>
        )}
      {advice.length > 0 && <Advice lines={advice} />}
    </>
  );
}

function sayOf(talking: boolean, onLine: boolean): string {
  if (talking) return 'Gardez l’appelant en ligne, faites faire les gestes.';
  return onLine ? 'L’appelant est en ligne avec un collègue.' : 'L’appelant n’est plus en ligne : rappelez-le.';
}

/** What the caller is to be told, in order. */
export function Advice({ lines }: { lines: readonly string[] }) {
  return <div className={css.advice}><p>Gestes à dire</p><ol>{lines.map((line) => <li key={line}>{line}</li>)}</ol></div>;
}
