import { useState, type ReactNode } from 'react';
import { z } from 'zod';
import { roleLabels } from '../../../../identity/contract.ts';
import { Button, ButtonLink } from '../../../../ui/button.tsx';
import { useCommand } from '../../../../ui/commands.ts';
import { Page, Section } from '../../../../ui/frame.tsx';
import { useNow } from '../../../../ui/moments.tsx';
import { useApi } from '../../../../ui/query.ts';
import { mayCall, useAccount } from '../../../../ui/session.ts';
import { Loading, ProblemState } from '../../../../ui/states.tsx';
import { useUrlState } from '../../../../ui/url.ts';
import { type Agent, type Level, routes } from '../../contract.ts';
import { Alerts } from './alerts.tsx';
import { shownLevels } from './board-model.ts';
import css from './board.module.css';
import { CallPanel } from './call-panel.tsx';
import { CallsTable } from './calls-table.tsx';
import { DayFigures } from './day-figures.tsx';
import { LevelRow } from './level-row.tsx';
import { MoveDialog } from './move-dialog.tsx';
import { QuartersDialog } from './quarters-dialog.tsx';
import { useBoard } from './use-board.ts';

const viewSchema = z.object({ appels: z.enum(['en-cours', 'recents']).catch('en-cours'), appel: z.string().optional().catch(undefined) });
const columns = ['Niveau', 'En attente', 'Plus longue attente', 'En ligne', 'Agents', '15 min', '1 heure', 'Jour', '4 heures'] as const;

interface Moving {
  readonly agent: Agent | null;
  readonly level: Level | null;
}

/** The whole room on one screen (US-SV-01): alerts, a line a level, the calls. `alerts`: those of the dossiers. */
export function Board({ alerts }: { alerts?: ReactNode }) {
  const account = useAccount();
  const [view, write] = useUrlState(viewSchema);
  const [moving, setMoving] = useState<Moving | null>(null);
  const [figures, setFigures] = useState(false);
  const { board, readAt, error, refetch } = useBoard();
  const { data: configuration } = useApi(routes.configuration, {}, { topics: ['board'], staleMs: 60_000 });
  const present = useNow(1_000);
  const mayMove = mayCall(account, routes.moveAgent);
  useCommand({ id: 'board:move', label: 'Déplacer un agent vers un autre niveau', group: 'Salle', keys: 'd', enabled: mayMove, run: () => setMoving({ agent: null, level: null }) });

  const actions = (
    <>
      {mayMove && <Button keys="D" onPress={() => setMoving({ agent: null, level: null })}>Déplacer un agent</Button>}
      <ButtonLink href="/salle/mur">Mur d’écrans</ButtonLink>
    </>
  );
  if (!board) return <Page title="Salle">{error ? <ProblemState problem={error} roleNames={roleLabels} onRetry={refetch} /> : <Loading lines={10} />}</Page>;
  const levels = shownLevels(board.levels);
  const agents = levels.flatMap((level) => level.agents);
  const target = configuration?.thresholds.qs30 ?? 0.9;
  const elapsed = (present.epochMilliseconds - readAt) / 1_000;
  return (
    <Page title="Salle" actions={actions}>
      {error && <p className={css.stale} role="status">Pas à jour : {error.message}</p>}
      <Alerts board={board} others={alerts} />
      <DayFigures {...board} target={target} />
      <Section title="Niveaux" actions={<Button small look="quiet" onPress={() => setFigures(true)}>Chiffres par quart d’heure</Button>}>
        <div className={css.scroll} tabIndex={0} role="region" aria-label="Niveaux de la salle">
          <table className={css.levels} aria-label="Niveaux de la salle">
            <thead>
              <tr className={css.over1}><td colSpan={5} /><th scope="colgroup" colSpan={4}>QS30 : décrochés en moins de 30 secondes</th></tr>
              <tr>{columns.map((column) => <th key={column} scope="col">{column}</th>)}</tr>
            </thead>
            <tbody>
              {levels.map((level) => (
                <LevelRow
                  key={level.level}
                  board={level}
                  at={board.at}
                  elapsed={elapsed}
                  target={target}
                  mayMove={mayMove}
                  onAgent={(agent) => setMoving({ agent, level: null })}
                  onDrop={(accountId) => setMoving({ agent: agents.find((one) => one.accountId === accountId) ?? null, level: level.level })}
                />
              ))}
            </tbody>
          </table>
        </div>
      </Section>
      <CallsTable shown={view.appels} onShown={(appels) => write({ appels }, { replace: true })} open={view.appel ?? null} onOpen={(appel) => write({ appel }, { replace: true })} />
      {view.appel && <CallPanel id={view.appel} onClose={() => write({ appel: undefined }, { replace: true })} />}
      {moving && <MoveDialog key={moving.agent?.accountId} agents={agents} {...moving} mayMove={mayMove} onClose={() => setMoving(null)} />}
      {figures && <QuartersDialog levels={levels} onClose={() => setFigures(false)} />}
    </Page>
  );
}
