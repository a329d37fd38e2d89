import { Link } from 'react-aria-components';
import { Badge } from '../../../../ui/badge.tsx';
import { cx } from '../../../../ui/class-names.ts';
import { WarnIcon } from '../../../../ui/icons.tsx';
import { Moment } from '../../../../ui/moments.tsx';
import { useApi } from '../../../../ui/query.ts';
import { mayCall, useAccount } from '../../../../ui/session.ts';
import { routes } from '../../contract.ts';
import { Age } from '../file/age.tsx';
import { PriorityMark } from '../file/priority-mark.tsx';
import { shortNumber } from '../file/words.ts';
import css from './room-alerts.module.css';

/** P0 that no doctor took, glass broken in the last 24 hours: for the supervisor, beside the alerts of the telephone. */
export function RoomAlerts() {
  const account = useAccount();
  const { data, error } = useApi(routes.roomAlerts, {}, { topics: ['p0', 'break-glass', 'dossier'], enabled: mayCall(account, routes.roomAlerts) });
  if (error && !data) return <p className={css.line}><WarnIcon /> P0 et bris de glace illisibles : {error.message}</p>;
  if (!data || data.p0.length + data.glass.length === 0) return null;
  return (
    <ul className={css.list}>
      {data.p0.map(({ dossierId, number, since, late }) => (
        <li key={dossierId} className={cx(css.line, late && css.late)}>
          <PriorityMark priority="P0" />
          <span>{late ? 'Aucun médecin n’a pris ce P0' : 'P0 engagé, attend un médecin'} depuis <Age since={since} />, dossier n° {shortNumber(number)}</span>
          <Link href={`/dossiers/${dossierId}`} className={css.open!}>Ouvrir</Link>
        </li>
      ))}
      {data.glass.map(({ dossierId, number, name, at, reason }) => (
        <li key={`${dossierId} ${at}`} className={css.line}>
          <Badge tone="warn">Bris de glace</Badge>
          <span><strong>{name}</strong> a ouvert le dossier n° {shortNumber(number)}, <Moment at={at} day /> : « {reason} »</span>
          <Link href={`/dossiers/${dossierId}`} className={css.open!}>Ouvrir</Link>
        </li>
      ))}
    </ul>
  );
}
