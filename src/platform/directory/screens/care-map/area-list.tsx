import { Badge } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { cx } from '../../../../ui/class-names.ts';
import { GROUPS } from '../../../../ui/outline-style.ts';
import type { OrganisedArea } from '../../contract.ts';
import { hoursInWords } from '../structures/hours.ts';
import css from './care-map.module.css';

export interface ListedCommune {
  readonly insee: string;
  readonly name: string;
  readonly lat: number;
  readonly lon: number;
  readonly population: number | null;
  readonly contour: unknown;
}

const kindLabels = { pdsa: 'secteur de permanence des soins', none: 'personne n’organise' } as const;
/** The shapes of the map, as characters: `outline-images.ts` draws them in the same order. */
const marks = ['●', '■', '▲', '◆', '✚', '▼'];
const channels: Readonly<Record<string, string>> = { phone: 'par téléphone', web: 'par sa messagerie en ligne' };

/** One card an area: everything that the map shows, and what it cannot. */
export function AreaList({ areas, communes, selected, onSelect }: {
  areas: readonly OrganisedArea[]; communes: readonly ListedCommune[]; selected: string | null; onSelect: (id: string | null) => void;
}) {
  const names = new Map(communes.map(({ insee, name }) => [insee, name]));
  return (
    <ul className={css.areas} aria-label="CPTS et secteurs">
      {areas.map((area, at) => (
        <li key={area.id} className={cx(css.area, selected === area.id && css.chosen)}>
          <h2>
            {area.kind !== 'none' && <span className={css.mark} style={{ color: `var(--group-${(at % GROUPS) + 1})` }} aria-hidden="true">{marks[at % GROUPS]}</span>}
            {area.name}
            {area.kind !== 'cpts' && <Badge>{kindLabels[area.kind]}</Badge>}
          </h2>
          <How area={area} />
          <details>
            <summary>{area.communes.length} commune{area.communes.length > 1 ? 's' : ''}</summary>
            <p>{area.communes.map((insee) => names.get(insee) ?? insee).sort((a, b) => a.localeCompare(b, 'fr')).join(', ')}</p>
          </details>
          <div><Button small look="quiet" onPress={() => onSelect(selected === area.id ? null : area.id)}>{selected === area.id ? 'Revoir tout le territoire' : 'Voir sur la carte'}</Button></div>
        </li>
      ))}
    </ul>
  );
}

function How({ area: { kind, participants, contactChannel, hours, onCall } }: { area: OrganisedArea }) {
  const enSus = participants.reduce((sum, one) => sum + one.enSus, 0);
  return (
    <dl className={css.how}>
      <div><dt>Participants</dt><dd>{participants.length === 0 ? 'aucun' : participants.map(({ mode, count }) => `${count} ${mode}`).join(', ')}{enSus > 0 && ` ; ${enSus} acceptent en sus`}</dd></div>
      {kind === 'cpts' && <div><dt>Se sollicite</dt><dd>{contactChannel ? (channels[contactChannel] ?? contactChannel) : 'pas encore identifiée au SAS'}</dd></div>}
      {kind === 'cpts' && <div><dt>Horaires</dt><dd>{hoursInWords(hours) || 'non renseignés'}</dd></div>}
      {onCall && <div><dt>En sus</dt><dd>{onCall}</dd></div>}
    </dl>
  );
}
