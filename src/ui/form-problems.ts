import { createContext, useContext } from 'react';
import type { ApiProblem } from './api.ts';

/** The refusal being shown by the form around, which its fields look themselves up in. */
export const FormProblem = createContext<ApiProblem | null>(null);

/** What the server said against the field of this name, or against an item of its list (`departments.0`). It stays until the next sending: words must not move under the pointer. */
export function useFieldProblem(name: string | undefined): { isInvalid: boolean; message: string | null } {
  const message = useContext(FormProblem)?.fields.find(({ path }) => path === name || path.startsWith(`${name}.`))?.message ?? null;
  return { isInvalid: message !== null, message };
}
