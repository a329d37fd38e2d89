/** An import, static or dynamic, or an `export … from`. */
export interface Import {
  readonly specifier: string;
  /** `import type` or `export type`: nothing of it runs. */
  readonly typeOnly: boolean;
}

/** A source file read without compiling it. */
export interface Scanned {
  /** The source with comments, texts and regular expressions blanked; positions and lines are kept. */
  readonly code: string;
  readonly imports: readonly Import[];
  /** The SQL: tagged templates, each value replaced by `?`, and plain texts that read as a statement. */
  readonly queries: readonly string[];
}

interface Literal {
  readonly start: number;
  readonly text: string;
}

/** After one of these, a slash starts a regular expression; after anything else it divides. */
const BEFORE_REGEX = /(?:^|[(,=:[!&|?{};+\-*%~^<>]|\b(?:return|typeof|case|in|of|delete|void|throw|await|yield|else|do))\s*$/;

const STATEMENT = /^\s*(?:select|insert|update|delete|create|truncate|copy|alter|with)\s/i;

/** Reads what the architecture rules need to know of a source file. */
export function scan(source: string): Scanned {
  const reader = new Reader(source);
  reader.read();
  const code = reader.code();
  const statements = reader.literals.map(({ text }) => text).filter((text) => STATEMENT.test(text));
  return { code, imports: importsOf(code, reader.literals), queries: [...reader.queries, ...statements] };
}

class Reader {
  readonly literals: Literal[] = [];
  readonly queries: string[] = [];
  readonly #source: string;
  readonly #blanks: [number, number][] = [];
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  /** Reads to the end, or to the brace that closes a template's value. */
  read(inTemplate = false): void {
    let depth = 0;
    while (this.#at < this.#source.length) {
      const char = this.#source[this.#at]!;
      const two = this.#source.slice(this.#at, this.#at + 2);
      if (two === '//') this.#blankTo(this.#find('\n', this.#at));
      else if (two === '/*') this.#blankTo(this.#find('*/', this.#at + 2) + 2);
      else if (char === "'" || char === '"') this.#text(char);
      else if (char === '`') this.#template();
      else if (char === '/' && BEFORE_REGEX.test(this.#source.slice(Math.max(0, this.#at - 40), this.#at))) this.#regex();
      else {
        if (char === '{') depth++;
        if (char === '}' && depth-- === 0 && inTemplate) return;
        this.#at++;
      }
    }
  }

  code(): string {
    let code = '';
    let from = 0;
    for (const [start, end] of this.#blanks.toSorted((a, b) => a[0] - b[0])) {
      code += this.#source.slice(from, start) + this.#source.slice(start, end).replace(/[^\n]/g, ' ');
      from = end;
    }
    return code + this.#source.slice(from);
  }

  #find(what: string, from: number): number {
    const found = this.#source.indexOf(what, from);
    return found === -1 ? this.#source.length : found;
  }

  #blankTo(end: number): void {
    this.#blanks.push([this.#at, end]);
    this.#at = end;
  }

  /** Position of the closing mark on the same line, or -1: an apostrophe in the text of a screen closes nothing. */
  #closing(mark: string): number {
    let inClass = false;
    for (let at = this.#at + 1; at < this.#source.length; at++) {
      const char = this.#source[at]!;
      if (char === '\n') return -1;
      if (char === '\\') at++;
      else if (mark === '/' && char === '[') inClass = true;
      else if (mark === '/' && char === ']') inClass = false;
      else if (char === mark && !inClass) return at;
    }
    return -1;
  }

  #text(quote: string): void {
    const end = this.#closing(quote);
    if (end === -1) {
      this.#at++;
      return;
    }
    this.literals.push({ start: this.#at, text: this.#source.slice(this.#at + 1, end) });
    this.#blanks.push([this.#at + 1, end]);
    this.#at = end + 1;
  }

  #regex(): void {
    const end = this.#closing('/');
    if (end === -1) this.#at++;
    else this.#blankTo(end + 1);
  }

  #template(): void {
    const start = this.#at;
    const isSql = /\bsql$/.test(this.#source.slice(Math.max(0, start - 8), start));
    let text = '';
    let chunk = ++this.#at;
    const endChunk = () => {
      text += this.#source.slice(chunk, this.#at);
      this.#blanks.push([chunk, this.#at]);
    };
    while (this.#at < this.#source.length && this.#source[this.#at] !== '`') {
      if (this.#source[this.#at] === '\\') this.#at += 2;
      else if (this.#source.startsWith('${', this.#at)) {
        endChunk();
        text += '?';
        this.#at += 2;
        this.read(true);
        chunk = ++this.#at;
      } else this.#at++;
    }
    endChunk();
    this.#at++;
    if (isSql) this.queries.push(text);
    else this.literals.push({ start, text });
  }
}

const IMPORT = /\b(?:import|export)\s+(type\s+)?(?:[\w$\s{},*]+?\bfrom\s*)?(?=['"])|\bimport\s*\(\s*(?=['"`])/g;

function importsOf(code: string, literals: readonly Literal[]): Import[] {
  const texts = new Map(literals.map(({ start, text }) => [start, text]));
  return [...code.matchAll(IMPORT)].flatMap((match) => {
    const specifier = texts.get(match.index + match[0].length);
    return specifier === undefined ? [] : [{ specifier, typeOnly: match[1] !== undefined }];
  });
}
