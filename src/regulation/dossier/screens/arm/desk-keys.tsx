import { Button } from '../../../../ui/button.tsx';
import { useCommand } from '../../../../ui/commands.ts';
import { loadWords } from '../phone/post-model.ts';
import { useQueuesLoad } from '../phone/use-queues-load.ts';
import type { Passing } from './passing.ts';
import { missingWords } from './qualification.ts';
import css from './desk-keys.module.css';

export interface DeskKey {
  readonly keys: string;
  readonly label: string;
  readonly run: () => void;
  readonly isDisabled?: boolean;
  /** Drawn in red: P0. */
  readonly alarm?: boolean;
}

/** The bottom of the desk: what can be done, and the two ways on with how long each queue is. */
export function DeskKeys({ keys, passings, main, busy, onPass }: {
  keys: readonly DeskKey[]; passings: readonly Passing[]; main: Passing['key'] | null; busy: boolean; onPass: (passing: Passing) => void;
}) {
  const wanted = passings.find(({ key }) => key === main) ?? passings.find(({ refusal }) => refusal === null);
  const missing = wanted && wanted.refusal === null && wanted.missing.length > 0 ? missingWords(wanted.missing) : '';
  return (
    <footer className={css.bar} aria-label="Touches du poste">
      {keys.map((one) => <PlainKey key={one.keys} {...one} />)}
      <p className={css.missing} role="status">{missing}</p>
      {passings.map((one) => <PassKeyButton key={one.key} passing={one} isMain={main === one.key} busy={busy} onPass={() => onPass(one)} />)}
    </footer>
  );
}

function PlainKey({ keys, label, run, isDisabled = false, alarm = false }: DeskKey) {
  useCommand({ id: `desk.${keys}`, label, group: 'Poste', keys, run, enabled: !isDisabled });
  return <Button keys={keys} isDisabled={isDisabled} className={alarm ? css.alarm! : css.key!} onPress={run}>{label}</Button>;
}

function PassKeyButton({ passing, isMain, busy, onPass }: { passing: Passing; isMain: boolean; busy: boolean; onPass: () => void }) {
  const { load } = useQueuesLoad();
  const { key, label, level, refusal } = passing;
  const known = load(level);
  useCommand({ id: `desk.${key}`, label, group: 'Poste', keys: key, run: onPass, enabled: refusal === null });
  return (
    <Button keys={key} look={isMain && refusal === null ? 'main' : 'plain'} isDisabled={refusal !== null} isPending={busy} className={css.pass!} onPress={onPass}>
      <span className={css.words}><span>{label}</span><small>{refusal ?? (known ? loadWords(known) : '')}</small></span>
    </Button>
  );
}
