import type { Level } from '../../../telephony/contract.ts';
import { DossierFile } from '../file/dossier-file.tsx';
import { History } from '../file/history.tsx';
import { ActionsPanel } from './actions-panel.tsx';
import { RingBack } from './caller-column.tsx';
import { DeskMap } from './desk-map.tsx';
import { P0Engaged } from './p0-engaged.tsx';
import type { LayoutProps } from './qualify-layout.tsx';
import { QueueColumn } from './queue-column.tsx';
import css from './arm-screen.module.css';

const none: readonly string[] = [];

/** Second level and after: my queue, the whole file, what is to be done. */
export function FileLayout({ dossier, call, talking, desk, plan, level, onOpen, onFollow, onRing }: LayoutProps & { level: Level }) {
  return (
    <div className={css.three} data-layout="file">
      <aside className={css.queues} aria-label="Dossiers en attente"><QueueColumn level={level} shownId={dossier.id} onOpen={onOpen} /></aside>
      <div className={css.file}><DossierFile key={dossier.id} dossier={dossier} /></div>
      <div className={css.right}>
        {dossier.p0 && dossier.step === 'EN_REGULATION' && <P0Engaged dossier={dossier} talking={talking} advice={desk.p0?.advice ?? none} />}
        <ActionsPanel dossier={dossier} plan={plan} talking={talking} />
        {onRing && <RingBack number={dossier.callback ?? ''} onRing={onRing} />}
        <DeskMap dossier={dossier} position={call?.position ?? null} />
        <div data-part="history"><History key={dossier.id} dossier={dossier} callId={call?.id ?? null} onOpen={onOpen} onFollow={onFollow} /></div>
      </div>
    </div>
  );
}
