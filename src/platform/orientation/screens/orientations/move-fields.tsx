import { Note } from '../../../../ui/badge.tsx';
import { SelectField } from '../../../../ui/field.tsx';
import { WarnIcon } from '../../../../ui/icons.tsx';
import { useNow, useZone } from '../../../../ui/moments.tsx';
import { useApi } from '../../../../ui/query.ts';
import { QueryView } from '../../../../ui/states.tsx';
import { formatMoment } from '../../../../ui/time.ts';
import { lateReasons, type Orientation } from '../../contract.ts';
import { routes } from '../../contract-outcomes.ts';

/** Where an appointment goes, and why that late. */
export interface Goal {
  readonly slotId: string | null;
  readonly late: boolean;
  readonly lateReason: keyof typeof lateReasons | null;
}
export const nowhere: Goal = { slotId: null, late: false, lateReason: null };

const HOURS_48_MS = 48 * 3_600_000;
const reasonChoices = Object.entries(lateReasons).map(([value, label]) => ({ value: value as keyof typeof lateReasons, label }));

/** The free slots of the same effecteur; beyond 48 hours of the orientation a reason is asked. */
export function MoveFields({ orientation, goal, onChange }: { orientation: Orientation; goal: Goal; onChange: (goal: Goal) => void }) {
  const zone = useZone();
  const present = useNow(60_000);
  const query = useApi(routes.freeSlots, { params: { id: orientation.id } }, { topics: ['slot'] });
  const isLate = (start: string) => Temporal.Instant.from(start).epochMilliseconds - Temporal.Instant.from(orientation.createdAt).epochMilliseconds > HOURS_48_MS;
  return (
    <QueryView query={query} lines={2} isEmpty={({ slots }) => slots.length === 0} empty={<Note tone="warn" icon={<WarnIcon />}>Aucun autre créneau libre chez cet effecteur dans les sept jours : annulez, puis cherchez ailleurs.</Note>}>
      {({ slots }) => (
        <>
          <SelectField
            label="Nouveau créneau"
            isRequired
            choices={slots.map(({ id, start }) => ({ value: id, label: `${formatMoment(start, zone, present)}${isLate(start) ? ' (hors 48 h)' : ''}` }))}
            value={goal.slotId}
            onChange={(slotId) => onChange({ ...goal, slotId, late: isLate(slots.find(({ id }) => id === slotId)!.start) })}
          />
          {goal.late && <SelectField label="Motif du délai au-delà de 48 heures" isRequired choices={reasonChoices} value={goal.lateReason} onChange={(lateReason) => onChange({ ...goal, lateReason })} />}
        </>
      )}
    </QueryView>
  );
}
