import sql from 'sql-template-tag';
import type { Clock } from '../../src/foundation/clock.ts';
import type { Database } from '../../src/foundation/db/database.ts';
import type { Actor, Role } from '../../src/identity/contract.ts';
import type { ProtocolContent, ProtocolVersion, VersionSheet } from '../../src/regulation/protocol/contract.ts';
import { createVersions } from '../../src/regulation/protocol/server/index.ts';
import { demoAccounts } from './accounts.ts';
import type { World } from './model.ts';
import { chestPain, childFever, elderlyFall, p0Entries } from './protocols-content.ts';

const FICTIONAL = 'fictif, sans valeur médicale';

interface DemoProtocol {
  readonly title: string;
  readonly filieres: VersionSheet['filieres'];
  readonly content: ProtocolContent;
  /** Days since it is in force. */
  readonly days: number;
}

const demoProtocols: readonly DemoProtocol[] = [
  { title: 'Liste des P0', filieres: ['AMU'], content: { kind: 'liste-p0', entries: p0Entries }, days: 60 },
  { title: 'Douleur thoracique de l’adulte', filieres: ['AMU', 'SNP'], content: { kind: 'arbre', tree: chestPain }, days: 41 },
  { title: 'Fièvre de l’enfant', filieres: ['SNP', 'AMU'], content: { kind: 'arbre', tree: childFever }, days: 41 },
  { title: 'Chute de la personne âgée', filieres: ['AMU', 'SNP'], content: { kind: 'arbre', tree: elderlyFall }, days: 20 },
];
/** The one whose next version waits for its approvals, to show how that is done. */
const REVISED = demoProtocols[3]!;

interface Staff {
  readonly mru: Actor;
  readonly mrg: Actor;
  readonly head: Actor;
}

/**
 * Fictional protocols of the demonstration's territory, written and approved by its accounts: three trees and the list of P0
 * in force, and a second version that waits for two approvals. Those already there are left as they are.
 */
export async function loadDemoProtocols(database: Database, clock: Clock, world: World): Promise<void> {
  const staff = staffOf(world);
  const there = await titlesThere(database);
  for (const protocol of demoProtocols) {
    const title = `${protocol.title} (${FICTIONAL})`;
    if (there.has(title)) continue;
    const now = clock.now();
    const versions = createVersions({ database, clock: { now: () => now.subtract({ hours: 24 * protocol.days }) } });
    const draft = await versions.create(staff.mru, { kind: protocol.content.kind, title });
    const submitted = await written(versions, staff, draft, { ...protocol, title });
    for (const actor of [staff.mru, staff.mrg, staff.head]) await versions.approve(actor, draft.id, { version: submitted.version, comment: '' });
    if (protocol === REVISED) await revise(createVersions({ database, clock: { now: () => now.subtract({ hours: 30 }) } }), staff, draft.id, { ...protocol, title });
  }
}

async function titlesThere(database: Database): Promise<ReadonlySet<string>> {
  const rows = await database.for('protocol').query<{ title: string }>(sql`select sheet->>'title' as title from protocol.version where territory = '86'`);
  return new Set(rows.map(({ title }) => title));
}

type Versions = ReturnType<typeof createVersions>;

/** Saved with all that a version must say, and submitted. */
async function written(versions: Versions, staff: Staff, draft: ProtocolVersion, { title, filieres, content }: DemoProtocol): Promise<ProtocolVersion> {
  const saved = await versions.save(staff.mrg, draft.id, {
    revision: draft.revision, title, filieres, content, references: ['GUIDE-SFMU', 'HAS-2011'],
    drafters: { amu: staff.mru.displayName, snp: staff.mrg.displayName },
    validation: {
      coherence: 'Mêmes priorités et mêmes mots que les autres protocoles du SAS 86 (fictif).',
      quality: 'Questions courtes, dites avec les mots des appelants ; conseils d’attente à chaque issue.',
      filieres: 'Relu par les deux filières : ce qui part en AMU et en SNP est accepté des deux côtés.',
      governance: 'Aucun moyen nouveau ; présenté au bureau, revu dans un an.',
    },
  });
  return versions.submit(staff.mrg, draft.id, saved.revision);
}

/** A next version that one filière has approved. */
async function revise(versions: Versions, staff: Staff, id: string, protocol: DemoProtocol): Promise<void> {
  const draft = await versions.draft(staff.mrg, id);
  const questions = elderlyFall.questions.map((one) => (one.id === 'sol' ? { ...one, help: 'Demander l’heure de la chute, ou la dernière fois qu’on l’a vue debout.' } : one));
  const { version } = await written(versions, staff, draft, { ...protocol, content: { kind: 'arbre', tree: { ...elderlyFall, questions } } });
  await versions.approve(staff.mru, id, { version, comment: 'Question utile, d’accord.' });
}

function staffOf(world: World): Staff {
  const accounts = demoAccounts(world);
  const actor = (wanted: Role): Actor => {
    const { id, displayName, email, nationalId, role, territory } = accounts.find(({ role }) => role === wanted)!;
    return { accountId: id, displayName, email, roles: [role], territories: [territory], nationalId, structureIds: [], delegations: [], editor: null };
  };
  return { mru: actor('mru'), mrg: actor('mrg'), head: actor('responsable-sas') };
}
