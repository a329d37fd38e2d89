import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, type MouseEvent } from 'react';
import type { Guide, GuideSection } from '../../domain/guide.ts';
import css from './guides.module.css';

/** A guide as it is read. Links to other pages stay in the application. */
export function GuideText({ guide, section }: { guide: Guide; section?: string | undefined }) {
  const root = useRef<HTMLDivElement>(null);
  const navigate = useNavigate();
  useEffect(() => {
    if (!section) return;
    const heading = root.current?.querySelector<HTMLElement>(`#${CSS.escape(section)}`);
    heading?.focus({ preventScroll: true });
    heading?.scrollIntoView();
  }, [section, guide]);

  function onClick(event: MouseEvent<HTMLDivElement>) {
    const href = (event.target as HTMLElement).closest('a')?.getAttribute('href');
    if (!href?.startsWith('/') || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const [to, hash] = href.split('#');
    void navigate({ to: to as string, ...(hash ? { hash } : {}) });
  }

  return <div ref={root} className={css.text} onClick={onClick}>{guide.sections.map((one) => <SectionText key={one.id} section={one} />)}</div>;
}

/** The text alone, for whoever is not signed in: no page of the application is open to him. */
export const PlainGuideText = ({ guide }: { guide: Guide }) => (
  <div className={css.text}>{guide.sections.map((one) => <SectionText key={one.id} section={one} />)}</div>
);

function SectionText({ section: { id, level, title, html } }: { section: GuideSection }) {
  const Heading = level <= 2 ? 'h2' : 'h3';
  return (
    <section>
      <Heading id={id} tabIndex={-1}>{title}</Heading>
      {/* Built from our own files, every raw tag escaped (src/app/build/render-guide.ts). */}
      <div dangerouslySetInnerHTML={{ __html: html }} />
    </section>
  );
}
