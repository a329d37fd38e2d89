import { createContext, useContext, useEffect, useEffectEvent, useState, type ReactNode } from 'react';
import { PersonIcon } from '../../../../ui/icons.tsx';
import { call } from '../../../../ui/api.ts';
import { useAccount } from '../../../../ui/session.ts';
import { type Dossier, routes } from '../../contract.ts';
import css from './presence.module.css';

const TELL_EVERY_MS = 12_000;

type Here = Dossier['presence'];
interface Together {
  readonly others: Here;
  readonly enter: (field: string | null) => void;
}
const TogetherContext = createContext<Together>({ others: [], enter: () => undefined });

/** Says to the others that I am in this dossier, and in which field; gives who else is there to what is inside. */
export function Presence({ dossier: { id, presence }, children }: { dossier: Pick<Dossier, 'id' | 'presence'>; children: ReactNode }) {
  const me = useAccount().id;
  const [field, enter] = useState<string | null>(null);
  // Not being seen for a moment is no reason to disturb whoever writes.
  const tell = useEffectEvent(() => void call(routes.presence, { params: { id }, body: { field } }).catch(() => undefined));
  useEffect(() => {
    tell();
    const timer = setInterval(tell, TELL_EVERY_MS);
    return () => clearInterval(timer);
  }, [id, field]);
  return <TogetherContext value={{ others: presence.filter((one) => one.accountId !== me), enter }}>{children}</TogetherContext>;
}

/** For one field: what to put on its wrapper so that the others know I write there, and who writes there now. */
export function useFieldPresence(field: string): { readonly onFocus: () => void; readonly onBlur: () => void; readonly writer: string | null } {
  const { others, enter } = useContext(TogetherContext);
  return { onFocus: () => enter(field), onBlur: () => enter(null), writer: others.find((one) => one.field === field)?.name ?? null };
}

/** Around a field: marked while somebody else writes in it. */
export function SharedField({ field, children }: { field: string; children: ReactNode }) {
  const { writer, ...handlers } = useFieldPresence(field);
  return (
    <div className={css.shared} data-written={writer ? '' : undefined} {...handlers}>
      {children}
      {writer && <p className={css.writer} role="status">✎ {writer} écrit</p>}
    </div>
  );
}

/** Who else is in the dossier. */
export function Others() {
  const { others } = useContext(TogetherContext);
  if (others.length === 0) return null;
  return (
    <ul className={css.others} aria-label="Aussi dans ce dossier">
      {others.map(({ accountId, name, field }) => <li key={accountId}><PersonIcon size={13} /> {name}{field ? ' écrit' : ''}</li>)}
    </ul>
  );
}
