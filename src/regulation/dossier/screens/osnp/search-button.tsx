import { Button } from '../../../../ui/button.tsx';
import { useCommand } from '../../../../ui/commands.ts';
import { ExternalIcon } from '../../../../ui/icons.tsx';
import { ApiProblem, call } from '../../../../ui/api.ts';
import { toast } from '../../../../ui/toast.tsx';
import { routes } from '../../contract.ts';

/** Opens the platform's search for this dossier in another tab: place, specialty and usual doctor are there, never a name of a patient. */
export function SearchButton({ dossierId, main = false }: { dossierId: string; main?: boolean }) {
  async function open() {
    // Opened within the gesture: browsers refuse a window that comes after an answer.
    const tab = window.open('about:blank', '_blank');
    try {
      const { url } = await call(routes.searchLink, { params: { id: dossierId } });
      if (!tab) return window.location.assign(url);
      tab.opener = null;
      tab.location.replace(url);
    } catch (error) {
      tab?.close();
      if (!(error instanceof ApiProblem)) throw error;
      toast({ tone: 'bad', words: error.message });
    }
  }
  useCommand({ id: 'search-slot', label: 'Chercher un rendez-vous pour ce dossier', group: 'Dossier', keys: 'F3', run: () => void open() });
  return <Button look={main ? 'main' : 'plain'} wide keys="F3" onPress={() => void open()}><ExternalIcon /> Chercher un rendez-vous</Button>;
}
