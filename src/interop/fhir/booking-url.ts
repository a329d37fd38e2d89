/** Longest agenda URL that browsers and proxies carry without trouble. */
const MAX_LENGTH = 2_000;

/** True for an absolute http(s) URL of a length that travels. */
export function isBookableUrl(text: string): boolean {
  if (text.length > MAX_LENGTH || !URL.canParse(text)) return false;
  return /^https?:$/.test(new URL(text).protocol);
}

/**
 * The vendor's agenda URL with the `origin` that tells the vendor who sends the operator; an `origin` already there is
 * replaced, the rest of the query and the fragment are kept as the vendor wrote them. Null when the URL is not http(s).
 */
export function bookingUrl(url: string, origin: string): string | null {
  if (!isBookableUrl(url)) return null;
  const target = new URL(url);
  // Vendors written against the official test tool may publish `/path&origin=…`, without a question mark.
  target.pathname = target.pathname.replace(/&origin=[^&/]*/g, '');
  // Not URLSearchParams: it would rewrite the encoding of the vendor's own parameters.
  const kept = target.search.slice(1).split('&').filter((part) => part !== '' && !/^origin(=|$)/.test(part));
  target.search = `?${[...kept, `origin=${encodeURIComponent(origin)}`].join('&')}`;
  return target.href;
}
