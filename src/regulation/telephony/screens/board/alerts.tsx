import type { ReactNode } from 'react';
import { Note } from '../../../../ui/badge.tsx';
import { ButtonLink } from '../../../../ui/button.tsx';
import { CheckIcon, WarnIcon } from '../../../../ui/icons.tsx';
import { Age, Moment } from '../../../../ui/moments.tsx';
import { levelLabels } from '../../contract.ts';
import type { Board } from '../words.ts';
import css from './board.module.css';

/** What needs the supervisor now. `others`: alerts of the dossiers, told by their own context. */
export function Alerts({ board, others }: { board: Board; others?: ReactNode }) {
  const alerts = board.alerts.filter(({ code }) => code !== 'link-down');
  return (
    <section className={css.alerts} aria-label="Alertes" aria-live="polite">
      {board.link.status === 'down' && (
        <Note tone="bad" icon={<WarnIcon />} title="Liaison téléphonique coupée" action={<ButtonLink href="/degrade" small>Mode dégradé</ButtonLink>}>
          Depuis <Moment at={board.link.since} /> (<Age since={board.link.since} />). Les appels restent dans le système téléphonique : décrochez au poste et ouvrez les
          dossiers à la main. Dossiers, recherche et décisions fonctionnent ; au retour, les appels reçus entre-temps sont rattachés.
        </Note>
      )}
      {others}
      {alerts.length > 0 && (
        <ul className={css.alertList}>
          {alerts.map(({ code, level, message, since }) => (
            <li key={`${code} ${level}`} className={css.alert} data-grave={code === 'p0' || undefined}>
              <WarnIcon />
              {level && <strong>{levelLabels[level]}</strong>}
              <span>{message}</span>
              <span className={css.since}>depuis <Age since={since} /></span>
            </li>
          ))}
        </ul>
      )}
      {alerts.length === 0 && board.link.status === 'up' && <p className={css.quiet}><CheckIcon size={14} /><span>Aucun seuil dépassé. Liaison téléphonique établie depuis <Moment at={board.link.since} day />.</span></p>}
    </section>
  );
}
