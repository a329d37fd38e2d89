import type { ReactNode } from 'react';
import { Badge } from '../../../../ui/badge.tsx';
import { CheckIcon, ClockIcon, CrossIcon, RouteIcon, WaitIcon, WarnIcon } from '../../../../ui/icons.tsx';
import { orientationStatusLabels, type OrientationStatus } from '../../contract.ts';
import { statusLooks, type Shape } from './words.ts';

const shapes: Record<Shape, ReactNode> = {
  check: <CheckIcon size={12} />,
  double: <span aria-hidden="true">✓✓</span>,
  cross: <CrossIcon size={12} />,
  wait: <WaitIcon size={12} />,
  clock: <ClockIcon size={12} />,
  warn: <WarnIcon size={12} />,
  unknown: <span aria-hidden="true">?</span>,
  moved: <RouteIcon size={12} />,
};

/** The status of an orientation: shape, word, colour. */
export function StatusBadge({ status }: { status: OrientationStatus }) {
  const { tone, shape } = statusLooks[status];
  return <Badge tone={tone} icon={shapes[shape]}>{orientationStatusLabels[status]}</Badge>;
}
