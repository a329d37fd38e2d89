// National codes (HubSante nomenclatures), kept as they are so that a dossier is exported without translation.

export const dossierTypes = ['D', 'DR', 'DRM'] as const;
export const dossierStates = ['PROGRAM', 'ACTIF', 'ACHEVE', 'VALIDE', 'CLOTURE', 'CLASSE', 'ARCHIVE'] as const;
/** Steps inside ACTIF (requirements 6.2): ours, not national. */
export const steps = [
  'OUVERT', 'QUALIFIE', 'P0_ENGAGE', 'ATTENTE_N2', 'EN_COURS_N2', 'ATTENTE_MR', 'REPORTE', 'EN_REGULATION', 'A_VALIDER_MR', 'DECIDE',
  'EN_EXECUTION', 'EN_SUIVI',
] as const;
/** AMU, SNP, PSY and NEONAT are national; the others are local and switched on by territory. */
export const filieres = ['AMU', 'SNP', 'PSY', 'NEONAT', 'PED', 'DAC', 'GERIA', 'DENT', 'TOXICO', 'PERINAT', 'IDEL'] as const;
/** The most urgent first; `NR`: no medical regulation. */
export const priorities = ['P0', 'P1', 'P2', 'P3', 'NR'] as const;
export const careLevels = ['R1', 'R2', 'R3', 'R4'] as const;

/** Why it is hard to speak with the caller (HubSante.communication). */
export const communicationDifficulties = ['AUCUNE', 'MUET', 'VISION', 'LANGUE', 'PANIQUE', 'HOSTILE', 'AGITE', 'AUTRE', 'IMPOSS'] as const;

export type CommunicationDifficulty = (typeof communicationDifficulties)[number];
export type DossierType = (typeof dossierTypes)[number];
export type DossierState = (typeof dossierStates)[number];
export type Step = (typeof steps)[number];
export type Filiere = (typeof filieres)[number];
export type Priority = (typeof priorities)[number];
export type CareLevel = (typeof careLevels)[number];

/** Catalogue of responses (REG-12). */
export const decisionTypes = [
  'CONSEIL', 'ALLER_SU', 'PMT', 'CONSULTATION', 'VISITE', 'TELECONSULTATION', 'MEDECIN_TRAITANT', 'SMUR', 'AMBULANCE', 'VSAV', 'ES_HORS_SU', 'SU',
  'SOINS_VILLE_SAS', 'LAISSE_SUR_PLACE', 'PHARMACIE', 'INFORMATION', 'PASPLUS',
] as const;
export type DecisionType = (typeof decisionTypes)[number];

export type NationalDecision = 'CONSEIL' | 'PMT' | 'INTER' | 'ORIENT' | 'PASPLUS';

export interface DecisionKind {
  /** HubSante.typeDecision; null: information that is no medical decision there. */
  readonly national: NationalDecision | null;
  /** Code of the vehicle engaged (HubSante.typeVecteur). */
  readonly means?: string;
  /** Whose queue carries it out; done as soon as it is said when absent. */
  readonly executor?: 'arm' | 'osnp' | 'doctor';
}

export const decisionKinds: Readonly<Record<DecisionType, DecisionKind>> = {
  CONSEIL: { national: 'CONSEIL' },
  ALLER_SU: { national: 'ORIENT' },
  PMT: { national: 'PMT', executor: 'doctor' },
  CONSULTATION: { national: 'ORIENT', executor: 'osnp' },
  VISITE: { national: 'INTER', executor: 'osnp' },
  TELECONSULTATION: { national: 'ORIENT', executor: 'osnp' },
  MEDECIN_TRAITANT: { national: 'ORIENT' },
  SMUR: { national: 'INTER', means: 'SMUR.VLM', executor: 'arm' },
  AMBULANCE: { national: 'INTER', means: 'TSU.AMB', executor: 'arm' },
  VSAV: { national: 'INTER', means: 'SIS.VSAV', executor: 'arm' },
  ES_HORS_SU: { national: 'ORIENT' },
  SU: { national: 'ORIENT' },
  SOINS_VILLE_SAS: { national: 'ORIENT', executor: 'osnp' },
  LAISSE_SUR_PLACE: { national: 'ORIENT' },
  PHARMACIE: { national: null },
  INFORMATION: { national: null },
  PASPLUS: { national: 'PASPLUS' },
};

