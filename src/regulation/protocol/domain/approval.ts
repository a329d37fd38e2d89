import type { TreeProblem } from './problems.ts';

/** Where a version stands: written, asked to be approved, used, then replaced by the next one or withdrawn. */
export const protocolStatuses = ['brouillon', 'a-valider', 'en-vigueur', 'remplacee', 'retiree'] as const;
export type ProtocolStatus = (typeof protocolStatuses)[number];

/** Those whose approval is needed, all three: both filières and the governance (PROT-01). */
export const approvalParties = ['amu', 'snp', 'gouvernance'] as const;
export type ApprovalParty = (typeof approvalParties)[number];

/** The role that speaks for each party: a regulating emergency doctor, a regulating general practitioner, the head of the SAS. */
export const roleOfParty = { amu: 'mru', snp: 'mrg', gouvernance: 'responsable-sas' } as const satisfies Record<ApprovalParty, string>;

export interface GivenApproval {
  readonly party: ApprovalParty;
  readonly accountId: string;
}

/** Whose approval is still missing. */
export const missingParties = (given: readonly GivenApproval[]): ApprovalParty[] => approvalParties.filter((party) => !given.some((one) => one.party === party));

/**
 * For whom this person may still approve: the parties of his roles that are missing, none when he has approved already (one
 * person is one approval).
 */
export function mayApproveAs(person: { accountId: string; roles: readonly string[] }, given: readonly GivenApproval[]): ApprovalParty[] {
  if (given.some(({ accountId }) => accountId === person.accountId)) return [];
  return missingParties(given).filter((party) => person.roles.includes(roleOfParty[party]));
}

/** The four validation questions of fiche 5 (PROT-03). */
export const validationQuestions = ['coherence', 'quality', 'filieres', 'governance'] as const;
export type ValidationQuestion = (typeof validationQuestions)[number];

/** What a version says of itself, besides its tree or its list. */
export interface VersionSheet {
  readonly title: string;
  readonly filieres: readonly string[];
  readonly drafters: { readonly amu: string; readonly snp: string };
  readonly references: readonly string[];
  readonly validation: Readonly<Record<ValidationQuestion, string>>;
}

/** What a version must carry besides its content before it is submitted (PROT-01, PROT-03, PROT-04). */
export function submissionProblems({ title, filieres, drafters, references, validation }: VersionSheet, content: readonly TreeProblem[]): { path: string; message: string }[] {
  const missing = (path: string, message: string, empty: boolean) => (empty ? [{ path, message }] : []);
  return [
    ...missing('title', 'titre à écrire', title === ''),
    ...missing('filieres', 'filière concernée à choisir', filieres.length === 0),
    ...missing('references', 'référence de conformité à citer', references.length === 0),
    ...missing('drafters.amu', 'rédacteur urgentiste à nommer', drafters.amu === ''),
    ...missing('drafters.snp', 'rédacteur généraliste à nommer', drafters.snp === ''),
    ...validationQuestions.flatMap((question) => missing(`validation.${question}`, 'réponse à écrire', validation[question].length < 10)),
    ...content.map(({ path, message }) => ({ path: `content.${path}`, message })),
  ];
}
