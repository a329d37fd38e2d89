import { Note } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { useCommand } from '../../../../ui/commands.ts';
import { WarnIcon } from '../../../../ui/icons.tsx';
import type { Dossier } from '../../contract.ts';
import { isOwnDoctor } from '../../domain/guards-decision.ts';
import { partiesOf } from '../../domain/actors.ts';
import { filiereWords } from '../file/words.ts';
import type { DossierDesk } from '../file/use-dossier.ts';
import { judged } from './draft.ts';
import css from '../file/panels.module.css';
import { substitutionsFor } from './queue-model.ts';
import { useAuthor } from './use-author.ts';

/** Takes a dossier in regulation; a doctor of the other filière says why he takes it. */
export function TakePanel({ dossier, desk }: { dossier: Dossier; desk: DossierDesk }) {
  const author = useAuthor();
  const own = isOwnDoctor({ dossier: judged(dossier), author, parties: partiesOf(author) });
  const codes = own ? [] : substitutionsFor(dossier.filiere);
  const take = (substitution?: (typeof codes)[number]['value']) => void desk.act('start-regulation', substitution ? { substitution } : {});
  useCommand({ id: 'take', label: 'Prendre en régulation', group: 'Décider', keys: 'r', enabled: own, run: () => take() });
  // The assistant who engaged a P0 keeps the call until a doctor takes it: there is nothing to take away from him.
  const held = dossier.owner && dossier.step !== 'P0_ENGAGE' && dossier.owner.accountId !== author.accountId ? dossier.owner.name : null;
  return (
    <section className={css.panel} aria-label="Prendre en régulation">
      {held && <Note>{held} a ce dossier en main. Le prendre le retire de ses mains.</Note>}
      {desk.error && <Note tone="bad" live icon={<WarnIcon />} title={desk.error.title}>{desk.error.message}</Note>}
      {own && <Button look="main" wide keys="R" isPending={desk.busy} onPress={() => take()}>Prendre en régulation</Button>}
      {!own && (
        <>
          <p>Ce dossier relève de la filière {dossier.filiere ? filiereWords[dossier.filiere] : 'd’un autre médecin'}. Pourquoi le prenez-vous ?</p>
          {codes.map(({ value, label }) => <Button key={value} wide isPending={desk.busy} onPress={() => take(value)}>{label} <small>{value}</small></Button>)}
        </>
      )}
    </section>
  );
}