/** Calls that are no dossier de régulation (REG-18). */
export const dCodes = [
  'D.D-MALV.ERR', 'D.D-MALV.NRP', 'D.D-MALV.MALV', 'D.D-MALV.FAX', 'D.D-MALV.ITERATIF', 'D.D-IDENT.ADMIN', 'D.D-IDENT.PERSO', 'D.D-IDENT.AUTRE',
] as const;
/** Dossiers answered without a medical act. */
export const drCodes = [
  'DR.DREG.DRARM', 'DR.DREG.DRDAC', 'DR.DREG.DRMED', 'DR.DREG.DRPHARMA', 'DR.DREG.DRDENT', 'DR.DREG.DRINFO', 'DR.DREG.DOS-SIS', 'DR.DREG.DOS-FDO',
] as const;
export const crisisCodes = ['DRM.MRU.SSE', 'DRM.MRU.PLANBLAN', 'DRM.MRU.PCSAMU'] as const;
export const substitutions = ['INDISPMU', 'INDISPMG', 'ABSML'] as const;

export type DCode = (typeof dCodes)[number];
export type DrCode = (typeof drCodes)[number];
export type Substitution = (typeof substitutions)[number];

/** Attribution of an act regulated by the filière's own doctors. */
export const attributionOf: Readonly<Record<Filiere, string>> = {
  AMU: 'DRM.MRU.MU', SNP: 'DRM.MRL.MG', PSY: 'DRM.SPE.PSY', NEONAT: 'DRM.SPE.OBST', PED: 'DRM.SPE.PEDIA', DAC: 'DRM.SPE.AUTRESPE',
  GERIA: 'DRM.SPE.GERIA', DENT: 'DRM.SPE.DENT', TOXICO: 'DRM.SPE.TOXICOL', PERINAT: 'DRM.SPE.OBST', IDEL: 'DRM.SPE.AUTRESPE',
};

/** Attribution of an act regulated by somebody else's doctor, with the filière where each code makes sense. */
export const substitutionOf: Readonly<Record<Substitution, { readonly filiere: Filiere; readonly attribution: string }>> = {
  INDISPMU: { filiere: 'AMU', attribution: 'DRM.MRU.INDISPMU' },
  INDISPMG: { filiere: 'SNP', attribution: 'DRM.MRL.INDISPMG' },
  ABSML: { filiere: 'SNP', attribution: 'DRM.MRL.ABSML' },
};

/** Statuses of a means in their order (HubSante.statutVecteur); `ANNULE` stands apart. */
export const meansStatuses = [
  'DECISION', 'DECLENCHE', 'DEPART', 'ARRIVEE', 'PEC', 'BILAN', 'ORIENTAT', 'TRANSP', 'ETAPE1', 'TRANSP2', 'ETAPE2', 'TRANSP3', 'DESTIN', 'FINPEC',
  'RETOUR', 'RET-BASE', 'REN-BASE',
] as const;
export type MeansStatus = (typeof meansStatuses)[number] | 'ANNULE';

/** Patient no longer in this means' charge. */
export const freesPatient = (status: string): boolean =>
  status === 'ANNULE' || meansStatuses.indexOf(status as never) >= meansStatuses.indexOf('FINPEC');

/** Times of a means only go forward, and it is cancelled before its arrival only (requirements 6.5). */
export function meansMayBecome(from: string, to: MeansStatus): boolean {
  if (from === 'ANNULE') return false;
  const rank = meansStatuses.indexOf(from as never);
  if (to === 'ANNULE') return rank < meansStatuses.indexOf('ARRIVEE');
  return meansStatuses.indexOf(to) > rank;
}

/** -1 when `a` is more urgent than `b`. */
export const comparePriorities = (a: Priority, b: Priority): number => Math.sign(priorities.indexOf(a) - priorities.indexOf(b));
