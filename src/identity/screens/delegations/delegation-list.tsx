import { useState } from 'react';
import { Badge, type Tone } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { cx } from '../../../ui/class-names.ts';
import { ConfirmDialog } from '../../../ui/confirm.tsx';
import { useZone } from '../../../ui/moments.tsx';
import { useAction } from '../../../ui/query.ts';
import { delegationRoutes, delegationScopeLabels, type DelegationView } from '../../contract.ts';
import css from './delegations.module.css';

const states: Record<DelegationView['state'], readonly [string, Tone]> = { coming: ['À venir', 'accent'], 'in-force': ['En cours', 'ok'], ended: ['Finie', 'neutral'], revoked: ['Retirée', 'neutral'] };
const dayOf = (at: string, zone: string) => Temporal.Instant.from(at).toZonedDateTimeISO(zone).toLocaleString('fr-FR', { day: 'numeric', month: 'long', year: 'numeric' });
/** The last day, included: a delegation ends at the midnight that follows it. */
const lastDay = (until: string, zone: string) => dayOf(Temporal.Instant.from(until).subtract({ seconds: 1 }).toString(), zone);

/** Delegations given, or received; those that are over stay readable. */
export function DelegationList({ delegations, side }: { delegations: readonly DelegationView[]; side: 'given' | 'received' }) {
  const zone = useZone();
  return (
    <ul className={css.list}>
      {delegations.map((one) => {
        const [words, tone] = states[one.state];
        const over = one.state === 'ended' || one.state === 'revoked';
        return (
          <li key={one.id} className={cx(css.card, over && css.over)}>
            <header>
              <strong>{side === 'given' ? one.delegate.name : one.subject}</strong>
              <Badge tone={tone}>{words}</Badge>
              {one.delegate.invited && !over && <Badge tone="warn">invitation sans réponse</Badge>}
            </header>
            {side === 'given' && <span className={css.soft}>{one.delegate.email} · pour {one.subject}</span>}
            <ul>{one.scopes.map((scope) => <li key={scope}>{delegationScopeLabels[scope]}</li>)}</ul>
            <span className={css.soft}>
              Du {dayOf(one.validFrom, zone)} au {lastDay(one.validUntil, zone)}, donnée par {one.grantedBy}
              {one.revokedAt && ` ; retirée le ${dayOf(one.revokedAt, zone)} par ${one.revokedBy ?? 'le SAS'}`}
            </span>
            {one.revocable && <Revoke delegation={one} side={side} />}
          </li>
        );
      })}
    </ul>
  );
}

function Revoke({ delegation: { id, delegate, subject }, side }: { delegation: DelegationView; side: 'given' | 'received' }) {
  const [open, setOpen] = useState(false);
  const revoke = useAction(delegationRoutes.revokeDelegation, { onSuccess: () => setOpen(false) });
  const words = side === 'given' ? 'Mettre fin à la délégation' : 'Renoncer à la délégation';
  return (
    <div>
      <Button onPress={() => setOpen(true)} aria-label={`${words} : ${side === 'given' ? delegate.name : subject}`}>{words}</Button>
      <ConfirmDialog title={`${words} ?`} open={open} onClose={() => setOpen(false)} action={words} danger pending={revoke.isPending} problem={revoke.error} onConfirm={() => revoke.mutate({ params: { id } })}>
        <p>{side === 'given' ? `${delegate.name} n’agira plus pour ${subject}` : `Vous n’agirez plus pour ${subject}`}, à l’instant même s’il y a une session ouverte. Ce qui a été enregistré est gardé.</p>
      </ConfirmDialog>
    </div>
  );
}
