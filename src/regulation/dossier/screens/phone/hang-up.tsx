import { useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { useCommand } from '../../../../ui/commands.ts';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import type { Post } from './use-post.ts';

/** Ends the call for everybody; asks first when there is a reason to be careful. */
export function HangUp({ post, caution }: { post: Post; caution: string | null }) {
  const [asking, setAsking] = useState(false);
  const hangUp = async () => {
    await post.hangUp();
    setAsking(false);
  };
  const start = () => void (caution ? setAsking(true) : hangUp());
  useCommand({ id: 'phone.hang-up', label: 'Raccrocher', group: 'Téléphone', keys: 'F8', run: start });
  return (
    <>
      <Button small look="danger" keys="F8" isPending={post.busy} onPress={start}>Raccrocher</Button>
      <ConfirmDialog title="Raccrocher cet appel ?" open={asking} onClose={() => setAsking(false)} action="Raccrocher" danger pending={post.busy} problem={null} onConfirm={() => void hangUp()}>
        <p>{caution}</p>
      </ConfirmDialog>
    </>
  );
}
