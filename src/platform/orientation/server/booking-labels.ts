import { LRUCache } from 'lru-cache';
import { AppError, ruleBroken } from '../../../foundation/errors.ts';
import type { Directory } from '../../directory/server/index.ts';
import type { StructureKind } from '../../directory/contract.ts';
import type { Orientation } from '../contract.ts';

/** What the dashboard shows of those who receive, as the directory has it at the time of the orientation. */
export interface Labels {
  readonly label: string;
  readonly placeLabel: string;
  readonly specialty: string | null;
  readonly category: Orientation['category'];
  /** Commune of the place. */
  readonly insee: string | null;
  /** False when the directory knows neither the professional nor the structure. */
  readonly known: boolean;
}

/** Whom labels are about. */
export interface Subject {
  readonly nationalId: string | null;
  readonly structureId: string | null;
  readonly placeId: string | null;
}

export type LabelDirectory = Pick<Directory, 'placesOf' | 'structure' | 'names' | 'membershipsOf'>;

const categories: Partial<Record<StructureKind, Orientation['category']>> = { CPTS: 'CPTS', MSP: 'MSP', CDS: 'CDS', SOS: 'SOS' };
/** A corrected name shows within a minute. */
const FRESH_MS = 60_000;

export const fullName = ({ lastName, firstName }: { lastName: string; firstName: string }): string => `${lastName} ${firstName}`;

function nullWhenUnknown(error: unknown): null {
  if (error instanceof AppError && error.family === 'not-found') return null;
  throw error;
}

/** Reads who receives in the directory, kept a minute: a range is booked many times in a row. */
export function createLabels(directory: LabelDirectory) {
  const cache = new LRUCache<string, Labels>({ max: 5_000, ttl: FRESH_MS });

  async function look({ nationalId, structureId, placeId }: Subject): Promise<Labels> {
    const [places, structure] = await Promise.all([
      nationalId ? directory.placesOf(nationalId) : [],
      structureId ? directory.structure(structureId).catch(nullWhenUnknown) : null,
    ]);
    const here = places.find(({ place }) => place.id === placeId) ?? places[0];
    const place = structure?.places.find(({ id }) => id === placeId) ?? here?.place ?? structure;
    return {
      label: here ? fullName(here) : (structure?.name ?? nationalId ?? structureId ?? ''),
      placeLabel: place ? `${place.name}, ${place.city}` : '',
      specialty: here?.specialties[0]?.code ?? null,
      category: (structure && categories[structure.kind]) ?? 'PS',
      insee: place?.insee ?? null,
      known: here !== undefined || structure !== null,
    };
  }

  const keyOf = ({ nationalId, structureId, placeId }: Subject) => `${nationalId}|${structureId}|${placeId}`;

  return {
    async of(subject: Subject): Promise<Labels> {
      const known = cache.get(keyOf(subject));
      if (known) return known;
      const labels = await look(subject);
      cache.set(keyOf(subject), labels);
      return labels;
    },

    /** What is in memory, without asking the directory: for use while a transaction holds a connection. */
    known: (subject: Subject): Labels | null => cache.get(keyOf(subject)) ?? null,

    /** Name of a professional; null when the directory does not know him. */
    async nameOf(nationalId: string): Promise<{ label: string; specialty: string | null } | null> {
      const name = (await directory.names([nationalId])).get(nationalId);
      return name ? { label: fullName(name), specialty: name.specialty } : null;
    },

    /** A professional and the structures he belongs to. @throws rule `professional-unknown` */
    async member(nationalId: string): Promise<Member> {
      const [name, memberships] = await Promise.all([this.nameOf(nationalId), directory.membershipsOf([nationalId])]);
      if (!name) throw refusedName('professional-unknown', "Ce professionnel n'est pas dans l'annuaire.");
      return { nationalId, ...name, structureIds: (memberships.get(nationalId) ?? []).map((membership) => membership.structureId) };
    },
  };
}

/** A professional who may be named to receive. */
export interface Member {
  readonly nationalId: string;
  readonly label: string;
  readonly specialty: string | null;
  readonly structureIds: readonly string[];
}

const refusedName = (code: string, message: string) => ruleBroken(code, `${message} Rien n'a été modifié.`, [{ path: 'nationalId', message }]);

/** What naming a professional changes. @throws rule `professional-not-member` when the structure asked is not his */
export function namedFor(member: Member, structureId: string | null): Pick<Member, 'nationalId' | 'label' | 'specialty'> {
  if (structureId === null || !member.structureIds.includes(structureId)) {
    throw refusedName('professional-not-member', "Ce professionnel n'est pas membre de la structure sollicitée.");
  }
  const { nationalId, label, specialty } = member;
  return { nationalId, label, specialty };
}

export type LabelReader = ReturnType<typeof createLabels>;
