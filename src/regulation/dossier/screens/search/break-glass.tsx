import { useState } from 'react';
import { TextField } from '../../../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../../../ui/form.tsx';
import { useAction } from '../../../../ui/query.ts';
import { mayOpen, useAccount } from '../../../../ui/session.ts';
import { EmptyState } from '../../../../ui/states.tsx';
import { doctorRoles, routes } from '../../contract.ts';

const SHORTEST_REASON = 10;
const breakers = [...doctorRoles, 'superviseur'] as const;

/** A dossier out of one's scope: a doctor or the supervisor opens it for an hour, with a reason that others see (SEC-06). */
export function BreakGlass({ id, onOpened }: { id: string; onOpened: () => void }) {
  const account = useAccount();
  const [reason, setReason] = useState('');
  const glass = useAction(routes.breakGlass, { onSuccess: onOpened });
  if (!mayOpen(account, breakers)) {
    return (
      <EmptyState title="Ce dossier n’est pas dans votre périmètre de soins" tone="bad">
        <p>Vous n’y avez pas pris part, ou il est clôturé. Un médecin régulateur ou le superviseur peut l’ouvrir par bris de glace. Votre demande est notée dans le journal.</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState title="Ce dossier n’est pas dans votre périmètre de soins" tone="bad">
      <p>Vous pouvez l’ouvrir pour une heure si les soins l’exigent. Votre nom et votre motif sont gardés dans le journal, et le superviseur est prévenu.</p>
      <ApiForm label="Bris de glace" problem={glass.error} onSubmit={() => glass.mutate({ params: { id }, body: { reason } })}>
        <TextField label="Motif" name="reason" value={reason} onChange={setReason} isRequired lines={2} help="Une phrase : qui appelle, pourquoi ce dossier est nécessaire." />
        <SubmitBar label="Ouvrir par bris de glace" pending={glass.isPending} isDisabled={reason.trim().length < SHORTEST_REASON} />
      </ApiForm>
    </EmptyState>
  );
}
