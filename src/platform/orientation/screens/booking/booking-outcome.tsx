import { useState } from 'react';
import { Note } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { CheckIcon, ExternalIcon, WaitIcon } from '../../../../ui/icons.tsx';
import { useNow, useZone } from '../../../../ui/moments.tsx';
import { useAction, useApi } from '../../../../ui/query.ts';
import { formatMoment } from '../../../../ui/time.ts';
import { orientationStatusLabels, routes, type Orientation } from '../../contract.ts';
import type { Run } from '../search/run.ts';
import { stageOf } from './booking-model.ts';
import type { Booking } from './booking-panel.tsx';
import { LostSlot } from './lost-slot.tsx';
import css from './booking-outcome.module.css';

/** What became of the booking, kept up to date until it is settled. */
export function BookingOutcome({ orientation: made, run, booking, onChange, onClose }: {
  orientation: Orientation; run: Run; booking: Booking; onChange: (booking: Booking) => void; onClose: () => void;
}) {
  const { data } = useApi(routes.orientation, { params: { id: made.id } }, { topics: ['orientation'] });
  const [cancelled, setCancelled] = useState<Orientation | null>(null);
  const cancel = useAction(routes.actOnOrientation, { onSuccess: setCancelled });
  const orientation = cancelled ?? data ?? made;
  const stage = stageOf(orientation.status);
  if (orientation.status === 'ANNULE_SAS') return <Ended onClose={onClose} />;
  if (stage === 'lost') {
    return <LostSlot title={orientationStatusLabels[orientation.status]} words="Le rendez-vous n’est pas pris. L’orientation garde la trace de ce qui s’est passé." run={run} booking={booking} onChange={onChange} />;
  }
  return (
    <div className={css.outcome}>
      {stage === 'settled' ? <Settled orientation={orientation} /> : <Waiting orientation={orientation} />}
      {cancel.error && <Note tone="bad" live title={cancel.error.title}>{cancel.error.message}</Note>}
      <div className={css.actions}>
        {stage === 'settled' && <Button look="main" wide autoFocus onPress={onClose} keys="Échap">Revenir à la recherche</Button>}
        {orientation.possible.includes('cancel') && (
          <Button look="danger" isPending={cancel.isPending} onPress={() => cancel.mutate({ params: { id: orientation.id, action: 'cancel' }, body: {} })}>
            {stage === 'settled' ? 'Annuler ce rendez-vous' : 'Renoncer à cette demande'}
          </Button>
        )}
      </div>
    </div>
  );
}

function Settled({ orientation }: { orientation: Orientation }) {
  const zone = useZone();
  const present = useNow();
  return (
    <Note tone="ok" live icon={<CheckIcon />} title={orientation.start ? `Rendez-vous ${orientationStatusLabels[orientation.status].toLowerCase()}, ${formatMoment(orientation.start, zone, present)}` : orientationStatusLabels[orientation.status]}>
      {orientation.label}, {orientation.placeLabel}. L’orientation est enregistrée{orientation.lrmReference ? ` sous la référence ${orientation.lrmReference}` : ''}.
    </Note>
  );
}

function Waiting({ orientation }: { orientation: Orientation }) {
  const { editor, redirectUrl } = orientation;
  if (!editor) {
    return <Note tone="accent" live icon={<WaitIcon />} title="Demande envoyée">La réponse s’affichera ici. Vous pouvez fermer ce panneau : la demande reste suivie dans les orientations.</Note>;
  }
  return (
    <>
      <Note tone="accent" live icon={<WaitIcon />} title={`En attente de ${editor}`}>
        Terminez la réservation dans l’onglet de {editor}. Dès qu’elle est faite, le rendez-vous s’affiche ici, sans rien ressaisir.
      </Note>
      {/* Also the way out when the browser has blocked the new tab. */}
      {redirectUrl && <p>L’onglet ne s’est pas ouvert ? <a href={redirectUrl} target="_blank" rel="noopener">Ouvrir {editor} <ExternalIcon size={12} /></a></p>}
    </>
  );
}

function Ended({ onClose }: { onClose: () => void }) {
  return (
    <div className={css.outcome}>
      <Note tone="neutral" live title="Annulé">Le créneau est rendu. L’orientation garde la trace de l’annulation.</Note>
      <Button look="main" wide autoFocus onPress={onClose}>Revenir à la recherche</Button>
    </div>
  );
}
