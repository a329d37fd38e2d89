import { useState } from 'react';
import { Badge } from '../../../ui/badge.tsx';
import { Button, ButtonLink } from '../../../ui/button.tsx';
import { Section } from '../../../ui/frame.tsx';
import { formatPhone } from '../../../ui/phone.ts';
import { useApi } from '../../../ui/query.ts';
import { EmptyState, QueryView } from '../../../ui/states.tsx';
import { hoursInWords } from '../../../ui/week-hours.ts';
import { structureKindLabels, type StructureKind } from '../../directory/contract.ts';
import { type LinkedStructure, routes, statusLabels, type Via } from '../contract.ts';
import { History } from './history.tsx';
import { SettingsDialog } from './settings/settings-dialog.tsx';
import { Doctors } from './structures/doctors.tsx';
import { PlaceDialog } from './structures/place-dialog.tsx';
import { Weeks } from './weeks/weeks.tsx';
import { statusTones } from './words.ts';
import css from './participation.module.css';

const viaOf: Partial<Record<StructureKind, Via>> = { CPTS: 'cpts', MSP: 'msp', SOS: 'sos', CDS: 'cds' };
/** Those that owe hours themselves, for their doctors. */
export const owing: readonly StructureKind[] = ['SOS', 'CDS'];

/** « Vos structures liées »: those the person manages, with their settings, and those he belongs to. */
export function LinkedStructuresSection() {
  const query = useApi(routes.linkedStructures, {}, { topics: ['participation', 'directory'] });
  return (
    <Section title="Vos structures liées">
      <QueryView query={query} isEmpty={({ structures }) => structures.length === 0} empty={<EmptyState title="Aucune structure ne vous est liée"><p>L’annuaire ne vous rattache à aucune CPTS, MSP, association SOS Médecins ni centre de santé.</p></EmptyState>}>
        {({ structures }) => <div className={css.cards}>{structures.map((structure) => <StructureCard key={structure.id} structure={structure} />)}</div>}
      </QueryView>
    </Section>
  );
}

type Place = LinkedStructure['places'][number];
type Opened = 'doctors' | 'weeks' | 'history';
const openLabels: Record<Opened, string> = { doctors: 'Médecins et ETP', weeks: 'Semaines', history: 'Historique' };

function StructureCard({ structure }: { structure: LinkedStructure }) {
  const [editing, setEditing] = useState(false);
  const [open, setOpen] = useState<Opened | null>(null);
  const { id, kind, name, manages, status } = structure;
  const parts: readonly Opened[] = owing.includes(kind) ? ['doctors', 'weeks', 'history'] : ['doctors', 'history'];
  return (
    <article className={css.card} aria-label={name}>
      <header className={css.head}>
        <h3>{name}</h3>
        <Badge tone={status ? statusTones[status] : 'neutral'}>{status ? statusLabels[status] : 'Non déclarée'}</Badge>
      </header>
      <p className={css.soft}>{structureKindLabels[kind]}{structure.phone && `, ${formatPhone(structure.phone)}`}</p>
      <Places structure={structure} />
      {manages && <p className={css.soft}>Éditer pour déclarer ou modifier vos créneaux disponibles</p>}
      {manages && (
        <div className={css.actions}>
          <Button onPress={() => setEditing(true)}>éditer les paramètres</Button>
          <ButtonLink href={`/disponibilites?structure=${encodeURIComponent(id)}`}>éditer vos disponibilités</ButtonLink>
          {parts.map((part) => <Button key={part} look="quiet" aria-expanded={open === part} onPress={() => setOpen(open === part ? null : part)}>{openLabels[part]}</Button>)}
        </div>
      )}
      {open === 'doctors' && <Doctors structureId={id} owing={owing.includes(kind)} />}
      {open === 'weeks' && <Weeks subject={{ structureId: id }} />}
      {open === 'history' && <History subject={{ structureId: id }} />}
      {editing && <StructureSettings structure={structure} onClose={() => setEditing(false)} />}
    </article>
  );
}

/** Each place with its address, phone and hours; the structure's own address when it has no other. */
function Places({ structure }: { structure: LinkedStructure }) {
  const [edited, setEdited] = useState<Place | null>(null);
  const { name, address, postcode, city, phone, hours, manages } = structure;
  const own = structure.places.length > 0;
  const places = own ? structure.places : [{ id: structure.id, name, address, postcode, city, phone, hours }];
  return (
    <>
      <ul className={css.places} aria-label="Lieux de consultation">
        {places.map((place) => (
          <li key={place.id}>
            <div>
              <strong>{place.name}</strong>
              <span className={css.soft}>Adresse : {place.address}, {place.postcode} {place.city}</span>
              {place.phone && <span className={css.soft}>Téléphone : {formatPhone(place.phone)}</span>}
              <span className={css.soft}>Horaires de consultation : {hoursInWords(place.hours.length > 0 ? place.hours : hours, 'non renseignés')}</span>
            </div>
            {manages && own && <Button small look="quiet" aria-label={`éditer le lieu ${place.name}`} onPress={() => setEdited(place)}>éditer</Button>}
          </li>
        ))}
      </ul>
      {edited && <PlaceDialog structure={structure} place={edited} onClose={() => setEdited(null)} />}
    </>
  );
}

function StructureSettings({ structure: { id, kind }, onClose }: { structure: LinkedStructure; onClose: () => void }) {
  const query = useApi(routes.participation, { query: { structureId: id } });
  if (!query.data) return null;
  return <SettingsDialog subject={{ structureId: id }} overview={query.data} kind={viaOf[kind] ?? null} onClose={onClose} />;
}
