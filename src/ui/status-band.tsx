import { useEffect, useState, type ReactNode } from 'react';
import { useLink } from './live.tsx';
import { WarnIcon } from './icons.tsx';
import { Age, Moment } from './moments.tsx';
import { cx } from './class-names.ts';
import css from './status-band.module.css';

/** NFR-06: a demonstration says so on every screen. */
export function DemonstrationBand() {
  return (
    <p className={css.demonstration} role="note">
      <strong>Données fictives</strong>
      <span> · démonstration : ces professionnels, structures et créneaux n’existent pas.</span>
    </p>
  );
}

/** A cut shorter than this is not worth a band. */
const PATIENCE_MS = 2_500;

/** Across the top while changes no longer arrive: since when, what still works, what is being done. `refuge`: where to work without the server. */
export function StatusBand({ refuge }: { refuge?: ReactNode }) {
  const link = useLink();
  const lasting = useLasting(link.status === 'offline', PATIENCE_MS);
  return (
    <div role="status">
      {link.status === 'offline' && lasting && (
        <p className={css.band}>
          <WarnIcon />
          <span>
            <strong>{link.loss === 'unreachable' ? 'Serveur injoignable' : 'Mises à jour interrompues'}</strong> depuis{' '}
            <Moment at={link.since.toString()} /> (<Age since={link.since} />).{' '}
            {link.loss === 'unreachable'
              ? 'L’écran reste lisible mais n’est plus à jour ; ce que vous faites ne partira qu’au retour. Reconnexion en cours.'
              : 'Vous pouvez continuer à travailler ; les listes ne se mettent plus à jour seules. Reconnexion en cours.'}
          </span>
          {link.loss === 'unreachable' && refuge}
        </p>
      )}
    </div>
  );
}

const marks = { live: 'En direct', connecting: 'Connexion…', offline: 'Hors ligne' } as const;

/** The state of the link for changes, small, in the bar. */
export function LinkMark() {
  const { status } = useLink();
  return <span className={cx(css.mark, css[status])}>{marks[status]}</span>;
}

function useLasting(holds: boolean, forMs: number): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!holds) return setLasting(false);
    const timer = setTimeout(() => setLasting(true), forMs);
    return () => clearTimeout(timer);
  }, [holds, forMs]);
  return lasting;
}
