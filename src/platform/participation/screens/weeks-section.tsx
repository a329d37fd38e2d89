import { Section } from '../../../ui/frame.tsx';
import { keyOf, useProfessionals } from './subjects.ts';
import { Weeks } from './weeks/weeks.tsx';
import css from './participation.module.css';

/** « Ma semaine »: the 2 h of this week and the next, and the year. */
export function WeeksSection() {
  const subjects = useProfessionals();
  if (subjects.length === 0) return null;
  return (
    <Section title="Ma semaine">
      <div className={css.cards}>{subjects.map((subject) => <Weeks key={keyOf(subject)} subject={subject} />)}</div>
    </Section>
  );
}
