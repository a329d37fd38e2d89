import { useState, type DragEvent } from 'react';
import { cx } from '../../../../ui/class-names.ts';
import { WarnIcon } from '../../../../ui/icons.tsx';
import type { Agent } from '../../contract.ts';
import { levelLabels } from '../../contract.ts';
import { agentStateWords, ANSWER_SECONDS, formatWait, type LevelBoard, percent } from '../words.ts';
import { AgentMark } from './agent-mark.tsx';
import { staffWords, waitNow } from './board-model.ts';
import css from './board.module.css';
import { Spark } from './spark.tsx';

/** How an agent travels from a row to another. */
export const AGENT_TYPE = 'text/x-sas-agent';

/** One level on one line: who waits, who is there, how it goes. An agent dropped on it is offered to move there. */
export function LevelRow({ board, at, elapsed, target, mayMove, onAgent, onDrop }: {
  board: LevelBoard; at: string; elapsed: number; target: number; mayMove: boolean; onAgent: (agent: Agent) => void; onDrop: (accountId: string) => void;
}) {
  const [over, setOver] = useState(false);
  const name = levelLabels[board.level];
  const accept = (event: DragEvent) => mayMove && event.dataTransfer.types.includes(AGENT_TYPE);
  return (
    <tr
      className={cx(over && css.over)}
      onDragOver={(event) => {
        if (!accept(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        if (!accept(event)) return;
        event.preventDefault();
        onDrop(event.dataTransfer.getData(AGENT_TYPE));
      }}
    >
      <th scope="row">{name}<small className={css.soft}>{staffWords(board.agents)}</small></th>
      <td className={cx(css.number, board.waiting === 0 && css.calm)}>{board.waiting}</td>
      <td><Wait seconds={waitNow(board, elapsed)} /></td>
      <td className={cx(css.number, board.inProgress === 0 && css.calm)}>{board.inProgress}</td>
      <td><Agents agents={board.agents} mayMove={mayMove} onAgent={onAgent} /></td>
      {([board.qs30.quarter, board.qs30.hour, board.qs30.day] as const).map((value, index) => <td key={index} className={css.rate}><Rate value={value} target={target} /></td>)}
      <td><Spark spark={board.spark} at={at} target={target} name={name} /></td>
    </tr>
  );
}

function Rate({ value, target }: { value: number | null; target: number }) {
  const below = value !== null && value < target;
  return <span className={cx(below && css.below, value === null && css.calm)}>{below && <span aria-hidden="true">▾ </span>}{percent(value)}{below && <span className={css.unseen}> sous la cible</span>}</span>;
}

/** The longest wait as a bar towards the threshold, always with its number. */
function Wait({ seconds }: { seconds: number }) {
  const over = seconds >= ANSWER_SECONDS;
  return (
    <div className={cx(css.wait, seconds === 0 && css.calm, over && css.late)}>
      <span className={css.waitWords}>{over && <WarnIcon size={14} />}{formatWait(seconds)}</span>
      <span className={css.track} aria-hidden="true"><span style={{ width: `${Math.min(100, (seconds / ANSWER_SECONDS) * 100)}%` }} /></span>
      {over && <span className={css.unseen}>au-delà de {ANSWER_SECONDS} secondes</span>}
    </div>
  );
}

/** Everybody at a post, each always in the same place: the state is the shape and the word, not the position. */
function Agents({ agents, mayMove, onAgent }: { agents: readonly Agent[]; mayMove: boolean; onAgent: (agent: Agent) => void }) {
  if (agents.length === 0) return <span className={css.soft}>personne à son poste</span>;
  return (
    <div className={css.agents}>
      {agents.map((agent) => (
        <button
          key={agent.accountId}
          type="button"
          className={css.agent}
          data-state={agent.state}
          aria-label={`${agent.name}, ${agentStateWords[agent.state]}`}
          draggable={mayMove}
          onDragStart={(event) => event.dataTransfer.setData(AGENT_TYPE, agent.accountId)}
          onClick={() => onAgent(agent)}
        >
          <AgentMark state={agent.state} />
          <span>{agent.name}</span>
          <small>{agentStateWords[agent.state]}</small>
        </button>
      ))}
    </div>
  );
}
