import { Note } from '../../../../ui/badge.tsx';
import { WarnIcon } from '../../../../ui/icons.tsx';
import { Moment } from '../../../../ui/moments.tsx';
import type { Dossier } from '../../contract.ts';
import { Age } from '../file/age.tsx';

/** After the engagement: whether a doctor has it, and since when it rings. */
export function P0Engaged({ dossier: { p0, owner }, talking }: { dossier: Dossier; talking: boolean }) {
  if (!p0) return null;
  if (p0.takenAt) return <Note tone="ok" title={`Pris par ${owner?.name ?? 'un médecin'} à `}><Moment at={p0.takenAt} /></Note>;
  return (
    <Note tone="bad" live icon={<WarnIcon />} title="Aucun médecin ne l’a encore pris">
      Alarme chez les urgentistes depuis <Age since={p0.engagedAt} />. {talking ? 'Gardez l’appelant en ligne, faites faire les gestes.' : 'L’appelant n’est plus en ligne : rappelez-le.'}
    </Note>
  );
}
