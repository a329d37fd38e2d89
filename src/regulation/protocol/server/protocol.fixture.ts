import type { Actor } from '../../../identity/contract.ts';
import { actorOf, RoomTable } from '../../dossier/server/room.fixture.ts';
import type { ProtocolVersion, VersionSheet } from '../contract.ts';
import { smallTree } from '../domain/tree.fixture.ts';
import type { DraftTree } from '../domain/tree.ts';
import { createProtocols, type Protocols } from './index.ts';

const answer = 'Relu ensemble, rien ne s’y oppose.';
export const sheet: VersionSheet = {
  title: 'Fièvre (fictif)', filieres: ['AMU', 'SNP'], references: ['HAS-2011'], drafters: { amu: 'Dr Urgence', snp: 'Dr Ville' },
  validation: { coherence: answer, quality: answer, filieres: answer, governance: answer },
};

/** Protocols beside a room whose dossiers are real. */
export class ProtocolTable {
  readonly room: RoomTable;
  readonly protocols: Protocols;
  readonly mru: Actor;
  readonly mrg: Actor;
  readonly head: Actor;
  readonly arm: Actor;
  readonly elsewhere = actorOf('mru', 'Dr Ailleurs', { territories: ['17'] });

  static async open(): Promise<ProtocolTable> {
    return new ProtocolTable(await RoomTable.open());
  }

  private constructor(room: RoomTable) {
    this.room = room;
    ({ mru: this.mru, mrg: this.mrg, head: this.head, n1: this.arm } = room.staff);
    this.protocols = createProtocols({
      database: room.database, clock: room.clock, territories: { get: async () => ({ timeZone: 'Europe/Paris' }) as never },
      recordOnDossier: room.dossiers.links.recordProtocol,
      requalified: room.dossiers.links.requalified,
    });
  }

  /** A tree saved in a draft, whole. */
  async written(tree: DraftTree = smallTree, title = sheet.title): Promise<ProtocolVersion> {
    const draft = await this.protocols.create(this.mru, { kind: 'arbre', title });
    return this.protocols.save(this.mru, draft.id, { ...sheet, title, revision: draft.revision, content: { kind: 'arbre', tree } });
  }

  async approved(draft: ProtocolVersion): Promise<ProtocolVersion> {
    const { id, version } = await this.protocols.submit(this.mrg, draft.id, draft.revision);
    await this.protocols.approve(this.mru, id, { version, comment: '' });
    await this.protocols.approve(this.mrg, id, { version, comment: '' });
    return this.protocols.approve(this.head, id, { version, comment: 'bureau du 12 janvier' });
  }

  async inForce(tree?: DraftTree, title?: string): Promise<ProtocolVersion> {
    return this.approved(await this.written(tree, title));
  }

  /** A new version of a protocol in force, in force in its turn. */
  async replaced(id: string, tree: DraftTree): Promise<ProtocolVersion> {
    const draft = await this.protocols.draft(this.mrg, id);
    return this.approved(await this.protocols.save(this.mrg, id, { ...sheet, revision: draft.revision, content: { kind: 'arbre', tree } }));
  }
}
