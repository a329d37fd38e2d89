import { cx } from '../../../ui/class-names.ts';
import { EmptyState } from '../../../ui/states.tsx';
import { roleLabels, type Role } from '../../contract.ts';
import { levelLabels, levels, teamRoles } from '../../domain/team.ts';
import type { ActorOfSas } from './actors-screen.tsx';
import css from './actors.module.css';

/** The team of the SAS level by level, then role by role: nested lists, so that it is heard as it is seen (ACT-14). */
export function Organigramme({ actors }: { actors: readonly ActorOfSas[] }) {
  if (actors.length === 0) return <EmptyState title="Personne encore"><p>L’organigramme se remplit avec les comptes.</p></EmptyState>;
  return (
    <ul className={css.chart}>
      {levels.map((level) => ({ level, here: actors.filter((actor) => actor.level === level) })).filter(({ here }) => here.length > 0).map(({ level, here }) => (
        <li key={level} className={cx(css.level, level === 'steering' && css.steering)}>
          <h2>{levelLabels[level]}<span>{here.length}</span></h2>
          {rolesOf(here).map((role) => (
            <div key={role}>
              <h3>{roleLabels[role]}</h3>
              <ul>{here.filter((actor) => mainRole(actor) === role).map(({ id, displayName }) => <li key={id}>{displayName}</li>)}</ul>
            </div>
          ))}
        </li>
      ))}
    </ul>
  );
}

/** The role under which somebody stands, when he has several: the first one of the team. */
const mainRole = ({ roles }: ActorOfSas): Role => teamRoles.find((role) => roles.includes(role)) ?? roles[0]!;
const rolesOf = (actors: readonly ActorOfSas[]): Role[] => [...new Set(actors.map(mainRole))];
