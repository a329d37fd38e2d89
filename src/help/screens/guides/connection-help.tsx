import { lazy, Suspense, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Loading } from '../../../ui/states.tsx';

const ConnectionGuide = lazy(async () => {
  const [{ loadGuides }, { PlainGuideText }] = await Promise.all([import('./guides.ts'), import('./guide-text.tsx')]);
  const guide = (await loadGuides()).find(({ name }) => name === 'connexion')!;
  return { default: () => <PlainGuideText guide={guide} /> };
});

/** The guide of whoever is not signed in yet. */
export function ConnectionHelp() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button look="quiet" onPress={() => setOpen(true)}>Aide à la connexion</Button>
      <Dialog title="Se connecter" open={open} onClose={() => setOpen(false)}>
        <Suspense fallback={<Loading lines={6} />}><ConnectionGuide /></Suspense>
      </Dialog>
    </>
  );
}
