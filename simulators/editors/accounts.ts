import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { FhirError, profiles, type Resource, systems } from './fhir/resources.ts';

const identifierSchema = z
  .object({
    type: z.object({ coding: z.array(z.object({ system: z.literal(systems.identifierType), code: z.enum(['IDNPS', 'INTRN']) })).min(1) }),
    system: z.enum([systems.person, systems.platformAccount]),
    value: z.string().trim().min(1),
  })
  .refine(
    ({ type, system }) => type.coding.every(({ code }) => code === (system === systems.person ? 'IDNPS' : 'INTRN')),
    { message: 'le type (IDNPS, INTRN) ne correspond pas au système', path: ['type'] },
  );

/** What is mandatory in practice goes beyond the profile: a name and an e-mail are needed to open an account. */
const regulatorSchema = z.object({
  resourceType: z.literal('Practitioner'),
  meta: z.object({ source: z.literal(systems.platformAccount).optional() }).loose().optional(),
  identifier: z.array(identifierSchema).min(1),
  active: z.boolean(),
  name: z.array(z.object({ family: z.string().trim().min(1), given: z.array(z.string().trim().min(1)).length(1) })).min(1),
  telecom: z.array(z.object({ system: z.literal('email'), value: z.string().trim().min(1) })).min(1),
});

export interface Identifier {
  readonly system: string;
  readonly value: string;
}

export interface RegulatorAccount {
  readonly id: string;
  readonly identifiers: readonly Identifier[];
  readonly active: boolean;
  readonly email: string;
  readonly lastName: string;
  readonly firstName: string;
}

/** The regulators' accounts that the platform opens at the vendor (INT_R02). */
export interface RegulatorAccounts {
  /** @throws FhirError 400 for a wrong body, 422 when another account has the identifier. */
  create(body: unknown): RegulatorAccount;
  /** Conditional update: creates when nobody has the identifier. @throws FhirError also 412 when several have it. */
  upsert(target: Identifier, body: unknown): { account: RegulatorAccount; created: boolean };
  get(id: string): RegulatorAccount | null;
  /** The account of a person who signs in, by national id, else by e-mail. */
  find(person: { readonly nationalId: string | null; readonly email: string | null }): RegulatorAccount | null;
  list(): readonly RegulatorAccount[];
  reset(): void;
}

const same = (a: Identifier, b: Identifier): boolean => a.system === b.system && a.value === b.value;

/** Accounts in memory. An e-mail may serve several accounts; an identifier only one that is active. */
export function regulatorAccounts(): RegulatorAccounts {
  const accounts = new Map<string, RegulatorAccount>();
  const holders = (wanted: Identifier): RegulatorAccount[] =>
    [...accounts.values()].filter(({ identifiers }) => identifiers.some((identifier) => same(identifier, wanted)));

  function save(id: string, body: Omit<RegulatorAccount, 'id'>): RegulatorAccount {
    const others = body.identifiers.flatMap(holders).filter((other) => other.id !== id);
    const taken = others.find(({ active }) => active);
    if (taken) throw new FhirError(422, 'duplicate', 'Un autre compte actif porte déjà cet identifiant.', 'Practitioner.identifier');
    for (const other of others) {
      const identifiers = other.identifiers.filter((identifier) => !body.identifiers.some((wanted) => same(identifier, wanted)));
      accounts.set(other.id, { ...other, identifiers });
    }
    const account = { id, ...body };
    accounts.set(id, account);
    return account;
  }

  return {
    create: (body) => save(randomUUID(), read(body)),
    upsert(target, body) {
      const wanted = read(body);
      const found = holders(target);
      if (found.length > 1) throw new FhirError(412, 'multiple-matches', 'Plusieurs comptes portent cet identifiant.');
      return { account: save(found[0]?.id ?? randomUUID(), wanted), created: found.length === 0 };
    },
    get: (id) => accounts.get(id) ?? null,
    find({ nationalId, email }) {
      const byId = nationalId ? holders({ system: systems.person, value: nationalId }) : [];
      const byEmail = email ? [...accounts.values()].filter((account) => account.email === email) : [];
      const found = byId.length > 0 ? byId : byEmail;
      return found.find(({ active }) => active) ?? found[0] ?? null;
    },
    list: () => [...accounts.values()],
    reset: () => accounts.clear(),
  };
}

function read(body: unknown): Omit<RegulatorAccount, 'id'> {
  const parsed = regulatorSchema.safeParse(body);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    const path = issue.path.reduce<string>((done, part) => (typeof part === 'number' ? `${done}[${part}]` : `${done}.${String(part)}`), 'Practitioner');
    throw new FhirError(400, 'invalid', `Compte refusé : ${path} ${issue.message}`, path);
  }
  const { identifier, active, name, telecom } = parsed.data;
  return {
    identifiers: identifier.map(({ system, value }) => ({ system, value })),
    active, email: telecom[0]!.value, lastName: name[0]!.family, firstName: name[0]!.given[0]!,
  };
}

/** The account as the platform reads it back. */
export const accountResource = (account: RegulatorAccount): Resource => ({
  resourceType: 'Practitioner',
  id: account.id,
  meta: { source: systems.platformAccount, profile: [profiles.regulator] },
  ...(account.identifiers.length > 0 && {
    identifier: account.identifiers.map(({ system, value }) => ({
      type: { coding: [{ system: systems.identifierType, code: system === systems.person ? 'IDNPS' : 'INTRN' }] }, system, value,
    })),
  }),
  active: account.active,
  name: [{ family: account.lastName, given: [account.firstName] }],
  telecom: [{ system: 'email', value: account.email }],
});
