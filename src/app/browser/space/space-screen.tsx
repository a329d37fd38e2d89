import { subjectsOf } from '../../../identity/contract.ts';
import { SoftwareSection } from '../../../platform/directory/screens/inventory/software-section.tsx';
import { VendorKitSection } from '../../../platform/availability/screens/editors/kits.tsx';
import { ActsSection } from '../../../platform/orientation/screens/outcomes/acts-section.tsx';
import { TodaySection, ToTellSection } from '../../../platform/orientation/screens/outcomes/sections.tsx';
import { RequestsSection } from '../../../platform/orientation/screens/requests/requests-section.tsx';
import { LinkedStructuresSection } from '../../../platform/participation/screens/linked-structures-section.tsx';
import { ParticipationSection } from '../../../platform/participation/screens/participation-section.tsx';
import { WeeksSection } from '../../../platform/participation/screens/weeks-section.tsx';
import { cx } from '../../../ui/class-names.ts';
import { Page } from '../../../ui/frame.tsx';
import { mayOpen, useAccount } from '../../../ui/session.ts';
import { EmptyState } from '../../../ui/states.tsx';
import { PersonsActedFor } from './persons-acted-for.tsx';
import { StructuresBoard } from './structures-board.tsx';
import css from './space.module.css';

/** "Mon espace personnel" (seed 004): what waits for an answer first, then the day, the weeks, how one takes part. */
export default function SpaceScreen() {
  const account = useAccount();
  const effecteur = mayOpen(account, ['effecteur']);
  const requests = subjectsOf(account, 'requests');
  const manages = subjectsOf(account, 'participation').structures.length > 0;
  const answers = requests.professionals.length + requests.structures.length > 0;
  if (!effecteur && account.structureIds.length === 0 && account.delegations.length === 0) return <NothingYet />;
  return (
    <Page title="Mon espace personnel" intro={<PersonsActedFor />}>
      <div className={css.space}>
        <div className={css.column}>
          {answers && <RequestsSection brief />}
          {manages && <StructuresBoard />}
          {answers && <TodaySection />}
          {answers && <ToTellSection brief />}
        </div>
        <div className={cx(css.column, css.standing)}>
          <WeeksSection />
          <ParticipationSection />
          {!effecteur && <LinkedStructuresSection />}
        </div>
        {effecteur && (
          <>
            <div className={cx(css.column, css.acts)}><ActsSection /></div>
            <div className={cx(css.column, css.ties)}>
              <LinkedStructuresSection />
              <SoftwareSection />
              <VendorKitSection />
            </div>
          </>
        )}
      </div>
    </Page>
  );
}

const NothingYet = () => (
  <EmptyState title="Rien ne vous est encore confié" page>
    <p>Votre compte est ouvert, mais aucune délégation n’est en cours et aucune structure ne vous est liée.</p>
    <p>Le professionnel ou la structure pour qui vous agissez peut vous donner une délégation ; le gestionnaire de comptes de votre territoire peut vous lier une structure.</p>
  </EmptyState>
);
