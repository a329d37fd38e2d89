import type { Filiere } from '../../contract.ts';
import type { Line, Queue } from '../file/use-queues.ts';

/** What a doctor's left column shows: urgent calls nobody took, his own queue, the others', what waits for his signature, what is put off. */
export interface DoctorQueues {
  readonly p0: readonly Line[];
  readonly own: readonly Queue[];
  readonly others: readonly Queue[];
  readonly validation: readonly Line[];
  readonly validationTotal: number;
  readonly deferred: readonly Line[];
}

const base = ['P0', 'VALIDATION', 'REPORTE'];
const ownCodes: Record<string, readonly string[]> = { mru: ['MRU'], mrg: ['MRG'] };

/** Sorts the queues that the server gave, each in its order. A specialised doctor's own are all those left. */
export function doctorQueues(queues: readonly Queue[], roles: readonly string[]): DoctorQueues {
  const linesOf = (code: string) => queues.find((queue) => queue.code === code)?.dossiers ?? [];
  const mine = roles.flatMap((role) => ownCodes[role] ?? []);
  const specialised = roles.includes('medecin-specialise');
  const isOwn = ({ code }: Queue) => mine.includes(code) || (specialised && !['MRU', 'MRG', 'SNP', 'AMU', 'N1', 'SUIVI'].includes(code));
  const worked = queues.filter(({ code }) => !base.includes(code));
  return {
    p0: linesOf('P0'), own: worked.filter(isOwn), others: worked.filter((queue) => !isOwn(queue)), validation: linesOf('VALIDATION'),
    validationTotal: queues.find(({ code }) => code === 'VALIDATION')?.total ?? 0, deferred: linesOf('REPORTE'),
  };
}

/** Codes a doctor gives who takes a dossier of the other filière; none to choose for a filière of his own. */
export function substitutionsFor(filiere: Filiere | null): readonly { readonly value: 'INDISPMU' | 'INDISPMG' | 'ABSML'; readonly label: string }[] {
  if (filiere === 'AMU') return [{ value: 'INDISPMU', label: 'Médecin urgentiste indisponible' }];
  if (filiere === 'SNP') return [{ value: 'INDISPMG', label: 'Médecin généraliste indisponible' }, { value: 'ABSML', label: 'Pas de médecin généraliste à cette heure' }];
  return [];
}

/** Where a dossier most often goes when it leaves its filière. */
export const otherFiliere = (filiere: Filiere | null): Filiere => (filiere === 'AMU' ? 'SNP' : 'AMU');
