import type { AnswerOf } from '../../../../ui/api.ts';
import { type Agent, levelLabels } from '../../../telephony/contract.ts';
import type { routes } from '../../contract.ts';
import type { routes as territoryRoutes } from '../../../../territory/contract.ts';

export type Handover = AnswerOf<typeof routes.handover>;
export type Line = Handover['dossiers'][number];
type Period = AnswerOf<typeof territoryRoutes.calendar>['periods'][number];

/** Stands for nobody: the dossiers go back to their queues. */
export const QUEUES = 'files d’attente';

export const mine = (dossiers: readonly Line[], accountId: string): Line[] => dossiers.filter(({ owner }) => owner?.accountId === accountId);

export interface Keeper {
  readonly name: string;
  readonly count: number;
  readonly signedAt: string | null;
}

/** Who in the room still has dossiers in hand, the most first; a signature before the dossiers came says nothing of them. */
export function keepers({ dossiers, signedBy }: Handover): Keeper[] {
  const held = new Map<string, { name: string; count: number }>();
  for (const { owner } of dossiers) {
    if (owner) held.set(owner.accountId, { name: owner.name, count: (held.get(owner.accountId)?.count ?? 0) + 1 });
  }
  return [...held.values()]
    .map((one) => ({ ...one, signedAt: signedBy.find(({ name }) => name === one.name)?.at ?? null }))
    .sort((a, b) => b.count - a.count || a.name.localeCompare(b.name, 'fr'));
}

/** Dossiers that wait in a queue: nobody has to hand them over. */
export const inQueues = (dossiers: readonly Line[]): number => dossiers.filter(({ owner }) => owner === null).length;

/** Colleagues at their post who may receive, those of my level first; then the queues. */
export function receivers(agents: readonly Agent[], accountId: string): { value: string; label: string }[] {
  const level = agents.find((agent) => agent.accountId === accountId)?.level;
  const others = agents
    .filter((agent) => agent.accountId !== accountId && agent.state !== 'offline')
    .sort((a, b) => Number(b.level === level) - Number(a.level === level) || a.name.localeCompare(b.name, 'fr'));
  return [...others.map((agent) => ({ value: agent.accountId, label: `${agent.name}, ${levelLabels[agent.level]}` })), { value: QUEUES, label: 'Personne en particulier : remettre dans les files' }];
}

/** The next time the room passes from SAS hours to PDSA hours or back; null when the calendar does not say. */
export function nextChange(periods: readonly Period[], now: Temporal.Instant): { at: string; to: 'SAS' | 'PDSA' } | null {
  const sorted = [...periods].sort((a, b) => Temporal.Instant.compare(a.from, b.from));
  const current = sorted.findIndex(({ from, to }) => Temporal.Instant.compare(from, now) <= 0 && Temporal.Instant.compare(now, to) < 0);
  const next = current < 0 ? undefined : sorted.slice(current + 1).find(({ local }) => local !== sorted[current]!.local);
  return next ? { at: next.from, to: next.local } : null;
}

/** `3 dossiers`. */
export const dossierCount = (count: number): string => `${count} dossier${count > 1 ? 's' : ''}`;

/** The comments written, without the empty ones and those of dossiers that have left my hands. */
export const writtenComments = (comments: Readonly<Record<string, string>>, lines: readonly Line[]): Record<string, string> =>
  Object.fromEntries(lines.flatMap(({ id }) => (comments[id]?.trim() ? [[id, comments[id].trim()]] : [])));
