import { Page } from '../../../../ui/frame.tsx';
import { ActsSection } from './acts-section.tsx';
import { CancelledSection, TodaySection, ToTellSection, UpcomingSection } from './sections.tsx';
import css from './outcomes.module.css';

/** Patients addressed by the SAS, for whoever receives them: today, what is to be said, what comes, what one did. */
export default function PatientsScreen() {
  return (
    <Page title="Mes patients" intro="Ceux que le SAS vous adresse. Aucun nom n’est connu ici : le patient se présente avec l’heure donnée par le SAS.">
      <div className={css.columns}>
        <div className={css.column}><TodaySection /><ToTellSection /></div>
        <div className={css.column}><UpcomingSection /><CancelledSection /></div>
      </div>
      <ActsSection />
    </Page>
  );
}
