export interface Visit {
  readonly url: URL;
  readonly status: number;
  readonly body: string;
  /** Every address gone through, the last one included. */
  readonly path: readonly string[];
}

/** A browser without a screen, for tests: keeps cookies by host name as real ones do (ports do not count), follows redirects. */
export class CookieBrowser {
  readonly #cookies = new Map<string, string>();

  get(url: string | URL): Promise<Visit> {
    return this.#go(new URL(url), { method: 'GET' });
  }

  post(url: string | URL, fields: Record<string, string>): Promise<Visit> {
    return this.#go(new URL(url), { method: 'POST', body: new URLSearchParams(fields) });
  }

  /** Called before each request, redirects included. */
  protected before(_url: URL): void {}

  async #go(start: URL, request: { method: string; body?: URLSearchParams }): Promise<Visit> {
    const path: string[] = [];
    let url = start;
    let next = request;
    for (;;) {
      path.push(url.href);
      this.before(url);
      if (path.length > 20) throw new Error(`redirect loop: ${path.join(' -> ')}`);
      const response = await fetch(url, { ...next, redirect: 'manual', headers: { cookie: this.#header(url) } });
      this.#keep(response);
      const location = response.headers.get('location');
      if (!location || response.status < 300 || response.status > 399) {
        return { url, status: response.status, body: await response.text(), path };
      }
      url = new URL(location, url);
      next = { method: 'GET' };
    }
  }

  #header(url: URL): string {
    return [...this.#cookies]
      .filter(([key]) => url.pathname.startsWith(key.split(' ')[1]!))
      .map(([key, value]) => `${key.split(' ')[0]}=${value}`)
      .join('; ');
  }

  #keep(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair, ...attributes] = line.split(';').map((part) => part.trim());
      const [name, ...value] = pair!.split('=');
      const cookiePath = attributes.find((attribute) => /^path=/i.test(attribute))?.slice(5) ?? '/';
      const expired = attributes.some((attribute) => /^expires=Thu, 01 Jan 1970/i.test(attribute)) || value.join('=') === '';
      if (expired) this.#cookies.delete(`${name} ${cookiePath}`);
      else this.#cookies.set(`${name} ${cookiePath}`, value.join('='));
    }
  }
}
