import { partiesOf } from './actors.ts';
import { type CareLevel, careLevels, decisionKinds, type Filiere, substitutionOf } from './codes.ts';
import { freeOfPatients, medicalActs } from './dossier.ts';
import { isSpecialised } from './rules.ts';
import { impossible, missing, notAllowed, type Refusal, type Situation } from './situation.ts';

const when = (broken: boolean, refusal: Refusal): Refusal[] => (broken ? [refusal] : []);

/** Whose doctors a filière belongs to. */
const partyOfFiliere = (filiere: Filiere) => (isSpecialised(filiere) ? 'S' : filiere === 'SNP' ? 'G' : 'U');

/** True when the author is one of the filière's own doctors: no substitution code is needed. */
export function isOwnDoctor({ dossier, author, parties }: Pick<Situation, 'dossier' | 'author' | 'parties'>): boolean {
  const { filiere } = dossier;
  if (filiere === null) return parties.some((party) => party === 'U' || party === 'G');
  if (!(parties as readonly string[]).includes(partyOfFiliere(filiere))) return false;
  return !isSpecialised(filiere) || author.filieres.length === 0 || author.filieres.includes(filiere);
}

/** The substitution code in force: the one said now, else the one said when the regulation started. */
export const substitutionIn = ({ input, dossier }: Pick<Situation, 'input' | 'dossier'>) => input.substitution ?? dossier.substitution;

function doctorOfFiliere(situation: Situation): Refusal[] {
  const { dossier, parties } = situation;
  if (isOwnDoctor(situation)) return [];
  if (isSpecialised(dossier.filiere)) return [notAllowed(`Ce dossier relève d'un médecin de la filière ${dossier.filiere} ; requalifiez-le pour le prendre.`)];
  if (!parties.some((party) => party === 'U' || party === 'G')) return [notAllowed("Ce dossier n'est pas de votre filière.")];
  const code = substitutionIn(situation);
  const fits = code !== null && code !== undefined && substitutionOf[code].filiere === dossier.filiere;
  const expected = dossier.filiere === 'AMU' ? 'INDISPMU' : 'INDISPMG ou ABSML';
  return when(!fits, missing('substitution', `ce dossier relève de la filière ${dossier.filiere} : code de substitution ${expected}`));
}

/** The most serious level among those of an act's decisions. */
export function actLevel(input: Situation['input']): CareLevel | null {
  const levels = [input.careLevel, ...(input.decisions ?? []).map((one) => one.careLevel)].filter((level) => level !== undefined && level !== null);
  return levels.toSorted((a, b) => careLevels.indexOf(a) - careLevels.indexOf(b))[0] ?? null;
}

const levelsMissing = ({ input }: Situation): Refusal[] =>
  (input.decisions ?? []).flatMap((one, index) => when(!one.careLevel && !input.careLevel, missing(`decisions.${index}.careLevel`, 'niveau R1 à R4 à choisir')));

/** Prescription by telephone (HAS 2009): R3 or R4 only, agreed and understood, no means engaged, traced down to the pharmacy. */
function pmt(situation: Situation): Refusal[] {
  const { input, dossier } = situation;
  const index = input.decisions?.findIndex((one) => one.type === 'PMT') ?? -1;
  if (index === -1) return [];
  const { details } = input.decisions![index]!;
  const path = (name: string) => `decisions.${index}.${name}`;
  const light = (level: CareLevel | null | undefined) => level === 'R3' || level === 'R4';
  const level = actLevel(input);
  const stillSerious = dossier.careLevel !== null && !light(dossier.careLevel) && !light(input.careLevel);
  const written = (name: string) => typeof details[name] === 'string' && (details[name] as string).trim() !== '';
  const means = !freeOfPatients(dossier) || input.decisions!.some((one) => decisionKinds[one.type].means);
  return [
    ...when((level !== null && !light(level)) || stillSerious, missing(path('careLevel'), 'une prescription téléphonique est réservée aux niveaux R3 et R4')),
    ...when(details['consent'] !== true, missing(path('consent'), "l'accord du patient est nécessaire")),
    ...when(details['understanding'] !== true, missing(path('understanding'), 'le patient doit avoir compris')),
    ...when(!written('drug'), missing(path('drug'), 'médicament à écrire')),
    ...when(!written('dose'), missing(path('dose'), 'posologie à écrire')),
    ...when(!written('pharmacy'), missing(path('pharmacy'), 'pharmacie à indiquer')),
    ...when(means, missing(path('type'), 'pas de prescription téléphonique quand un moyen est engagé')),
  ];
}

export const decisionGuards = {
  doctorOfFiliere,
  pmt,
  decisions: (situation: Situation) => [
    ...when(!situation.input.decisions, missing('decisions', 'au moins une décision (PASPLUS quand tout est déjà décidé)')),
    ...levelsMissing(situation),
  ],
  validatedDecisions: levelsMissing,
  crisisByMru: ({ input, parties, dossier }: Situation) =>
    when(input.crisis !== undefined && !(parties.includes('U') && dossier.filiere === 'AMU'), missing('crisis', 'code réservé au médecin urgentiste, filière AMU')),
  actToAmend: ({ input, dossier, author, parties }: Situation) => {
    const act = medicalActs(dossier).find((one) => one.id === input.actId);
    if (!act) return [missing('actId', 'acte inconnu dans ce dossier')];
    return when(act.authorId !== author.accountId && !parties.includes('SV'), notAllowed("Seul l'auteur de l'acte, ou le superviseur, le complète."));
  },
  amendmentText: (situation: Situation) => [
    ...when(!situation.input.text, missing('text', 'complément à écrire')),
    ...when(situation.input.decisions !== undefined && partiesOf(situation.author).every((party) => !['U', 'G', 'S'].includes(party)), notAllowed('Une décision médicale est prise par un médecin.')),
    ...levelsMissing(situation),
    ...when(situation.dossier.type !== 'DRM' && situation.input.decisions !== undefined, impossible('Reprenez le dossier pour y prendre une décision.', 'decisions')),
  ],
};
