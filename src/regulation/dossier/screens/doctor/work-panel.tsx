import { Note } from '../../../../ui/badge.tsx';
import type { Dossier } from '../../contract.ts';
import type { DossierDesk } from '../file/use-dossier.ts';
import { AfterPanel } from './after-panel.tsx';
import { DecisionForm } from './decision-form.tsx';
import { Gestures } from './gestures.tsx';
import css from '../file/panels.module.css';
import { TakePanel } from './take-panel.tsx';
import { useAuthor } from './use-author.ts';
import { ValidationPanel } from './validation-panel.tsx';
import { workOf } from './work.ts';

/** What there is to do with this dossier, by where it stands. */
export function WorkPanel({ dossier, desk }: { dossier: Dossier; desk: DossierDesk }) {
  const { accountId } = useAuthor();
  const work = workOf(dossier, accountId);
  return (
    <div className={css.work}>
      <Gestures dossier={dossier} desk={desk} />
      {work === 'validate' && <ValidationPanel dossier={dossier} desk={desk} />}
      {work === 'take' && <TakePanel dossier={dossier} desk={desk} />}
      {work === 'decide' && <DecisionForm action="decide" dossier={dossier} desk={desk} />}
      {work === 'after' && <AfterPanel dossier={dossier} desk={desk} />}
      {work === 'read' && <div className={css.panel}><Note>Ce dossier n’attend rien de vous à cette étape. Vous pouvez le lire et y ajouter une note.</Note></div>}
    </div>
  );
}
