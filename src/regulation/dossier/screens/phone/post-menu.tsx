import { type ReactNode, useState } from 'react';
import { Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover, Separator } from 'react-aria-components';
import { call as callRoute } from '../../../../ui/api.ts';
import { Button, ButtonLink } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { ChevronIcon } from '../../../../ui/icons.tsx';
import { useAccount } from '../../../../ui/session.ts';
import { type Level, levelLabels } from '../../../telephony/contract.ts';
import { routes } from '../../contract.ts';
import { isTalking, type OsnpPosition, osnpPositions, pauseReasons, positionOf, positionWords } from './post-model.ts';
import type { Post } from './use-post.ts';
import css from './phone-bar.module.css';

/** Change level, pause with its reason, leave the post. */
export function PostMenu({ post, children }: { post: Post; children: ReactNode }) {
  const account = useAccount();
  const [stillMine, setStillMine] = useState<number | null>(null);
  const { agent, levels } = post;
  const position = isTalking(agent) || agent?.state === 'ringing' ? null : positionOf(agent!);

  /** PDSA-05: leaving says first whether dossiers are still in hand. */
  async function leave() {
    const answer = await callRoute(routes.handover, {}).catch(() => null);
    const mine = answer?.dossiers.filter(({ owner }) => owner?.accountId === account.id).length ?? 0;
    if (mine > 0) setStillMine(mine);
    else void post.leave();
  }

  function act(key: string) {
    const [what, detail = ''] = key.split(':');
    if (what === 'level') void post.take(detail as Level);
    if (what === 'position') void post.place(detail as OsnpPosition);
    if (what === 'pause') void post.pause(detail);
    if (what === 'available') void post.available();
    if (what === 'leave') void leave();
  }

  return (
    <>
      <MenuTrigger>
        <Button look="quiet" small aria-label={`Mon poste : ${levelLabels[agent!.level]}`}>{children}<ChevronIcon size={12} /></Button>
        <Popover className={css.popover!} placement="bottom start">
          <Menu className={css.menu!} aria-label="Mon poste" onAction={(key) => act(String(key))}>
            <MenuItem id="available" className={css.item!}>Me rendre disponible</MenuItem>
            {levels.filter((level) => level !== agent!.level).map((level) => (
              <MenuItem key={level} id={`level:${level}`} className={css.item!}>Passer au poste {levelLabels[level]}</MenuItem>
            ))}
            {position && osnpPositions.filter((one) => one !== position).map((one) => (
              <MenuItem key={one} id={`position:${one}`} className={css.item!}>Passer en position {positionWords[one]}</MenuItem>
            ))}
            <Separator className={css.line!} />
            <MenuSection>
              <Header className={css.heading!}>Pause</Header>
              {pauseReasons.map((reason) => <MenuItem key={reason} id={`pause:${reason}`} className={css.item!}>{reason}</MenuItem>)}
            </MenuSection>
            <Separator className={css.line!} />
            <MenuItem id="leave" className={css.item!}>Quitter le poste</MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
      <Dialog
        title="Des dossiers sont encore entre vos mains"
        open={stillMine !== null}
        onClose={() => setStillMine(null)}
        footer={
          <>
            <ButtonLink look="main" href="/transmission">Transmettre</ButtonLink>
            <Button look="quiet" onPress={() => { setStillMine(null); void post.leave(); }}>Quitter sans transmettre</Button>
          </>
        }
      >
        <p>{stillMine === 1 ? 'Un dossier reste' : `${stillMine} dossiers restent`} à votre nom. Transmettez avant de quitter : personne d’autre ne sait qu’il faut les suivre.</p>
      </Dialog>
    </>
  );
}
