import { formatDuration } from '../../../../ui/time.ts';
import type { CareLevel, Dossier, DossierState, Filiere, Priority, Step } from '../../contract.ts';

export const priorityWords: Record<Priority, string> = {
  P0: 'P0 : urgence vitale, tout de suite', P1: 'P1 : régulation immédiate', P2: 'P2 : régulation rapide', P3: 'P3 : peut attendre', NR: 'Non régulé par un médecin',
};

export const filiereWords: Record<Filiere, string> = {
  AMU: 'AMU', SNP: 'SNP', PSY: 'Psychiatrie', NEONAT: 'Néonatalogie', PED: 'Pédiatrie', DAC: 'Coordination (DAC)', GERIA: 'Gériatrie', DENT: 'Dentaire',
  TOXICO: 'Toxicologie', PERINAT: 'Périnatalité', IDEL: 'Infirmiers',
};

const stepWords: Record<Step, string> = {
  OUVERT: 'Ouvert', QUALIFIE: 'Qualifié', P0_ENGAGE: 'P0 engagé', ATTENTE_N2: 'Attend le second niveau', EN_COURS_N2: 'Au second niveau', ATTENTE_MR: 'Attend un médecin',
  REPORTE: 'Rappel convenu', EN_REGULATION: 'En régulation', A_VALIDER_MR: 'À valider', DECIDE: 'Décidé', EN_EXECUTION: 'En exécution', EN_SUIVI: 'En suivi',
};
const stateWords: Record<DossierState, string> = {
  PROGRAM: 'Programmé', ACTIF: 'Actif', ACHEVE: 'Achevé', VALIDE: 'Validé', CLOTURE: 'Clôturé', CLASSE: 'Classé', ARCHIVE: 'Archivé',
};

/** Where a dossier stands, in words. */
export const placeWords = ({ state, step }: Pick<Dossier, 'state' | 'step'>): string => (step ? stepWords[step] : stateWords[state]);

export const careLevelWords: Record<CareLevel, string> = {
  R1: 'R1 : détresse vitale', R2: 'R2 : urgence vraie', R3: 'R3 : urgence relative', R4: 'R4 : conseil, soins non urgents',
};

const meansNames: Record<string, string> = { 'SMUR.VLM': 'SMUR', 'TSU.AMB': 'Ambulance', 'SIS.VSAV': 'VSAV' };
/** A national vehicle code as people of the room say it. */
export const meansWords = (type: string): string => meansNames[type] ?? type;

const meansStatusNames: Record<string, string> = {
  DECISION: 'décidé', DECLENCHE: 'déclenché', DEPART: 'parti', ARRIVEE: 'sur place', PEC: 'prend en charge', BILAN: 'bilan passé', ORIENTAT: 'orienté', TRANSP: 'transporte',
  DESTIN: 'à destination', FINPEC: 'fin de prise en charge', RETOUR: 'rentre', 'RET-BASE': 'à la base', 'REN-BASE': 'rendu disponible', ANNULE: 'annulé',
};
export const meansStatusWords = (status: string): string => meansStatusNames[status] ?? status;

export const appointmentStatusWords: Record<string, string> = {
  booked: 'pris', confirmed: 'confirmé', pending: 'en attente', fulfilled: 'honoré', arrived: 'patient arrivé', noshow: 'patient non venu', cancelled: 'annulé',
};

export const usualDoctorWords: Record<Dossier['patient']['usualDoctorContact'], string> = {
  contacte: 'Contacté', indisponible: 'Indisponible', 'sans-mt': 'Sans médecin traitant', 'non-demande': 'Pas encore demandé',
};

/** `F 34 ans`, `3 ans`; empty when nothing is known. */
export function personWords({ sex, age }: Pick<Dossier['patient'], 'sex' | 'age'>): string {
  return [sex === 'I' ? '' : sex, age === null ? '' : `${age} an${age > 1 ? 's' : ''}`].filter(Boolean).join(' ');
}

/** `DUPONT Marie`; empty when nobody said who it is. */
export const nameWords = ({ lastName, firstName }: Pick<Dossier['patient'], 'lastName' | 'firstName'>): string => [lastName.toUpperCase(), firstName].filter(Boolean).join(' ');

/** The place on one line; says that it is unknown, and why. */
export function locationWords(location: Dossier['location']): string {
  if (!location) return '';
  if (location.unknownReason) return `Lieu introuvable : ${location.unknownReason}`;
  const said = [location.address, location.city].filter(Boolean).join(', ');
  if (said) return said;
  return location.lat !== null && location.lon !== null ? `${location.lat.toFixed(4)} ; ${location.lon.toFixed(4)}` : '';
}

/** `2:07` until `fineUntil` milliseconds, then `12 min`, `1 h 05`. */
export function formatStopwatch(milliseconds: number, fineUntil: number): string {
  if (milliseconds >= fineUntil) return formatDuration(milliseconds);
  const seconds = Math.floor(milliseconds / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** The last digits of a national number, enough to tell dossiers of one day apart: `DRFR15862632600042` gives `00042`. */
export const shortNumber = (number: string): string => number.slice(-5);
