import { z } from 'zod';
import { EmptyState, Loading, ProblemState, QueryView } from '../../../../ui/states.tsx';
import { useUrlState } from '../../../../ui/url.ts';
import css from '../file/desk.module.css';
import { DossierFile } from '../file/dossier-file.tsx';
import { History } from '../file/history.tsx';
import { useDossier } from '../file/use-dossier.ts';
import { useMyCall } from '../file/use-my-call.ts';
import { useQueues } from '../file/use-queues.ts';
import { PhoneBar } from '../phone/phone-bar.tsx';
import { QueuesColumn, tabs } from './queues-column.tsx';
import { useReceived } from './unattached.tsx';
import { WorkPanel } from './work-panel.tsx';

const stateSchema = z.object({ dossier: z.string().optional().catch(undefined), onglet: z.enum(tabs).catch('file') });

/** The desk of an OSNP: what waits, what is to be done, the file, the next step. */
export default function OsnpScreen() {
  const [{ dossier: id, onglet }, write] = useUrlState(stateSchema);
  const queues = useQueues();
  const received = useReceived();
  const open = (dossier: string) => write({ dossier }, { replace: true });
  useMyCall(id ?? null, open);
  return (
    <div className={css.desk}>
      <h1 className={css.title}>Poste de l’OSNP</h1>
      <PhoneBar />
      <div className={css.columns}>
        <aside className={css.queues} aria-label="Files">
          <QueryView query={queues}>
            {(data) => (
              <QueuesColumn queues={data.queues} appointments={received.data?.appointments ?? []} tab={onglet} onTab={(tab) => write({ onglet: tab }, { replace: true })} selected={id ?? null} onOpen={open} />
            )}
          </QueryView>
        </aside>
        {id ? <Opened key={id} id={id} onOpen={open} /> : <Nothing />}
      </div>
    </div>
  );
}

function Opened({ id, onOpen }: { id: string; onOpen: (id: string) => void }) {
  const desk = useDossier(id);
  if (desk.query.isPending) return <div className={css.wide}><Loading lines={8} /></div>;
  if (!desk.dossier) return <div className={css.wide}><ProblemState problem={desk.query.error!} onRetry={() => void desk.query.refetch()} /></div>;
  return (
    <>
      <DossierFile dossier={desk.dossier} history={<History dossier={desk.dossier} onOpen={onOpen} />} />
      <aside className={css.work} aria-label="À faire"><WorkPanel dossier={desk.dossier} desk={desk} /></aside>
    </>
  );
}

const Nothing = () => (
  <div className={css.wide}>
    <EmptyState title="Aucun dossier ouvert">
      <p>Choisissez un dossier ou une tâche ; celui d’un appel qu’on vous passe s’ouvre de lui-même.</p>
      <p><kbd>F2</kbd> ouvre le premier de la liste.</p>
    </EmptyState>
  </div>
);
