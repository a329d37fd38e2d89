import { Button, ButtonLink } from '../../../../ui/button.tsx';
import { SidePanel } from '../../../../ui/dialog.tsx';
import { Facts } from '../../../../ui/facts.tsx';
import { Note } from '../../../../ui/badge.tsx';
import type { KeptAgenda, Series } from '../../contract.ts';
import { StateWords } from './opening-block.tsx';
import { consultationLabels, dayInWords, lookOf, type Opening } from './week.ts';
import css from './form.module.css';

const days = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'];

/** `chaque lundi et jeudi, jusqu’au 3 mars` */
function seriesInWords({ weekdays, everyWeeks, lastDay }: Series): string {
  const named = weekdays.map((one) => days[one - 1]).join(', ').replace(/, ([^,]*)$/, ' et $1');
  return [everyWeeks === 1 ? `chaque ${named}` : `${named}, toutes les ${everyWeeks} semaines`, lastDay && `jusqu’au ${dayInWords(lastDay)}`].filter(Boolean).join(', ');
}

/** One availability: what it is, and what can be done with it. */
export function OpeningPanel({ opening, series, agenda, past, onEdit, onRemove, onClose }: {
  opening: Opening; series: Series | null; agenda: KeptAgenda; past: boolean; onEdit: () => void; onRemove: () => void; onClose: () => void;
}) {
  const { day, starts, ends, modalities, withAppointment, placeId, taken } = opening;
  const look = lookOf(opening);
  return (
    <SidePanel
      title={`${starts}–${ends}`} over={dayInWords(day)} open onClose={onClose}
      footer={!past && (
        <>
          <Button look="main" onPress={onEdit}>Modifier</Button>
          <Button look="danger" isDisabled={taken > 0 && !series} onPress={onRemove}>Supprimer</Button>
        </>
      )}
    >
      <div className={css.stack}>
        {look === 'leave' && <Note tone="neutral">Une indisponibilité la couvre : ses places libres sont cachées jusqu’à la fin de l’indisponibilité, ou jusqu’à ce que vous la retiriez.</Note>}
        {look === 'closed' && <Note tone="warn">Vous l’avez retirée alors que des patients y étaient orientés : ils gardent leur place, personne d’autre ne peut en prendre.</Note>}
        <Facts items={[
          ['État', <StateWords opening={opening} />],
          ['Type de consultation', modalities.map((one) => consultationLabels[one]).join(', ')],
          ['Accueil', withAppointment ? 'sur rendez-vous' : 'sans rendez-vous'],
          ['Lieu', agenda.places.find(({ id }) => id === placeId)?.label ?? 'lieu de l’annuaire'],
          series !== null && ['Récurrence', seriesInWords(series)],
        ]} />
        {taken > 0 && <p>Pour annuler un patient orienté ici : <ButtonLink small href="/orientations">ouvrir les orientations</ButtonLink></p>}
      </div>
    </SidePanel>
  );
}
