import { Marked, type Tokens } from 'marked';
import type { Guide, GuideSection } from '../../help/domain/guide.ts';

export interface RenderedGuide extends Guide {
  /** Paths of the pictures, relative to the guide; the HTML names the nth by `imageMark(n)`. */
  readonly images: readonly string[];
}

/** Stands for the address of a picture until the build gives it. */
export const imageMark = (index: number): string => `image-address-${index}-`;

const escaped = (text: string): string => text.replace(/[&<>"]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[char]!);
const plainOf = (html: string): string =>
  html.replace(/<[^>]+>/g, ' ').replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[name]!).replace(/\s+/g, ' ').trim();

/** `2. Chercher` as `chercher`. */
export const slugOf = (title: string): string =>
  title.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/^\d+\.\s*/, '').replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');

/** Where a link of a guide leads in the application; null when it may not be followed. */
function addressOf(href: string): string | null {
  const guide = /^(?:\.\/)?([\w-]+)\.md(#[\w-]*)?$/.exec(href);
  if (guide) return `/aide/${guide[1]}${guide[2] ?? ''}`;
  return /^(https:\/\/|\/(?!\/)|#)/.test(href) ? href : null;
}

/** A guide written in Markdown, as sections of safe HTML: no raw tag passes, no picture from elsewhere. */
export function renderGuide(markdown: string): RenderedGuide {
  const images: string[] = [];
  let tables = 0;
  const marked = new Marked({
    renderer: {
      html: ({ text }) => escaped(text),
      image({ href, text }) {
        if (!/^images\/[\w-]+\.png$/.test(href)) throw new Error(`picture outside docs/guides/images: ${href}`);
        return `<img src="${imageMark(images.push(href) - 1)}" alt="${escaped(text)}" loading="lazy">`;
      },
      link({ href, tokens }) {
        const words = this.parser.parseInline(tokens);
        const address = addressOf(href);
        return address === null ? words : `<a href="${escaped(address)}"${address.startsWith('https:') ? ' rel="noopener noreferrer" target="_blank"' : ''}>${words}</a>`;
      },
      table({ header, rows }) {
        const cell = ({ tokens }: Tokens.TableCell, tag: string) => `<${tag}>${this.parser.parseInline(tokens)}</${tag}>`;
        const head = header.map((one) => cell(one, one.text.trim() ? 'th scope="col"' : 'td').replace('</th scope="col">', '</th>')).join('');
        const body = rows.map((row) => `<tr>${row.map((one) => cell(one, 'td')).join('')}</tr>`).join('');
        return `<div class="table" tabindex="0" role="region" aria-label="Tableau ${++tables}"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
      },
    },
  });

  let title = '';
  const sections: GuideSection[] = [];
  const taken = new Map<string, number>();
  let current: { heading: Tokens.Heading | null; tokens: Tokens.Generic[] } = { heading: null, tokens: [] };
  const close = () => {
    const html = marked.parser(current.tokens as Parameters<typeof marked.parser>[0]);
    if (!current.heading && !html.trim()) return;
    const words = current.heading ? plainOf(marked.parseInline(current.heading.text) as string) : 'En bref';
    const slug = slugOf(words);
    const count = (taken.get(slug) ?? 0) + 1;
    taken.set(slug, count);
    sections.push({ id: count === 1 ? slug : `${slug}-${count}`, level: current.heading?.depth ?? 2, title: words, html, text: plainOf(html) });
  };
  for (const token of marked.lexer(markdown)) {
    if (token.type !== 'heading') current.tokens.push(token);
    else if (token.depth === 1) title = plainOf(marked.parseInline((token as Tokens.Heading).text) as string);
    else {
      close();
      current = { heading: token as Tokens.Heading, tokens: [] };
    }
  }
  close();
  return { title, sections, images };
}
