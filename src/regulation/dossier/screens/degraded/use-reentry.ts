import { useState } from 'react';
import { ApiProblem, call } from '../../../../ui/api.ts';
import { useZone } from '../../../../ui/moments.tsx';
import { useAccount } from '../../../../ui/session.ts';
import { now } from '../../../../ui/time.ts';
import { routes } from '../../contract.ts';
import type { DegradedForm } from './form.ts';
import { keepForm, markEntered } from './forms-store.ts';
import { AlreadyEntered, type DossierApi, reenter } from './reentry.ts';

const api: DossierApi = {
  open: (body) => call(routes.openDossier, { body }),
  update: (id, body) => call(routes.updateDossier, { params: { id }, body }),
  note: (id, body) => call(routes.addNote, { params: { id }, body }),
  act: ({ id, version }, body) => call(routes.actOnDossier, { params: { id }, body, headers: { 'if-match': `"${version}"` } }),
};

/** Enters forms again one after the other; a form that is in leaves the workstation, one that stops keeps why. `current`: its number. */
export function useReentry(): { current: string | null; enter: (forms: readonly DegradedForm[]) => Promise<void> } {
  const [current, setCurrent] = useState<string | null>(null);
  const zone = useZone();
  const { displayName } = useAccount();

  /** True when the next one may be tried. */
  async function enterOne(form: DegradedForm): Promise<boolean> {
    // Kept first: whatever happens next, it is known that the server may already have it.
    keepForm({ ...form, attempted: true, problem: null });
    try {
      const dossier = await reenter(form, zone, displayName, api);
      markEntered({ number: form.number, dossierId: dossier.id, dossierNumber: dossier.number, at: now().toString() });
      return true;
    } catch (error) {
      const known = error instanceof ApiProblem || error instanceof AlreadyEntered;
      const duplicate = error instanceof AlreadyEntered;
      keepForm({ ...form, attempted: !duplicate, problem: known ? error.message : `La ressaisie s’est arrêtée : ${String(error)}` });
      return !(error instanceof ApiProblem && (error.status === 0 || error.status === 401 || error.status >= 500));
    }
  }

  async function enter(forms: readonly DegradedForm[]): Promise<void> {
    if (current) return;
    try {
      for (const form of forms) {
        setCurrent(form.number);
        if (!(await enterOne(form))) return;
      }
    } finally {
      setCurrent(null);
    }
  }
  return { current, enter };
}
