import { useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { Age } from '../../../../ui/moments.tsx';
import { useAction, useApi, useRefresh } from '../../../../ui/query.ts';
import { QueryView } from '../../../../ui/states.tsx';
import { Tabs } from '../../../../ui/tabs.tsx';
import { toast } from '../../../../ui/toast.tsx';
import { type KeptAgenda, routes } from '../../contract.ts';
import { CalendarImport } from './calendar-import.tsx';
import css from './form.module.css';

/** The agenda in other software, and other software's calendar in the agenda. */
export function CalendarDialog({ agenda, onClose }: { agenda: KeptAgenda; onClose: () => void }) {
  return (
    <Dialog title="Calendrier : s’abonner, importer" over={agenda.label} open onClose={onClose}>
      <Tabs label="Calendrier" items={[
        { id: 'feeds', label: 'S’abonner', content: <Feeds agenda={agenda} /> },
        { id: 'import', label: 'Importer un fichier', content: <CalendarImport agenda={agenda} /> },
      ]} />
    </Dialog>
  );
}

function Feeds({ agenda }: { agenda: KeptAgenda }) {
  const { nationalId, structureId } = agenda;
  const [url, setUrl] = useState<string | null>(null);
  const feeds = useApi(routes.feeds, { query: { ...(nationalId ? { nationalId } : {}), ...(structureId ? { structureId } : {}) } });
  const refresh = useRefresh();
  const create = useAction(routes.createFeed, { onSuccess: (feed) => { setUrl(feed.url); void refresh(routes.feeds); }, onError: ({ message }) => toast({ tone: 'bad', words: message }) });
  const revoke = useAction(routes.revokeFeed, { onSuccess: () => { setUrl(null); void refresh(routes.feeds); }, onError: ({ message }) => toast({ tone: 'bad', words: message }) });
  return (
    <div className={css.stack}>
      <p>Votre logiciel d’agenda peut lire cette adresse : disponibilités et places prises, jamais un patient. Qui a l’adresse la lit sans mot de passe : fermez-la si elle s’est égarée.</p>
      {url && (
        <div className={css.stack} role="status">
          <p className={css.secret}>{url}</p>
          <div><Button onPress={() => void navigator.clipboard.writeText(url).then(() => toast({ tone: 'ok', words: 'Adresse copiée.' }))}>Copier l’adresse</Button> <span className={css.soft}>Elle n’est montrée que maintenant.</span></div>
        </div>
      )}
      <QueryView query={feeds}>
        {(data) => (
          <ul className={css.list}>
            {data.feeds.map(({ id, createdAt, lastReadAt }) => (
              <li key={id} className={css.row}>
                <span>Adresse créée il y a <Age since={createdAt} /> <span className={css.soft}>{lastReadAt ? <>lue il y a <Age since={lastReadAt} /></> : 'jamais lue'}</span></span>
                <Button small onPress={() => revoke.mutate({ params: { id } })}>Fermer cette adresse</Button>
              </li>
            ))}
          </ul>
        )}
      </QueryView>
      <div><Button look="main" isPending={create.isPending} onPress={() => create.mutate({ body: { nationalId, structureId } })}>Créer une adresse</Button></div>
    </div>
  );
}
