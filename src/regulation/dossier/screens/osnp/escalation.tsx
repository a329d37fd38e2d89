import { useRef } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { useCommand } from '../../../../ui/commands.ts';
import type { DossierDesk } from '../file/use-dossier.ts';
import css from './osnp.module.css';

/** What is heard on the telephone: each is the mandatory reason of the alarm, so that one press is enough. */
const signs = ['Douleur thoracique', 'Respire mal', 'Inconscience', 'Paralysie', 'Saignement', 'Autre urgence'] as const;

/** The one clinical action of an OSNP: an evident emergency goes to the AMU at once, P1 at least, a P0 suspected (ACT-06). */
export function Escalation({ desk }: { desk: DossierDesk }) {
  const box = useRef<HTMLDivElement>(null);
  useCommand({ id: 'emergency', label: 'Évidence d’urgence', group: 'Dossier', keys: 'F1', run: () => box.current?.querySelector('button')?.focus() });
  return (
    <section className={css.escalation} aria-label="Évidence d’urgence">
      <h3>Évidence d’urgence <kbd>F1</kbd></h3>
      <p>Part à l’AMU en P1, ARM et médecin alertés ; l’appelant y part avec le dossier.</p>
      <div ref={box}>
        {signs.map((reason) => (
          <Button key={reason} small look="danger" isPending={desk.busy} onPress={() => void desk.act('requalify', { filiere: 'AMU', reason: `Évidence d’urgence : ${reason.toLowerCase()}`, priority: 'P1', suspectedP0: true })}>
            {reason}
          </Button>
        ))}
      </div>
    </section>
  );
}
