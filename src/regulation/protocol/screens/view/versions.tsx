import { Moment } from '../../../../ui/moments.tsx';
import type { VersionLine } from '../../contract.ts';
import { StatusBadge } from '../parts.tsx';
import css from './protocol.module.css';

/** The versions, the newest first; one is shown. */
export const Versions = ({ versions, shown, onVersion }: { versions: readonly VersionLine[]; shown: number; onVersion: (version: number) => void }) => (
  <ol className={css.versions}>
    {versions.map(({ version, status, inForceAt, endedAt, updatedAt }) => (
      <li key={version}>
        <button type="button" aria-current={version === shown} onClick={() => onVersion(version)}>
          <strong>Version {version}</strong>
          <StatusBadge status={status} />
          <span>{inForceAt ? <>depuis <Moment at={inForceAt} day />{endedAt && <> jusqu’à <Moment at={endedAt} day /></>}</> : <Moment at={updatedAt} day />}</span>
        </button>
      </li>
    ))}
  </ol>
);
