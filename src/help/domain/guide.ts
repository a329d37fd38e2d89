/** A heading of a guide with what follows it, up to the next. */
export interface GuideSection {
  /** Unique in the guide; what `#` leads to. */
  readonly id: string;
  readonly level: number;
  readonly title: string;
  /** Safe: built from our own files, every raw tag escaped. */
  readonly html: string;
  /** Its words, for the search. */
  readonly text: string;
}

export interface Guide {
  readonly title: string;
  readonly sections: readonly GuideSection[];
}

/** A guide with its name in the address (`/aide/osnp`). */
export interface NamedGuide extends Guide {
  readonly name: string;
}

/** The guides in their order, with those they are written for. A file that is not here comes last, for everybody. */
const readers: readonly (readonly [name: string, roles: readonly string[]])[] = [
  ['connexion', []],
  ['effecteur', ['effecteur', 'delegataire']],
  ['gestionnaire-de-structure', ['gestionnaire-structure', 'delegataire']],
  ['gestionnaire-de-comptes', ['gestionnaire-comptes', 'administrateur', 'administrateur-national']],
  ['arm', ['arm', 'arm-coordonnateur']],
  ['osnp', ['osnp', 'ioa']],
  ['medecin-regulateur', ['mrg', 'mru', 'medecin-specialise']],
  ['superviseur', ['superviseur', 'arm-coordonnateur', 'responsable-sas']],
  ['protocoles', []],
  ['mode-degrade', []],
  ['faq', []],
];

const rank = (name: string): number => {
  const at = readers.findIndex(([one]) => one === name);
  return at === -1 ? readers.length : at;
};

/** True when the guide is written for one of these roles. */
export const isFor = (name: string, roles: readonly string[]): boolean => readers[rank(name)]?.[1].some((role) => roles.includes(role)) ?? false;

/** Those of one's own role first, then the others in their order. */
export const inOrder = <G extends { readonly name: string }>(guides: readonly G[], roles: readonly string[]): G[] =>
  guides.toSorted((a, b) => Number(isFor(b.name, roles)) - Number(isFor(a.name, roles)) || rank(a.name) - rank(b.name) || a.name.localeCompare(b.name));

/** Lower case without accents, so that `regulation` finds `régulation`. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('’', "'").toLowerCase();

export interface Found {
  readonly guide: NamedGuide;
  readonly section: GuideSection;
  /** The words around the first one found. */
  readonly excerpt: string;
}

const EXCERPT = 70;
const MOST_FOUND = 30;

/** The sections that hold every word, in the order of the guides; those that say them in their title first. */
export function search(guides: readonly NamedGuide[], words: string): Found[] {
  const wanted = plain(words).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [];
  const found = guides.flatMap((guide) =>
    guide.sections
      .filter(({ title, text }) => wanted.every((word) => plain(`${title} ${text}`).includes(word)))
      .map((section) => ({ guide, section, excerpt: excerptOf(section.text, wanted[0]!), isTitle: wanted.every((word) => plain(section.title).includes(word)) })),
  );
  return found.toSorted((a, b) => Number(b.isTitle) - Number(a.isTitle)).slice(0, MOST_FOUND);
}

function excerptOf(text: string, word: string): string {
  const at = Math.max(0, plain(text).indexOf(word));
  const start = at <= EXCERPT ? 0 : text.indexOf(' ', at - EXCERPT) + 1;
  const end = at + EXCERPT >= text.length ? text.length : text.lastIndexOf(' ', at + EXCERPT);
  return `${start > 0 ? '… ' : ''}${text.slice(start, Math.max(end, start))}${end < text.length ? ' …' : ''}`;
}
