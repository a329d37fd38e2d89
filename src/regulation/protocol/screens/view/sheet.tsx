import { Facts } from '../../../../ui/facts.tsx';
import { Moment } from '../../../../ui/moments.tsx';
import { roleLabels } from '../../../../identity/contract.ts';
import { type ProtocolVersion, referenceLabels, validationQuestionLabels, validationQuestions } from '../../contract.ts';

/** What the version says of itself: its writers, its references, the four validation questions. */
export const Sheet = ({ version: { drafters, references, validation, authors } }: { version: ProtocolVersion }) => (
  <Facts
    items={[
      ['Rédacteur urgentiste', drafters.amu || 'à nommer'],
      ['Rédacteur généraliste', drafters.snp || 'à nommer'],
      ['Conforme à', references.map((code) => referenceLabels[code]).join(' ; ') || 'à citer'],
      ...validationQuestions.map((question) => [validationQuestionLabels[question], validation[question] || 'à répondre'] as const),
      ['A écrit', authors.map(({ accountId, name, role, at }) => <span key={accountId}>{name} ({roleLabels[role]}), <Moment at={at} day />. </span>)],
    ]}
  />
);
