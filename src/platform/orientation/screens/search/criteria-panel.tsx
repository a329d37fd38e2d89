import { useState, type Ref } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { cx } from '../../../../ui/class-names.ts';
import { ComboField, type Option } from '../../../../ui/combo-field.tsx';
import { call } from '../../../../ui/api.ts';
import { ChoicesField, NumberField, SegmentField, SwitchField } from '../../../../ui/field.tsx';
import { PersonIcon, PinIcon, SearchIcon } from '../../../../ui/icons.tsx';
import { routes as territory, type Location } from '../../../../territory/contract.ts';
import { modalitySchema } from '../../../availability/contract.ts';
import { routes as directory } from '../../../directory/contract.ts';
import type { SearchAnswer } from '../../contract.ts';
import { DEFAULT_SPECIALTY, windowLabels, windows, type Criteria, type Memory } from './criteria.ts';
import { modalityIcons, modalityWords } from './modality.tsx';
import css from './criteria-panel.module.css';

interface PlaceOption extends Option {
  readonly location?: Location;
}

const kindLabels: Record<Location['kind'], string> = { address: 'adresse', commune: 'commune', postcode: 'code postal', department: 'département' };
const windowChoices = windows.map((value) => ({ value, label: windowLabels[value] }));
const modalityChoices = modalitySchema.options.map((value) => ({ value, label: modalityWords[value], icon: modalityIcons[value] }));

export interface CriteriaPanelProps {
  readonly criteria: Criteria;
  readonly memory: Memory;
  readonly answer: SearchAnswer | null;
  /** Name of the usual doctor, once the search has found him. */
  readonly usualDoctorName: string | null;
  readonly onChange: (next: Partial<Criteria>, remember?: Partial<Memory>) => void;
  readonly onSearch: () => void;
  readonly placeRef: Ref<HTMLInputElement>;
}

/** What, where, when, how: each choice searches at once. */
export function CriteriaPanel({ criteria, memory, answer, usualDoctorName, onChange, onSearch, placeRef }: CriteriaPanelProps) {
  const [open, setOpen] = useState(false);
  const specialty = criteria.specialty === DEFAULT_SPECIALTY.code ? DEFAULT_SPECIALTY.label : (criteria.specialtyName ?? criteria.specialty);
  const place = memory.precise?.label ?? criteria.place ?? answer?.location.label;
  const usualDoctor = criteria.usualDoctor && { key: criteria.usualDoctor, label: usualDoctorName ?? memory.usualDoctorName ?? `RPPS ${criteria.usualDoctor}` };

  return (
    <form
      className={cx(css.panel, !open && css.folded)}
      aria-label="Critères de recherche"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        setOpen(false);
        onSearch();
      }}
    >
      <Button className={css.fold!} wide aria-expanded={open} onPress={() => setOpen(!open)}>
        <SearchIcon /> {specialty} · {place ?? 'choisir un lieu'} · {windowLabels[criteria.window]}
      </Button>
      <div className={css.fields}>
        <ComboField<PlaceOption>
          label="Où"
          source="locations"
          inputRef={placeRef}
          placeholder="Adresse, commune, code postal"
          value={place ? { key: criteria.insee ?? place, label: place } : null}
          load={loadPlaces}
          onChange={(option) => onChange(...placeChange(option))}
        />
        <NumberField
          label="Rayon" unit="km" inline minValue={1} maxValue={200}
          value={criteria.radius ?? answer?.location.radiusKm ?? NaN}
          onChange={(radius) => Number.isFinite(radius) && radius !== answer?.location.radiusKm && onChange({ radius })}
        />
        <ComboField
          label="Quoi"
          source="specialties"
          value={{ key: criteria.specialty, label: specialty }}
          load={loadSpecialties}
          onChange={(option) => onChange(option ? { specialty: option.key, specialtyName: option.label } : { specialty: DEFAULT_SPECIALTY.code, specialtyName: undefined })}
        />
        <SegmentField label="Quand" choices={windowChoices} value={criteria.window} onChange={(window) => onChange({ window })} />
        <ChoicesField label="Comment" choices={modalityChoices} value={criteria.modality ?? []} onChange={(modality) => onChange({ modality: modality.length > 0 ? modality : undefined })} />
        <ComboField
          label="Médecin traitant"
          source="doctors"
          placeholder="Nom ou n° RPPS"
          value={usualDoctor || null}
          help={criteria.usualDoctor && answer && answer.usualDoctor.status !== 'not-given' ? answer.usualDoctor.message : undefined}
          load={loadDoctors}
          onChange={(option) => onChange({ usualDoctor: option?.key }, { usualDoctorName: option?.label })}
        />
        <div className={css.switches}>
          <SwitchField label="En sus des disponibilités" isSelected={criteria.enSus === '1'} onChange={(on) => onChange({ enSus: on ? '1' : undefined })} />
          <SwitchField label="Participants au SAS seulement" isSelected={criteria.participating === '1'} onChange={(on) => onChange({ participating: on ? '1' : undefined })} />
          <SwitchField label="Avec créneaux seulement" isSelected={criteria.withSlots === '1'} onChange={(on) => onChange({ withSlots: on ? '1' : undefined })} />
        </div>
      </div>
      <div className={css.action}>
        <Button type="submit" look="main" wide isDisabled={!place}><SearchIcon /> Chercher</Button>
      </div>
    </form>
  );
}

/** A precise address stays in the tab's memory; only its commune is written in the address bar. */
export function placeChange(option: PlaceOption | null): [Partial<Criteria>, Partial<Memory>] {
  const location = option?.location;
  if (!location) return [{ place: undefined, insee: undefined, radius: undefined }, { precise: undefined }];
  const { label, lat, lon, insee, city, kind } = location;
  const shown = kind === 'address' ? city : label;
  return [{ place: shown, insee: insee ?? undefined, radius: undefined }, { precise: kind === 'address' ? { label, lat, lon } : undefined }];
}

async function loadPlaces(q: string, signal: AbortSignal): Promise<PlaceOption[]> {
  const { locations } = await call(territory.locate, { query: { q, limit: 8 }, signal });
  return locations.map((location, at) => ({
    key: `${at}:${location.label}`, label: location.label, location, icon: <PinIcon />,
    detail: [kindLabels[location.kind], location.postcode, location.department].filter(Boolean).join(' · '),
  }));
}

async function loadSpecialties(q: string, signal: AbortSignal): Promise<Option[]> {
  const { suggestions } = await call(directory.suggest, { query: { q, limit: 12 }, signal });
  return suggestions.filter(({ kind }) => kind === 'specialty').map(({ code, label, detail }) => ({ key: code, label, detail }));
}

async function loadDoctors(q: string, signal: AbortSignal): Promise<Option[]> {
  const { professionals } = await call(directory.findProfessionals, { query: { q, limit: 20 }, signal });
  if (professionals.length === 0 && /^\d{11}$/.test(q)) return [{ key: q, label: `RPPS ${q}`, icon: <PersonIcon /> }];
  const byId = new Map(professionals.map((professional) => [professional.nationalId, professional]));
  return [...byId.values()].map(({ nationalId, rpps, lastName, firstName, specialties, place }) => ({
    key: rpps ?? nationalId, label: `${lastName.toLocaleUpperCase('fr')} ${firstName}`, icon: <PersonIcon />,
    detail: [specialties[0]?.label, place.city].filter(Boolean).join(' · '),
  }));
}
