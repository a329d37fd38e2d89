import { type Template, type TemplateId, templateOf, type Values } from './templates.ts';

/** A message as it leaves. An SMS has no subject and no HTML. */
export interface Rendered {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const GREETING = 'Bonjour,';
const FOOTER = "Message automatique du service d'accès aux soins : n'y répondez pas. Il ne contient aucune information de santé.";

/**
 * The values that the template takes, and no other. A label that is no label (a strange name in the directory) gives way to
 * neutral words.
 * @throws Error naming the parameter whose value is not of its kind; the value is not repeated
 */
export function checkedValues(id: TemplateId, values: Values): Values {
  const { parameters } = templateOf(id);
  return Object.fromEntries(Object.entries(parameters).map(([name, kind]) => {
    const parsed = kind.schema.safeParse(values[name]);
    if (parsed.success) return [name, parsed.data];
    if (kind.otherwise === undefined) throw new Error(`${id}: ${name} is not of its kind`);
    return [name, kind.otherwise];
  }));
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character]!);
/** A header is one line: what would start another is taken out. */
const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').trim();

/**
 * Writes a message.
 * @param siteUrl address of our site, without a slash at its end
 * @throws as `checkedValues`
 */
export function render(id: TemplateId, values: Values, siteUrl: string): Rendered {
  const template = templateOf(id);
  const shown = shownValues(template, checkedValues(id, values), siteUrl);
  const filled = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => shown[name]!);
  const paragraphs = template.text.map((paragraph) => capitalised(filled(paragraph)));
  if (template.channel === 'sms') return { subject: '', text: oneLine(paragraphs.join(' ')), html: '' };
  const subject = oneLine(filled(template.subject!));
  const action = template.action && { label: template.action, address: shown['link']! };
  return { subject, text: textOf(paragraphs, action), html: htmlOf(subject, paragraphs, action) };
}

function shownValues({ parameters }: Template, values: Values, siteUrl: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(parameters).map(([name, kind]) => [name, kind.show(values[name]!, siteUrl)]));
}

const capitalised = (text: string): string => text.charAt(0).toLocaleUpperCase('fr') + text.slice(1);

type Action = { readonly label: string; readonly address: string } | undefined | '';

const textOf = (paragraphs: readonly string[], action: Action): string =>
  [GREETING, ...paragraphs, ...(action ? [`${action.label} : ${action.address}`] : []), '--', FOOTER].join('\n\n');

function htmlOf(subject: string, paragraphs: readonly string[], action: Action): string {
  const lines = [GREETING, ...paragraphs].map((paragraph) => `<p>${escaped(paragraph)}</p>`);
  const button = action
    ? [`<p><a href="${escaped(action.address)}" style="display:inline-block;padding:12px 20px;background:#0b5563;color:#ffffff;border-radius:6px;font-weight:600">${escaped(action.label)}</a></p>`,
      `<p style="font-size:14px">Ou recopiez cette adresse : ${escaped(action.address)}</p>`]
    : [];
  return `<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(subject)}</title></head>
<body style="margin:0 auto;padding:24px;max-width:36rem;font:17px/1.5 sans-serif;color:#16202c;background:#ffffff">
${[...lines, ...button].join('\n')}
<hr style="border:0;border-top:1px solid #c5ced8"><p style="font-size:14px;color:#4a5868">${escaped(FOOTER)}</p>
</body></html>`;
}
