import { z } from 'zod';
import { useApi } from '../../../../ui/query.ts';
import { EmptyState, Loading, ProblemState, QueryView } from '../../../../ui/states.tsx';
import { useUrlState } from '../../../../ui/url.ts';
import { routes } from '../../contract.ts';
import { DossierFile } from '../file/dossier-file.tsx';
import { History } from '../file/history.tsx';
import { useDossier } from '../file/use-dossier.ts';
import { useQueues } from '../file/use-queues.ts';
import { PhoneBar } from '../phone/phone-bar.tsx';
import css from '../file/desk.module.css';
import { QueuesColumn, tabs } from './queues-column.tsx';
import { useAutoTake } from './use-auto-take.ts';
import { useMyCall } from '../file/use-my-call.ts';
import { WorkPanel } from './work-panel.tsx';

const stateSchema = z.object({ dossier: z.string().optional().catch(undefined), onglet: z.enum(tabs).catch('file') });

/** The desk of a regulating doctor: his queue, the file, what he decides. */
export default function DoctorScreen() {
  const [{ dossier: id, onglet }, write] = useUrlState(stateSchema);
  const queues = useQueues();
  const mine = useApi(routes.handover, {}, { topics: ['queue', 'dossier'], keepPrevious: true });
  const open = (dossier: string) => write({ dossier }, { replace: true });
  const { dossierId: onCall, inCall } = useMyCall(id ?? null, open);
  return (
    <div className={css.desk}>
      <h1 className={css.title}>Poste du médecin régulateur</h1>
      <PhoneBar />
      <div className={css.columns}>
        <aside className={css.queues} aria-label="Files">
          <QueryView query={queues}>
            {(data) => <QueuesColumn queues={data.queues} mine={mine.data?.dossiers ?? []} tab={onglet} onTab={(tab) => write({ onglet: tab }, { replace: true })} selected={id ?? null} onOpen={open} />}
          </QueryView>
        </aside>
        {id ? <Opened key={id} id={id} onCall={inCall && onCall === id} onOpen={open} /> : <Nothing />}
      </div>
    </div>
  );
}

/** A dossier being looked at, with what there is to do. */
function Opened({ id, onCall, onOpen }: { id: string; onCall: boolean; onOpen: (id: string) => void }) {
  const desk = useDossier(id);
  useAutoTake(desk, onCall);
  if (desk.query.isPending) return <div className={css.wide}><Loading lines={8} /></div>;
  if (!desk.dossier) return <div className={css.wide}><ProblemState problem={desk.query.error!} onRetry={() => void desk.query.refetch()} /></div>;
  return (
    <>
      <DossierFile dossier={desk.dossier} history={<History dossier={desk.dossier} onOpen={onOpen} />} />
      <aside className={css.work} aria-label="Décisions"><WorkPanel dossier={desk.dossier} desk={desk} /></aside>
    </>
  );
}

const Nothing = () => (
  <div className={css.wide}>
    <EmptyState title="Aucun dossier ouvert">
      <p>Choisissez un dossier dans votre file ; celui d’un appel qu’on vous passe s’ouvre de lui-même.</p>
      <p><kbd>Alt P</kbd> prend le P0 qui attend, <kbd>F2</kbd> ouvre le premier de votre file.</p>
    </EmptyState>
  </div>
);
