import { isDeepStrictEqual } from 'node:util';
import type { Json } from './fhir.ts';

/**
 * Where a resource departs from the snapshot of its profile: cardinalities, fixed values and patterns of every element outside
 * slices, and elements that the profile does not have. Bindings, invariants and slices are for other tests.
 */
export function departures(resource: Json, profile: Json): string[] {
  const elements: Json[] = profile.snapshot.element.filter(({ id }: Json) => !id.includes(':'));
  const known = new Set(elements.map(({ path }) => path));
  const found: string[] = [];

  for (const element of elements.slice(1)) {
    const steps: string[] = element.path.split('.').slice(1);
    const name = steps.at(-1)!;
    for (const parent of steps.slice(0, -1).reduce((nodes, step) => nodes.flatMap((node) => children(node, step)), [resource])) {
      const values = children(parent, name);
      const max = element.max === '*' ? Infinity : Number(element.max);
      if (values.length < element.min || values.length > max) found.push(`${element.path}: ${values.length} value(s), ${element.min}..${element.max} expected`);
      for (const value of values) {
        for (const [key, expected] of Object.entries(element)) {
          if (key.startsWith('fixed') && !isDeepStrictEqual(value, expected)) found.push(`${element.path}: ${JSON.stringify(value)} is not the fixed value`);
          if (key.startsWith('pattern') && !holds(value, expected)) found.push(`${element.path}: ${JSON.stringify(value)} does not follow the pattern`);
        }
      }
    }
  }
  for (const name of Object.keys(resource)) {
    const path = `${profile.type}.${name}`;
    if (name !== 'resourceType' && !known.has(path)) found.push(`${path}: no such element`);
  }
  return found;
}

/** Values of an element, lists opened; `value[x]` is any of its types. */
function children(node: Json, name: string): Json[] {
  const keys = name.endsWith('[x]') ? Object.keys(node).filter((key) => key.startsWith(name.slice(0, -3))) : [name];
  return keys.map((key) => node[key]).filter((value) => value !== undefined).flat();
}

/** FHIR patterns: every part of the pattern is found in the value. */
function holds(value: Json, pattern: Json): boolean {
  if (Array.isArray(pattern)) return pattern.every((part) => value.some((item: Json) => holds(item, part)));
  if (typeof pattern === 'object') return Object.entries(pattern).every(([key, part]) => value?.[key] !== undefined && holds(value[key], part));
  return value === pattern;
}
