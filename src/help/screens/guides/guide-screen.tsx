import { Link, useParams, useRouterState } from '@tanstack/react-router';
import { Button, ButtonLink } from '../../../ui/button.tsx';
import { Page } from '../../../ui/frame.tsx';
import { EmptyState, Loading } from '../../../ui/states.tsx';
import type { NamedGuide } from '../../domain/guide.ts';
import { GuideText } from './guide-text.tsx';
import { useGuides } from './guides.ts';
import css from './guides.module.css';

/** A guide with its contents beside it. */
export default function GuideScreen() {
  const { guide: name } = useParams({ strict: false }) as { guide: string };
  const section = useRouterState({ select: ({ location }) => location.hash || undefined });
  const { guides, failed, retry } = useGuides();
  if (failed) return <EmptyState title="Ce guide ne se charge pas" tone="bad" page action={<Button onPress={retry}>Réessayer</Button>}><p>Le serveur ne répond pas, et il n’a pas encore été lu sur ce poste.</p></EmptyState>;
  if (!guides) return <Page title="Guide"><Loading lines={10} label="Chargement du guide" /></Page>;
  const guide = guides.find((one) => one.name === name);
  if (!guide) return <EmptyState title="Ce guide n’existe pas" page action={<ButtonLink href="/aide">Tous les guides</ButtonLink>}><p>Il n’a peut-être pas encore été écrit.</p></EmptyState>;
  return (
    <Page title={guide.title} actions={<><ButtonLink href="/aide">Tous les guides</ButtonLink><ButtonLink href="/contact">Demander de l’aide</ButtonLink></>}>
      <details className={css.narrow}><summary>Sommaire</summary><Contents guide={guide} /></details>
      <div className={css.two}>
        <nav className={css.contents} aria-label="Sommaire"><Contents guide={guide} /></nav>
        <GuideText guide={guide} section={section} />
      </div>
    </Page>
  );
}

const Contents = ({ guide }: { guide: NamedGuide }) => (
  <ul>
    {guide.sections.map(({ id, title, level }) => (
      <li key={id}><Link to={`/aide/${guide.name}` as string} hash={id} {...(level > 2 ? { 'data-deep': true } : {})}>{title}</Link></li>
    ))}
  </ul>
);
