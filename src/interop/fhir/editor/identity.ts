import { type NationalId, readProfessionalId, readStructureId } from '../identifiers.ts';
import { IDNPS_SYSTEM, IDNST_SYSTEM } from '../systems.ts';
import type { Report } from './findings.ts';
import { type Identifier, itemsOf } from './resources.ts';

interface Registry {
  readonly system: string;
  readonly typeCode: string;
  readonly read: (value: string) => NationalId | null;
}
const professionals: Registry = { system: IDNPS_SYSTEM, typeCode: 'IDNPS', read: readProfessionalId };
const structures: Registry = { system: IDNST_SYSTEM, typeCode: 'IDNST', read: readStructureId };

type Identifiers = readonly (Identifier | undefined)[] | undefined;

/** Prefixed national id of a professional among his identifiers; null (said by the caller) when none can be read. */
export const professionalIdOf = (identifiers: Identifiers, path: string, report: Report) => pick(professionals, identifiers, path, report);

/** Prefixed national id of a structure or place among its identifiers; null when it has none that can be read. */
export const structureIdOf = (identifiers: Identifiers, path: string, report: Report) => pick(structures, identifiers, path, report);

/** The single identifier of a reference (PractitionerRole.organization.identifier). */
export function referencedStructureId(identifier: Identifier | undefined, path: string, report: Report): string | null {
  if (!identifier) return null;
  const id = readIdentifier(structures, identifier, path, report);
  if (!id) report('structure-id', `${path}.value`, identifier.value);
  return id;
}

function pick(registry: Registry, identifiers: Identifiers, path: string, report: Report): string | null {
  const candidates = itemsOf(identifiers).filter(({ item }) => belongs(registry, item));
  // An identifier of the very system goes before one that only has the type.
  candidates.sort((left, right) => Number(right.item.system === registry.system) - Number(left.item.system === registry.system));
  for (const { item, index } of candidates) {
    const id = readIdentifier(registry, item, `${path}[${index}]`, report);
    if (id) return id;
  }
  return null;
}

const hasType = (registry: Registry, identifier: Identifier) =>
  itemsOf(identifier.type?.coding).some(({ item }) => item.code === registry.typeCode);

const belongs = (registry: Registry, identifier: Identifier): boolean =>
  identifier.system?.endsWith(registry.system.slice('urn:oid:'.length)) || hasType(registry, identifier);

function readIdentifier(registry: Registry, identifier: Identifier, path: string, report: Report): string | null {
  const read = identifier.value ? registry.read(identifier.value) : null;
  if (!read) return null;
  if (!read.prefixed) report('id-not-prefixed', `${path}.value`, identifier.value);
  if (identifier.system !== registry.system) report('identifier-system', `${path}.system`, identifier.system);
  if (!identifier.type) report('identifier-type', `${path}.type`);
  return read.id;
}
