import type { Dossier } from '../../contract.ts';

type Place = NonNullable<Dossier['location']>;
const nowhere: Place = { address: '', city: '', insee: null, lat: null, lon: null, details: '', unknownReason: null };

/** A place with one part written by hand: coordinates and commune code of another address would mislead, so they go. */
export function changedPlace(place: Place | null, part: 'address' | 'city' | 'details', text: string): Place {
  const known = { ...(place ?? nowhere), [part]: text };
  if (part === 'details') return known;
  return { ...known, lat: null, lon: null, unknownReason: null, insee: part === 'city' ? null : known.insee };
}
