import type { holidaySets, Territory } from '../../contract.ts';

export const statusLabels: Record<Territory['status'], string> = {
  EN_PROJET: 'En projet',
  LETTRE_INTENTION: 'Lettre d’intention',
  CONVENTION: 'Convention signée',
  LANCE: 'Lancé',
  NOMINAL: 'En service',
};

export const holidayLabels: Record<(typeof holidaySets)[number], string> = {
  metropole: 'France métropolitaine',
  'alsace-moselle': 'Alsace-Moselle',
  guadeloupe: 'Guadeloupe',
  martinique: 'Martinique',
  guyane: 'Guyane',
  reunion: 'La Réunion',
  mayotte: 'Mayotte',
};

const zoneNames: Readonly<Record<string, string>> = {
  'Europe/Paris': 'Paris',
  'America/Guadeloupe': 'Guadeloupe',
  'America/Martinique': 'Martinique',
  'America/Cayenne': 'Guyane',
  'America/Miquelon': 'Saint-Pierre-et-Miquelon',
  'Indian/Reunion': 'La Réunion',
  'Indian/Mayotte': 'Mayotte',
  'Pacific/Noumea': 'Nouvelle-Calédonie',
  'Pacific/Tahiti': 'Tahiti',
};

/** The time zones of France, and the present one when it is another. */
export const zoneChoices = (present: string): { value: string; label: string }[] =>
  [...new Set([...Object.keys(zoneNames), present])].map((value) => ({ value, label: zoneNames[value] ? `Heure de ${zoneNames[value]}` : value }));

/** Departments as people type them, `86, 2a`, as codes. */
export const departmentsOf = (text: string): string[] => [...new Set(text.toUpperCase().split(/[^0-9A-Z]+/).filter(Boolean))];
