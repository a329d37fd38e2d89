/** Text that is already HTML. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = Html | string | number | null | false | readonly Part[];

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const render = (part: Part): string => {
  if (part instanceof Html) return part.text;
  if (part === null || part === false) return '';
  if (typeof part === 'object') return part.map(render).join('');
  return String(part).replace(/[&<>"']/g, (character) => escapes[character]!);
};

/** Template tag: every value is escaped, except what is already `Html`. */
export const html = (strings: TemplateStringsArray, ...values: readonly Part[]): Html =>
  new Html(strings.reduce((done, string, index) => done + render(values[index - 1] ?? null) + string));

const style = `
:root { color-scheme: light; --ink: #16202c; --soft: #4a5868; --line: #c5ced8; --paper: #fff; --back: #eef2f5; --accent: #0b5563; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--ink); font: 17px/1.5 system-ui, "Segoe UI", Roboto, sans-serif; }
header { background: var(--accent); color: #fff; padding: 14px 24px; display: flex; gap: 16px; align-items: baseline; flex-wrap: wrap; }
header strong { font-size: 20px; }
.banner { background: #fff3c4; color: #4d3800; padding: 8px 24px; margin: 0; font-size: 15px; }
main { max-width: 62rem; margin: 24px auto; padding: 0 24px 48px; }
section, form.card { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: 20px 24px; margin-bottom: 20px; }
h1 { font-size: 26px; line-height: 1.25; margin: 0 0 16px; } h2 { font-size: 19px; margin: 0 0 10px; }
label { display: block; font-weight: 600; margin-bottom: 4px; }
input, select { font: inherit; padding: 9px 12px; border: 1px solid #67788a; border-radius: 6px; width: 100%; max-width: 28rem; background: #fff; color: inherit; }
button { font: inherit; font-weight: 600; padding: 9px 18px; border: 1px solid var(--accent); border-radius: 6px; background: var(--accent); color: #fff; cursor: pointer; }
button.plain { background: #fff; color: var(--accent); }
a { color: #0b4f8a; }
:focus-visible { outline: 3px solid #d97706; outline-offset: 2px; }
.hint { color: var(--soft); font-size: 15px; } .row { margin-bottom: 16px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 6px 20px; margin: 0; } dt { color: var(--soft); } dd { margin: 0; font-weight: 600; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: 8px 10px; border-bottom: 1px solid var(--line); vertical-align: top; }
.actions { display: flex; gap: 8px; flex-wrap: wrap; }
.wide { overflow-x: auto; }
`;

export interface PageParts {
  readonly title: string;
  /** What the header shows. */
  readonly product: string;
  /** The line under the header that says this is a simulator. */
  readonly banner: string;
  readonly main: Html;
  readonly extraStyle?: string;
  readonly script?: string;
}

/** A whole page in French, with one frame for all the simulators. */
export const page = (parts: PageParts): string => html`<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${parts.title} – ${parts.product}</title>
<link rel="icon" href="data:,">
<style>${new Html(style + (parts.extraStyle ?? ''))}</style>
</head>
<body>
<header><strong>${parts.product}</strong></header>
<aside aria-label="Avertissement"><p class="banner">${parts.banner}</p></aside>
<main>${parts.main}</main>
${parts.script ? html`<script>${new Html(parts.script)}</script>` : null}
</body>
</html>`.text;
