import { useEffect, useRef, useState } from 'react';
import type { ProtocolVersion } from '../../contract.ts';
import { type Draft, draftOf, isSame } from './draft.ts';

/**
 * The draft being written, kept in the tab so that a page left by mistake loses nothing. It follows what colleagues save as
 * long as nothing was changed here; after that `overtaken` says so, and nothing is overwritten.
 */
export function useDraft(saved: ProtocolVersion) {
  const name = `sas.protocol-draft.${saved.id}.${saved.version}`;
  const [base, setBase] = useState(() => draftOf(saved));
  const [draft, setDraft] = useState<Draft>(() => {
    const kept = sessionStorage.getItem(name);
    return kept ? (JSON.parse(kept) as Draft) : draftOf(saved);
  });
  const closed = useRef(false);
  const changed = !isSame(draft, base);
  if (saved.revision > base.revision) {
    setBase(draftOf(saved));
    if (!changed) setDraft(draftOf(saved));
  }
  useEffect(() => {
    if (changed && !closed.current) sessionStorage.setItem(name, JSON.stringify(draft));
    else sessionStorage.removeItem(name);
  }, [name, draft, changed]);
  return {
    draft, changed, overtaken: changed && draft.revision < saved.revision,
    change: (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part })),
    /** Takes what the server has, leaving what was written here. */
    adopt(version: ProtocolVersion) {
      setBase(draftOf(version));
      setDraft(draftOf(version));
    },
    /** What was sent is saved; what was written meanwhile stays. */
    stored(version: ProtocolVersion) {
      setBase(draftOf(version));
      setDraft((before) => ({ ...before, revision: version.revision }));
    },
    /** Nothing more is kept in the tab: the version left this screen. */
    close() {
      closed.current = true;
      sessionStorage.removeItem(name);
    },
  };
}
