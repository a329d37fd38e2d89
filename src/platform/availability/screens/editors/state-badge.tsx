import type { ReactNode } from 'react';
import { Badge } from '../../../../ui/badge.tsx';
import { CheckIcon, PowerIcon, WaitIcon, WarnIcon } from '../../../../ui/icons.tsx';
import { useNow } from '../../../../ui/moments.tsx';
import type { EditorHealth } from '../../contract.ts';
import { certificateOf, stateOf, type Mark } from './words.ts';

const marks: Record<Mark, ReactNode> = { ok: <CheckIcon size={12} />, warn: <WarnIcon size={12} />, off: <PowerIcon size={12} />, wait: <WaitIcon size={12} /> };

/** How a vendor is doing now. */
export function StateBadge({ editor }: { editor: EditorHealth }) {
  const { label, tone, mark } = stateOf(editor, useNow());
  return <Badge tone={tone} icon={marks[mark]}>{label}</Badge>;
}

/** The client certificate shown to a vendor; quiet while it is far from its end. */
export function CertificateBadge({ editor }: { editor: EditorHealth }) {
  const { label, tone } = certificateOf(editor, useNow(60_000));
  if (tone === 'neutral') return <span>{label}</span>;
  return <Badge tone={tone} icon={<WarnIcon size={12} />}>{label}</Badge>;
}
