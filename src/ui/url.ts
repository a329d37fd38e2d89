import { useNavigate, useRouterState } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { z } from 'zod';

/** Reads `?a=1&b=x&b=y` as `{ a: '1', b: ['x', 'y'] }`: plain addresses that people can read and other software can write. */
export function parseSearch(search: string): Record<string, string | string[]> {
  const values: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(search)) {
    const before = values[name];
    values[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  return values;
}

/** The reverse of `parseSearch`; absent and empty values leave no trace in the address. */
export function stringifySearch(values: Record<string, unknown>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined && item !== null && item !== '') search.append(name, String(item));
    }
  }
  const text = search.toString();
  return text ? `?${text}` : '';
}

/** How a change of the address is written. */
export interface WriteOptions {
  /** Replaces the present step of the history instead of adding one. */
  readonly replace?: boolean;
  /** Kept with the step of the history, out of the address: for what must not be read in it. */
  readonly memory?: Readonly<Record<string, unknown>>;
}

/**
 * The screen's state kept in its address: the values read through `schema` (wrong ones fall back to its `catch`), and a
 * function that writes them.
 */
export function useUrlState<S extends z.ZodObject>(
  schema: S,
): [z.output<S>, (next: { [K in keyof z.output<S>]?: unknown }, options?: WriteOptions) => void] {
  const search = useRouterState({ select: (state) => state.location.searchStr });
  const navigate = useNavigate();
  const values = useMemo(() => schema.parse(parseSearch(search)), [schema, search]);
  const write = (next: { [K in keyof z.output<S>]?: unknown }, { replace = false, memory = {} }: WriteOptions = {}) =>
    void navigate({ to: '.', search: { ...values, ...next } as never, state: (before) => ({ ...before, ...memory }), replace });
  return [values, write];
}

/** What was kept with this step of the history by `memory`. */
export const useMemory = (): Readonly<Record<string, unknown>> =>
  useRouterState({ select: (state) => state.location.state as unknown as Readonly<Record<string, unknown>> });
