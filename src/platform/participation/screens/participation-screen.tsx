import { Page } from '../../../ui/frame.tsx';
import { LinkedStructuresSection } from './linked-structures-section.tsx';
import { ParticipationSection } from './participation-section.tsx';
import { WeeksSection } from './weeks-section.tsx';

/** How somebody takes part in the SAS, where his weeks stand, and his structures. */
export default function ParticipationScreen() {
  return (
    <Page title="Ma participation au SAS">
      <WeeksSection />
      <ParticipationSection />
      <LinkedStructuresSection />
    </Page>
  );
}
