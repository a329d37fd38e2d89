import type { Convention } from '../contract.ts';

type Content = Pick<Convention, 'kind' | 'subject' | 'startsOn' | 'endsOn' | 'signatories' | 'status'>;

/**
 * What is wrong with a convention, by field. Once it left the draft, its subject and dates are those that were read: only
 * signatures change.
 */
export function conventionProblems(content: Content, structure: { readonly kind: string }, before: Content | null = null): { path: string; message: string }[] {
  const frozen = before !== null && before.status !== 'BROUILLON';
  const rewritten = frozen && (['subject', 'startsOn', 'endsOn'] as const).find((field) => before[field] !== content[field]);
  return [
    ...(content.endsOn !== null && content.endsOn < content.startsOn ? [{ path: 'endsOn', message: 'La fin doit suivre le début.' }] : []),
    ...(content.kind === 'regulation-snp' && structure.kind !== 'CPTS' ? [{ path: 'kind', message: 'Seule une CPTS signe une convention de régulation des soins non programmés.' }] : []),
    ...(rewritten ? [{ path: rewritten, message: 'Cette convention a été relue : remettez-la au brouillon pour changer son objet ou ses dates.' }] : []),
    ...(before?.status === 'REMPLACE' ? [{ path: 'signatories', message: 'Une convention remplacée ne change plus.' }] : []),
  ];
}
