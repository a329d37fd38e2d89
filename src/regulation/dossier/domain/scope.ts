import { type Author, partiesOf } from './actors.ts';
import { decisionKinds } from './codes.ts';
import { decisionsOf, type Dossier, isFrozen } from './dossier.ts';

/** What an OSNP has to see: his filière, the orders given to him, the follow-ups. */
const concernsOsnp = (dossier: Dossier) =>
  dossier.filiere === 'SNP' || dossier.queue === 'SNP' || dossier.queue === 'SUIVI' || decisionsOf(dossier).some((one) => decisionKinds[one.type].executor === 'osnp');

/**
 * Whether an author takes part in the care this dossier tells (ACT-20, requirements 6.3). Once it is closed, only those who
 * had a hand in it.
 */
export function mayRead(dossier: Dossier, author: Author): boolean {
  const parties = partiesOf(author);
  if (parties.length === 0) return false;
  if (dossier.participants.includes(author.accountId)) return true;
  if (isFrozen(dossier)) return false;
  return parties.some((party) => {
    if (party === 'OS') return concernsOsnp(dossier);
    if (party === 'S') return dossier.filiere !== null && (author.filieres.length === 0 ? !['AMU', 'SNP'].includes(dossier.filiere) : author.filieres.includes(dossier.filiere));
    return true;
  });
}

/** Doctors and the supervisor may break the glass; nobody else (requirements 6.3). */
export const mayBreakGlass = (author: Pick<Author, 'roles'>): boolean => partiesOf(author).some((party) => ['U', 'G', 'S', 'SV'].includes(party));

/** The queues an author works on, in the order of his screen. */
export function queuesOf(author: Author): string[] {
  const parties = partiesOf(author);
  const specialised = author.filieres.length > 0 ? author.filieres : ['PSY', 'NEONAT', 'PED', 'DAC', 'GERIA', 'DENT', 'TOXICO', 'PERINAT', 'IDEL'];
  const all = ['P0', 'N1', 'AMU', 'SNP', 'MRU', 'MRG', ...specialised, 'VALIDATION', 'REPORTE', 'SUIVI'];
  const seen: Record<string, readonly string[]> = {
    N1: ['P0', 'N1', 'AMU', 'MRU', 'MRG', 'VALIDATION', 'REPORTE', 'SUIVI'], N2: ['P0', 'N1', 'AMU', 'MRU', 'MRG', 'VALIDATION', 'REPORTE', 'SUIVI'],
    OS: ['SNP', 'SUIVI'], U: ['P0', 'MRU', 'VALIDATION', 'MRG', 'REPORTE'], G: ['P0', 'MRG', 'VALIDATION', 'MRU', 'REPORTE'],
    S: [...specialised, 'VALIDATION'], SV: all, CO: all,
  };
  const mine = new Set(parties.flatMap((party) => seen[party] ?? []));
  const first = parties.includes('U') || parties.includes('G') || parties.includes('OS') ? parties.flatMap((party) => seen[party] ?? []) : all;
  return [...new Set(first)].filter((queue) => mine.has(queue));
}
