import { Link } from '@tanstack/react-router';
import { z } from 'zod';
import { Badge } from '../../../ui/badge.tsx';
import { Button, ButtonLink } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Page, Section } from '../../../ui/frame.tsx';
import { CheckIcon, ExternalIcon } from '../../../ui/icons.tsx';
import { useApi } from '../../../ui/query.ts';
import { useAccount } from '../../../ui/session.ts';
import { EmptyState, Loading } from '../../../ui/states.tsx';
import { useUrlState } from '../../../ui/url.ts';
import { routes } from '../../contract.ts';
import { inOrder, isFor, type NamedGuide, search } from '../../domain/guide.ts';
import { useGuides } from './guides.ts';
import css from './guides.module.css';

const viewSchema = z.object({ mots: z.string().max(80).catch('') });
const SHOWN_TITLES = 4;

/** The guides, those of one's role first, with a search in all of them; questions, videos, and somebody to ask. */
export default function HelpScreen() {
  const { roles } = useAccount();
  const { guides, failed, retry } = useGuides();
  const [{ mots }, write] = useUrlState(viewSchema);
  return (
    <Page
      title="Aide et espace de formation"
      intro="Les gestes, pas à pas, avec les images des écrans. Les guides lus une fois se relisent sans serveur."
      actions={<ButtonLink href="/contact">Demander de l’aide</ButtonLink>}
    >
      <div className={css.search}>
        <TextField label="Chercher dans les guides" type="search" value={mots} onChange={(text) => write({ mots: text.slice(0, 80) }, { replace: true })} placeholder="créneau, rappel, signer…" />
      </div>
      {failed && <EmptyState title="Les guides ne se chargent pas" tone="bad" action={<Button onPress={retry}>Réessayer</Button>}><p>Le serveur ne répond pas, et ils n’ont pas encore été lus sur ce poste.</p></EmptyState>}
      {!guides && !failed && <Loading lines={6} label="Chargement des guides" />}
      {guides && (mots.trim() ? <Results guides={inOrder(guides, roles)} words={mots} /> : <Cards guides={inOrder(guides, roles)} roles={roles} />)}
      <Videos />
    </Page>
  );
}

function Cards({ guides, roles }: { guides: readonly NamedGuide[]; roles: readonly string[] }) {
  return (
    <Section title="Guides">
      <ul className={css.cards}>
        {guides.map(({ name, title, sections }) => (
          <li key={name} className={css.card}>
            <Link to={`/aide/${name}` as string}>{title}</Link>
            {isFor(name, roles) && <div><Badge tone="ok" icon={<CheckIcon size={12} />}>Pour votre rôle</Badge></div>}
            <p>{sections.filter(({ id, level }) => level === 2 && id !== 'en-bref').slice(0, SHOWN_TITLES).map((section) => section.title.replace(/^\d+\.\s*/, '')).join(' · ')}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Results({ guides, words }: { guides: readonly NamedGuide[]; words: string }) {
  const found = search(guides, words);
  return (
    <Section title={found.length === 0 ? 'Rien dans les guides' : found.length === 1 ? 'Un passage' : `${found.length} passages`}>
      <p role="status" hidden>{found.length} passages trouvés</p>
      {found.length === 0 && <EmptyState title="Aucun guide ne contient tous ces mots"><p>Essayez un seul mot, ou demandez de l’aide : la réponse vous sera donnée ici.</p></EmptyState>}
      <ul className={css.found}>
        {found.map(({ guide, section, excerpt }) => (
          <li key={`${guide.name}#${section.id}`}>
            <Link to={`/aide/${guide.name}` as string} hash={section.id}>{section.title}</Link>
            <span>{guide.title}</span>
            <span>{excerpt}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Videos() {
  const { data } = useApi(routes.videos, {}, { staleMs: 300_000 });
  if (!data) return null;
  return (
    <Section title="Vidéos">
      {data.videos.length === 0 ? <p>Aucune vidéo n’est réglée pour ce SAS. L’exploitant peut en donner (réglage HELP_VIDEOS).</p> : (
        <ul className={css.videos}>
          {data.videos.map(({ title, url }) => <li key={url}><a href={url} target="_blank" rel="noopener noreferrer">{title} <ExternalIcon size={12} /></a></li>)}
        </ul>
      )}
    </Section>
  );
}
