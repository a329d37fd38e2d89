import { Button } from '../../../../ui/button.tsx';
import type { Dossier } from '../../contract.ts';
import type { DossierDesk } from '../file/use-dossier.ts';
import { usualDoctorWords } from '../file/words.ts';
import css from './osnp.module.css';

const answers = ['contacte', 'indisponible', 'sans-mt'] as const;

/** The usual doctor comes first (REG-14, REG-15): asked as long as nobody answered. */
export function UsualDoctorPrompt({ dossier, desk }: { dossier: Dossier; desk: DossierDesk }) {
  if (!dossier.prompts.includes('usual-doctor')) return null;
  const { usualDoctor } = dossier.patient;
  return (
    <section className={css.prompt} aria-label="Médecin traitant">
      <p><strong>Le médecin traitant a-t-il été appelé d’abord ?</strong> {usualDoctor}</p>
      <div>
        {answers.map((answer) => (
          <Button key={answer} small isPending={desk.busy} onPress={() => void desk.update({ patient: { usualDoctorContact: answer } })}>{usualDoctorWords[answer]}</Button>
        ))}
      </div>
    </section>
  );
}
