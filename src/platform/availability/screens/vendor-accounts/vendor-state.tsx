import type { ReactNode } from 'react';
import { Badge } from '../../../../ui/badge.tsx';
import { CheckIcon, ClockIcon, PowerIcon, WaitIcon, WarnIcon } from '../../../../ui/icons.tsx';
import type { Mark, StateWords } from './words.ts';
import css from './vendor-accounts.module.css';

const marks: Record<Mark, ReactNode> = { ok: <CheckIcon size={12} />, wait: <WaitIcon size={12} />, again: <ClockIcon size={12} />, warn: <WarnIcon size={12} />, off: <PowerIcon size={12} /> };

/** The state of an account at a vendor: its word, then its shape and colour. What only waits stays quiet. */
export function VendorState({ words: { label, tone, mark } }: { words: StateWords }) {
  if (mark === 'wait' && tone === 'neutral') return <span className={css.soft}>{label}</span>;
  return <Badge tone={tone} icon={marks[mark]}>{label}</Badge>;
}
