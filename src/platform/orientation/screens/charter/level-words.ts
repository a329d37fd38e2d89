import type { StructureKind } from '../../../directory/contract.ts';
import type { Via } from '../../../participation/contract.ts';
import type { CharterLevel } from '../../contract.ts';

type Match = CharterLevel['match'];

const viaWords: Record<Via, string> = {
  individual: 'à titre individuel', cpts: 'via leur CPTS', msp: 'via leur maison de santé', sos: 'via SOS Médecins', cds: 'avec leur centre de santé',
};

const kindWords: Record<StructureKind, string> = {
  CPTS: 'une CPTS', MSP: 'une maison de santé', CDS: 'un centre de santé', SOS: 'SOS Médecins', CSNP: 'un centre de soins non programmés',
  MMG: 'une maison médicale de garde', SU: 'un service d’urgence', ES: 'un établissement de santé', HOPITAL_PROXIMITE: 'un hôpital de proximité',
  PHARMACIE: 'une pharmacie',
};

/** Kinds of structures that a level can name: those that receive patients for the SAS. */
export const levelStructureKinds = ['CPTS', 'MSP', 'CDS', 'SOS', 'CSNP', 'MMG', 'HOPITAL_PROXIMITE'] as const satisfies readonly StructureKind[];

/** Whom a level takes, in one sentence. */
export function levelInWords({ via, structureKinds, sameCommune, withinKm, participating }: Match): string {
  const parts = [
    ...(via?.length ? [`qui participent ${either(via.map((one) => viaWords[one]))}`] : []),
    ...(structureKinds?.length ? [`rattachés ${either(structureKinds.map((kind) => `à ${kindWords[kind]}`))}`] : []),
    ...(participating === true && !via?.length ? ['qui participent au SAS'] : participating === false ? ['qui ne participent pas au SAS'] : []),
    ...(sameCommune === true ? ['dans la commune du patient'] : sameCommune === false ? ['hors de la commune du patient'] : []),
    ...(withinKm ? [`à ${String(withinKm).replace('.', ',')} km au plus`] : []),
  ];
  return parts.length === 0 ? 'Tous les effecteurs restants.' : `Les effecteurs ${listed(parts)}.`;
}

const either = (words: readonly string[]) => joined(words, ' ou ');
const listed = (words: readonly string[]) => joined(words, ' et ');
const joined = (words: readonly string[], last: string) => (words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')}${last}${words.at(-1)}`);
