import { Navigate } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ApiProblem, call } from '../../../../ui/api.ts';
import { EmptyState, Loading, ProblemState } from '../../../../ui/states.tsx';
import { ButtonLink } from '../../../../ui/button.tsx';
import { parseSearch } from '../../../../ui/url.ts';
import { routes as territory } from '../../../../territory/contract.ts';
import { routes as directory } from '../../../directory/contract.ts';
import { placeChange } from './criteria-panel.tsx';
import type { Criteria, Memory } from './criteria.ts';
import { MEMORY } from './use-criteria.ts';
import { readLrmLink, type LrmLink } from './lrm-link.ts';

interface Prepared {
  readonly criteria: Partial<Criteria>;
  readonly memory: Memory;
}

/**
 * INT_L01: a regulation software opens the search with what it knows. The address it gives is located, then leaves the
 * address bar: it could be a patient's.
 */
export default function LrmEntryScreen() {
  const link = useMemo(() => readLrmLink(parseSearch(window.location.search)), []);
  const { data, error, refetch } = useQuery<Prepared, ApiProblem>({ queryKey: ['lrm-link', link], queryFn: () => prepare(link), staleTime: 0, gcTime: 0 });

  if (!link.origin) {
    return (
      <EmptyState title="Lien d’appel incomplet" tone="bad" page action={<ButtonLink href="/recherche">Ouvrir une recherche vide</ButtonLink>}>
        <p>Le logiciel de régulation n’a pas dit qui il est (paramètre « origin »). Signalez-le à son support ; vous pouvez chercher à la main.</p>
      </EmptyState>
    );
  }
  if (error) return <ProblemState problem={error} page onRetry={() => void refetch()} />;
  if (!data) return <Loading lines={8} label="Ouverture de la recherche demandée" />;
  return <Navigate to={'/recherche' as string} search={data.criteria as never} state={{ [MEMORY]: data.memory } as never} replace />;
}

async function prepare(link: LrmLink): Promise<Prepared> {
  const [place, specialty, doctor] = await Promise.all([placeOf(link), specialtyOf(link.specialty), doctorOf(link.usualDoctor)]);
  return {
    criteria: { ...place.criteria, ...specialty.criteria, ...doctor.criteria, origin: link.origin ?? undefined },
    // What could not be understood of the link is said; the search starts all the same.
    memory: { ...place.memory, ...doctor.memory, messages: [place.message, specialty.message, doctor.message].filter((message) => message !== undefined) },
  };
}

interface Part {
  readonly criteria?: Partial<Criteria>;
  readonly memory?: Partial<Memory>;
  readonly message?: string;
}

async function placeOf({ address, insee }: LrmLink): Promise<Part> {
  if (!address) return insee ? { criteria: { insee, place: insee } } : { message: 'Aucune adresse exploitable dans l’appel : indiquez le lieu.' };
  const { locations } = await call(territory.locate, { query: { q: address, limit: 8 } });
  const location = locations.find((candidate) => insee && candidate.insee === insee) ?? locations[0];
  if (!location) return insee ? { criteria: { insee, place: insee } } : { message: 'L’adresse de l’appel n’a pas été trouvée : indiquez le lieu.' };
  const [criteria, memory] = placeChange({ key: location.label, label: location.label, location });
  return { criteria, memory };
}

async function specialtyOf(specialty: LrmLink['specialty']): Promise<Part> {
  if (!specialty) return {};
  if ('code' in specialty) {
    const label = await call(directory.suggest, { query: { q: specialty.code, limit: 1 } }).then(({ suggestions }) => suggestions.find(({ code }) => code === specialty.code)?.label);
    return { criteria: { specialty: specialty.code, specialtyName: label } };
  }
  const { suggestions } = await call(directory.suggest, { query: { q: specialty.words, limit: 10 } });
  const found = suggestions.find(({ kind }) => kind === 'specialty');
  if (!found) return { message: `Spécialité « ${specialty.words} » non reconnue : recherche en médecine générale.` };
  return { criteria: { specialty: found.code, specialtyName: found.label } };
}

async function doctorOf(doctor: LrmLink['usualDoctor']): Promise<Part> {
  if (doctor === null) return { message: 'Médecin traitant non transmis par le logiciel de régulation.' };
  const unknown = { message: 'Le médecin traitant transmis n’a pas pu être identifié.' };
  if (doctor === 'unreadable') return unknown;
  // The search itself knows this number or says that it does not.
  if ('rpps' in doctor) return { criteria: { usualDoctor: doctor.rpps } };
  const { professionals } = await call(directory.findProfessionals, { query: { q: doctor.name, limit: 20 } });
  const found = professionals.filter(({ rpps }) => rpps !== null);
  const [first] = found;
  if (!first || found.some(({ rpps }) => rpps !== first.rpps)) return unknown;
  return { criteria: { usualDoctor: first.rpps! }, memory: { usualDoctorName: `${first.lastName.toLocaleUpperCase('fr')} ${first.firstName}` } };
}
