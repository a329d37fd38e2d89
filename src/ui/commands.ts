import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';

/** Something a person can ask for: from the palette (`Ctrl+K`), by its keys when it has some, listed in the help (`?`). */
export interface Command {
  readonly id: string;
  readonly label: string;
  /** Heading under which the palette and the help list it. */
  readonly group: string;
  /** `/`, `?`, `Ctrl+K`, `Escape`… A character alone does nothing while somebody types in a field. */
  readonly keys?: string;
  /** Words the palette also finds it by. */
  readonly words?: string;
  /** Absent: keys that a component handles by itself, listed in the help only. */
  readonly run?: () => void;
}

const commands = new Map<string, Command>();
const subscribers = new Set<() => void>();
let snapshot: readonly Command[] = [];

function publish(): void {
  snapshot = [...commands.values()];
  for (const subscriber of subscribers) subscriber();
}

/** Offers a command for as long as the component that calls it is on screen. */
export function useCommand(command: Command & { readonly enabled?: boolean }): void {
  const { id, label, group, keys, words, enabled = true } = command;
  const run = useEffectEvent(() => command.run?.());
  const runs = command.run !== undefined;
  useEffect(() => {
    if (!enabled) return;
    commands.set(id, { id, label, group, ...(keys ? { keys } : {}), ...(words ? { words } : {}), ...(runs ? { run: () => run() } : {}) });
    publish();
    return () => {
      commands.delete(id);
      publish();
    };
  }, [id, label, group, keys, words, runs, enabled]);
}

/** Keys as people read them on the keyboard. */
export const keyLabel = (keys: string): string => keys.replace('ArrowDown', '↓').replace('ArrowUp', '↑').replace('Escape', 'Échap').replace('+', ' ');

/** Every command on offer now. */
export const useCommands = (): readonly Command[] =>
  useSyncExternalStore(
    (subscriber) => {
      subscribers.add(subscriber);
      return () => subscribers.delete(subscriber);
    },
    () => snapshot,
  );

const KEY = 'sas.single-keys';

/** Keys alone (`/`, `?`) can be turned off by people who dictate or whose keyboard sends stray keys. */
export const singleKeysOn = (): boolean => localStorage.getItem(KEY) !== 'off';
export const setSingleKeys = (on: boolean): void => localStorage.setItem(KEY, on ? 'on' : 'off');

/** Listens to the keys of the commands on offer; mounted once, by the page frame. */
export function useCommandKeys(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const pressed = keysOf(event);
      if (isFunctionKey(pressed) ? inWindow() : !pressed.includes('+') && (!singleKeysOn() || isTyping(event.target) || inWindow())) return;
      const command = snapshot.find(({ keys, run }) => run && keys?.toLowerCase() === pressed);
      if (!command?.run) return;
      event.preventDefault();
      command.run();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

/** `Ctrl+K` as `ctrl+k`; the shift of `?` is part of the character, not named. */
function keysOf(event: KeyboardEvent): string {
  const ctrl = event.ctrlKey || event.metaKey ? 'ctrl+' : '';
  const alt = event.altKey ? 'alt+' : '';
  return `${ctrl}${alt}${event.key.toLowerCase()}`;
}

/** `F1` to `F12` write nothing: they are heard while somebody types. */
const isFunctionKey = (pressed: string): boolean => /^f\d+$/.test(pressed);
const inWindow = (): boolean => document.querySelector('[data-modal]') !== null;

/** A choice or a box to tick takes no letter: keys are heard there. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input:not([type="radio"], [type="checkbox"]), textarea, select'));
