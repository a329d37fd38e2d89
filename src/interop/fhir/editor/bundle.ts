import type { Report } from './findings.ts';
import { type Bundle, bundleSchema, itemsOf, type Kind, type Reference, type Resource, resourceSchemas, visitEmpty, visitLost } from './resources.ts';

/** A resource of the answer and where it stands in it. */
export interface Found<T> {
  readonly resource: T;
  readonly path: string;
}

/** The resources of an answer, of all its pages, ready to be followed from one to the other. */
export interface BundleIndex {
  readonly slots: readonly Found<Resource<'Slot'>>[];
  all<K extends Kind>(kind: K): readonly Found<Resource<K>>[];
  /** The resource of that kind that a reference names; null when it is missing from the answer or of another kind. */
  follow<K extends Kind>(kind: K, reference: Reference | undefined, path: string): Found<Resource<K>> | null;
}

const PERSONAL = new Set(['Patient', 'RelatedPerson', 'Person']);

/** Indexes the pages of one answer and notes what is wrong with the Bundle and its entries. */
export function indexBundles(pages: readonly unknown[], report: Report): BundleIndex {
  const byKind = new Map<Kind, Found<unknown>[]>(Object.keys(resourceSchemas).map((kind) => [kind as Kind, []]));
  const byKey = new Map<string, { kind: Kind; found: Found<unknown> }>();

  const totals = pages.map((page, number) => {
    const path = number === 0 ? 'Bundle' : `Bundle(page ${number + 1})`;
    const bundle = readBundle(page, path, report);
    if (bundle) indexEntries(bundle, path);
    return bundle?.total;
  });
  checkTotal(totals, byKind.get('Slot')!.length, report);

  function indexEntries(bundle: Bundle, bundlePath: string) {
    const seen = new Set<string>();
    for (const { item, index } of itemsOf(bundle.entry)) {
      const path = `${bundlePath}.entry[${index}].resource`;
      const kind = kindOf(item.resource, path, report);
      if (!kind) continue;
      const resource = readResource(kind, item.resource, path, report);
      const found = { resource, path };
      if (!resource.id) report('entry-id-missing', `${path}.id`);
      const key = `${kind}/${resource.id ?? ''}`;
      if (resource.id && seen.has(key)) {
        report('resource-duplicate', path, key);
        continue;
      }
      seen.add(key);
      byKind.get(kind)!.push(found);
      if (resource.id && !byKey.has(key)) byKey.set(key, { kind, found });
      if (item.fullUrl && !byKey.has(item.fullUrl)) byKey.set(item.fullUrl, { kind, found });
    }
  }

  return {
    slots: byKind.get('Slot') as Found<Resource<'Slot'>>[],
    all: <K extends Kind>(kind: K) => byKind.get(kind) as Found<Resource<K>>[],
    follow<K extends Kind>(kind: K, reference: Reference | undefined, path: string) {
      const target = reference?.reference;
      if (!target) return null;
      const hit = byKey.get(target) ?? byKey.get(relative(target));
      if (hit && /^[a-z]+:/i.test(target)) report('reference-absolute', `${path}.reference`, target);
      return hit?.kind === kind ? (hit.found as Found<Resource<K>>) : null;
    },
  };
}

/** `https://host/fhir/Slot/1/_history/2` → `Slot/1`. */
function relative(reference: string): string {
  const match = /(?:^|\/)([A-Z][A-Za-z]+\/[^/?#]+)(?:\/_history\/[^/]+)?$/.exec(reference);
  return match?.[1] ?? reference;
}

function readBundle(page: unknown, path: string, report: Report): Bundle | null {
  const parsed = bundleSchema.safeParse(page);
  if (!parsed.success || parsed.data.resourceType !== 'Bundle') {
    report('bundle-expected', path);
    return null;
  }
  const bundle = parsed.data;
  visitEmpty(page, path, (element) => report('empty-element', element));
  visitLost(page, bundle, path, (element, value) => report('element-type', element, value));
  if (bundle.type !== 'searchset') report('bundle-type', `${path}.type`, bundle.type);
  if (!itemsOf(bundle.link).some(({ item }) => item.relation === 'self' && item.url)) report('self-link-missing', `${path}.link`);
  if (bundle.total === undefined) report('total-missing', `${path}.total`);
  checkProfile(bundle.meta, path, report);
  return bundle;
}

/** Of several pages, each may count itself or the whole. */
function checkTotal(totals: readonly (number | undefined)[], slots: number, report: Report) {
  const sum = totals.reduce<number>((left, right) => left + (right ?? 0), 0);
  if (totals[0] !== undefined && totals[0] !== slots && sum !== slots) report('total-mismatch', 'Bundle.total', totals[0]);
}

function checkProfile(meta: Bundle['meta'], path: string, report: Report) {
  const profiles = itemsOf(meta?.profile);
  if (profiles.length === 0) report('profile-missing', `${path}.meta.profile`);
  if (profiles.length > 1) report('profile-several', `${path}.meta.profile`, profiles.map(({ item }) => item).join(' '));
}

function kindOf(resource: unknown, path: string, report: Report): Kind | null {
  const type = (resource as { resourceType?: unknown } | null | undefined)?.resourceType;
  if (typeof type !== 'string') {
    report('entry-unreadable', path);
    return null;
  }
  if (PERSONAL.has(type)) report('patient-in-answer', path);
  if (type === 'OperationOutcome') report('outcome-in-bundle', path);
  return Object.hasOwn(resourceSchemas, type) ? (type as Kind) : null;
}

function readResource<K extends Kind>(kind: K, raw: unknown, path: string, report: Report): Resource<K> {
  const resource = resourceSchemas[kind].parse(raw) as Resource<K>;
  visitLost(raw, resource, path, (element, value) => report('element-type', element, value));
  checkProfile(resource.meta, path, report);
  return resource;
}
