import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import type { Clock } from '../../../foundation/clock.ts';
import type { Database, Transaction } from '../../../foundation/db/database.ts';
import { AppError, conflict, forbidden, notFound, ruleBroken } from '../../../foundation/errors.ts';
import { announce } from '../../../foundation/events.ts';
import { writeJournal } from '../../../foundation/journal.ts';
import { type Actor, coversTerritory, hasRole } from '../../../identity/contract.ts';
import { type Approval, type ApprovalParty, type ProtocolContent, type ProtocolKind, type ProtocolVersion, protocolWriters, type VersionSheet } from '../contract.ts';
import { mayApproveAs, missingParties, roleOfParty, submissionProblems } from '../domain/approval.ts';
import { p0ListProblems, treeProblems } from '../domain/problems.ts';
import { approvalsOf, insertApproval, insertVersion, selectVersions, type StoredVersion, updateVersion, versionsOf, viewOf } from './store.ts';

const LOCK = 7_386_130;

const empty: Record<ProtocolKind, ProtocolContent> = {
  arbre: { kind: 'arbre', tree: { first: null, questions: [], outcomes: [] } },
  'liste-p0': { kind: 'liste-p0', entries: [] },
};
const emptySheet = { filieres: [], references: [], drafters: { amu: '', snp: '' }, validation: { coherence: '', quality: '', filieres: '', governance: '' } };

export const protocolNotFound = () => notFound('protocol-not-found', "Ce protocole n'existe pas, ou n'est pas de votre territoire.");

/** The territory an actor works for. @throws forbidden `territory-not-covered` */
export function territoryFor(actor: Actor, asked: string | undefined): string {
  const territory = asked ?? actor.territories.find((one) => one !== '*');
  if (!territory || !coversTerritory(actor, territory)) throw forbidden('territory-not-covered', `Vos droits ne couvrent pas le territoire ${territory ?? '(à préciser)'}.`);
  return territory;
}

/** The versions of a protocol, the newest first. @throws not-found `protocol-not-found` */
export async function knownVersions(db: Parameters<typeof versionsOf>[0], actor: Actor, id: string): Promise<StoredVersion[]> {
  const versions = await versionsOf(db, id);
  if (!versions[0] || !coversTerritory(actor, versions[0].territory)) throw protocolNotFound();
  return versions;
}

/** What was done, for the journal. */
interface Deed {
  readonly event: string;
  readonly reason?: string;
  readonly payload?: Record<string, unknown>;
}

/** How versions are written, submitted, approved, replaced and withdrawn; each step journaled and told to open screens. */
export function createVersions({ database, clock }: { database: Database; clock: Clock }) {
  const db = database.for('protocol');

  /** One change of one protocol at a time: `work` sees its versions and gives the one it stored. */
  function change(actor: Actor, id: string, work: (tx: Transaction, versions: readonly StoredVersion[], now: Temporal.Instant) => Promise<{ after: StoredVersion; before?: StoredVersion } & Deed>): Promise<ProtocolVersion> {
    return db.transaction(async (tx) => {
      await tx.query(sql`select pg_advisory_xact_lock(${LOCK}, hashtext(${id}))`);
      const now = clock.now();
      const { after, before, ...deed } = await work(tx, await versionsOf(tx, id), now);
      await record(tx, actor, after, deed, now, before?.status);
      return viewOf(after, (await approvalsOf(tx, [after]))(after));
    });
  }

  async function record(tx: Transaction, actor: Actor, { territory, id, version, status }: StoredVersion, { event, reason, payload }: Deed, at: Temporal.Instant, from?: string): Promise<void> {
    await writeJournal(tx, {
      at, territory, actor: actor.accountId, role: actor.roles[0] ?? null, objectType: 'protocol', objectId: id, event, from: from ?? null, to: status,
      payload: { version, by: actor.displayName, ...payload }, reason: reason ?? null,
    });
    await announce(tx, { topic: 'protocol', ids: { protocolId: id, version: String(version), territory }, audience: { territories: [territory] } });
  }

  /** A refusal that must stay in the journal although the request fails. */
  async function refuse(actor: Actor, { territory, id, version }: StoredVersion, error: AppError): Promise<never> {
    await db.transaction((tx) => writeJournal(tx, {
      at: clock.now(), territory, actor: actor.accountId, role: actor.roles[0] ?? null, objectType: 'protocol', objectId: id, event: 'refused', payload: { version, code: error.code },
    }));
    throw error;
  }

  const author = (actor: Actor, at: Temporal.Instant) => ({ accountId: actor.accountId, name: actor.displayName, role: protocolWriters.find((role) => actor.roles.includes(role)) ?? 'responsable-sas', at: at.toString() });

  const newVersion = (actor: Actor, now: Temporal.Instant, base: Pick<StoredVersion, 'territory' | 'id' | 'version' | 'kind' | 'sheet' | 'content'>): StoredVersion => ({
    ...base, status: 'brouillon', revision: 1, round: 0, authors: [author(actor, now)], createdAt: now, updatedAt: now, submittedAt: null, inForceAt: null, endedAt: null, reason: null,
  });

  /** The version at hand, of somebody's own territory. */
  function reached(actor: Actor, versions: readonly StoredVersion[], version?: number): StoredVersion {
    const found = versions.find((one) => (version === undefined ? one.status === 'brouillon' : one.version === version));
    if (!versions[0] || !coversTerritory(actor, versions[0].territory)) throw protocolNotFound();
    if (!found) throw conflict('no-draft', "Ce protocole n'a pas de brouillon : il est soumis, ou personne n'en prépare une nouvelle version. Rien n'a été changé.");
    return found;
  }

  const sameRevision = (draft: StoredVersion, revision: number): void => {
    if (draft.revision === revision) return;
    const last = draft.authors.at(-1)?.name ?? 'quelqu’un';
    throw new AppError('stale', 'protocol-moved', `${last} a enregistré ce brouillon entre-temps. Rien n'a été écrasé : relisez-le, puis reportez votre changement.`, { extra: { revision: draft.revision } });
  };

  const submitted = (one: StoredVersion): StoredVersion => {
    if (one.status !== 'a-valider') throw conflict('not-submitted', "Cette version n'est pas, ou n'est plus, à valider. Rien n'a été changé.");
    return one;
  };

  return {
    /** @throws conflict `p0-list-exists`: a territory has one list of P0 */
    async create(actor: Actor, { kind, title, territory: asked }: { kind: ProtocolKind; title: string; territory?: string | undefined }): Promise<ProtocolVersion> {
      const territory = territoryFor(actor, asked);
      const id = randomUUID();
      return change(actor, id, async (tx, _none, now) => {
        if (kind === 'liste-p0') await refuseSecondList(tx, territory);
        const after = newVersion(actor, now, { territory, id, version: 1, kind, sheet: { ...emptySheet, title }, content: empty[kind] });
        await insertVersion(tx, after);
        return { after, event: 'protocol-drafted' };
      });
    },

    /** A draft of the next version, which starts as the one in force, or as the last one. @throws conflict `draft-exists` */
    draft: (actor: Actor, id: string): Promise<ProtocolVersion> => change(actor, id, async (tx, versions, now) => {
      const last = versions[0];
      if (!last || !coversTerritory(actor, last.territory)) throw protocolNotFound();
      const prepared = versions.find(({ status }) => status === 'brouillon' || status === 'a-valider');
      if (prepared) throw conflict('draft-exists', `La version ${prepared.version} est déjà en préparation. Rien n'a été créé : complétez celle-là.`, { version: prepared.version });
      const { territory, kind, sheet, content } = versions.find(({ status }) => status === 'en-vigueur') ?? last;
      if (kind === 'liste-p0') await refuseSecondList(tx, territory, id);
      const after = newVersion(actor, now, { territory, id, version: last.version + 1, kind, sheet: { ...sheet, validation: emptySheet.validation }, content });
      await insertVersion(tx, after);
      return { after, event: 'protocol-drafted' };
    }),

    /** @throws stale `protocol-moved` with the revision in place; rule `kind-fixed` */
    save: (actor: Actor, id: string, { revision, content, ...sheet }: VersionSheet & { revision: number; content: ProtocolContent }): Promise<ProtocolVersion> =>
      change(actor, id, async (tx, versions, now) => {
        const before = reached(actor, versions);
        sameRevision(before, revision);
        if (content.kind !== before.kind) throw ruleBroken('kind-fixed', "Un arbre de questions ne devient pas une liste de P0, ni l'inverse. Rien n'a été enregistré.", [{ path: 'content.kind', message: 'ne change pas' }]);
        const others = before.authors.filter(({ accountId }) => accountId !== actor.accountId);
        const after = { ...before, sheet, content, revision: revision + 1, authors: [...others, author(actor, now)], updatedAt: now };
        await updateVersion(tx, after);
        return { after, before, event: 'protocol-saved', payload: { revision: after.revision } };
      }),

    /** @throws rule `protocol-incomplete` with everything that is missing and where */
    submit: (actor: Actor, id: string, revision: number): Promise<ProtocolVersion> => change(actor, id, async (tx, versions, now) => {
      const before = reached(actor, versions);
      sameRevision(before, revision);
      const problems = submissionProblems(before.sheet, contentProblems(before.content));
      if (problems.length > 0) throw ruleBroken('protocol-incomplete', `Le protocole n'a pas été soumis : ${problems.length} point${problems.length > 1 ? 's' : ''} à compléter. Le brouillon est gardé.`, problems);
      const after: StoredVersion = { ...before, status: 'a-valider', round: before.round + 1, revision: revision + 1, submittedAt: now, updatedAt: now, reason: null };
      await updateVersion(tx, after);
      return { after, before, event: 'protocol-submitted', payload: { sheet: before.sheet } };
    }),

    /**
     * One approval; the last of the three puts the version in force and replaces the one before, which stays readable.
     * @throws forbidden `approval-refused` for whoever approved already or speaks for no missing party
     */
    async approve(actor: Actor, id: string, { version, party: asked, comment }: { version: number; party?: ApprovalParty | undefined; comment: string }): Promise<ProtocolVersion> {
      const seen = submitted(reached(actor, await versionsOf(db, id), version));
      const possible = mayApproveAs(actor, (await approvalsOf(db, [seen]))(seen));
      const party = asked ? possible.find((one) => one === asked) : possible[0];
      if (!party) return refuse(actor, seen, forbidden('approval-refused', "Vous ne pouvez pas donner cette validation : elle est déjà donnée, vous en avez déjà donné une, ou votre rôle n'en donne pas. Rien n'a été changé."));
      return change(actor, id, async (tx, versions, now) => {
        const before = submitted(reached(actor, versions, version));
        const given = (await approvalsOf(tx, [before]))(before);
        if (before.round !== seen.round || !mayApproveAs(actor, given).includes(party)) throw conflict('protocol-moved', "Le protocole a changé d'état au même instant. Rien n'a été validé : relisez-le.");
        const approval: Approval = { party, accountId: actor.accountId, name: actor.displayName, role: roleOfParty[party], at: now.toString(), comment };
        await insertApproval(tx, before, approval);
        const missing = missingParties([...given, approval]);
        const deed = { event: 'protocol-approved', payload: { party, comment, missing } };
        if (missing.length > 0) return { after: before, before, ...deed };
        await record(tx, actor, before, deed, now, before.status);
        const replaced = versions.find(({ status }) => status === 'en-vigueur');
        if (replaced) await updateVersion(tx, { ...replaced, status: 'remplacee', endedAt: now });
        const after: StoredVersion = { ...before, status: 'en-vigueur', inForceAt: now, updatedAt: now };
        await updateVersion(tx, after);
        return { after, before, event: 'protocol-in-force', payload: { replaces: replaced?.version ?? null } };
      });
    },

    /** Back to its writers; the approvals given are void. */
    sendBack: (actor: Actor, id: string, { version, reason }: { version: number; reason: string }): Promise<ProtocolVersion> => change(actor, id, async (tx, versions, now) => {
      const before = submitted(reached(actor, versions, version));
      const after: StoredVersion = { ...before, status: 'brouillon', round: before.round + 1, revision: before.revision + 1, submittedAt: null, updatedAt: now, reason };
      await updateVersion(tx, after);
      return { after, before, event: 'protocol-sent-back', reason };
    }),

    /** Withdraws what is in force (the governance alone), or gives up what is being prepared. @throws forbidden `retire-refused` */
    async retire(actor: Actor, id: string, { version, reason }: { version: number; reason: string }): Promise<ProtocolVersion> {
      const seen = reached(actor, await versionsOf(db, id), version);
      if (seen.status === 'en-vigueur' && !hasRole(actor, roleOfParty.gouvernance)) {
        return refuse(actor, seen, forbidden('retire-refused', "Un protocole en vigueur est retiré par le responsable du SAS. Rien n'a été changé."));
      }
      return change(actor, id, async (tx, versions, now) => {
        const before = reached(actor, versions, version);
        if (before.status === 'remplacee' || before.status === 'retiree') throw conflict('already-ended', "Cette version n'est plus utilisée. Rien n'a été changé.");
        if (before.status !== seen.status) throw conflict('protocol-moved', "Le protocole a changé d'état au même instant. Rien n'a été retiré : relisez-le.");
        const after: StoredVersion = { ...before, status: 'retiree', endedAt: now, updatedAt: now, reason };
        await updateVersion(tx, after);
        return { after, before, event: 'protocol-retired', reason };
      });
    },
  };

  async function refuseSecondList(tx: Transaction, territory: string, own = ''): Promise<void> {
    await tx.query(sql`select pg_advisory_xact_lock(${LOCK}, hashtext(${`p0 ${territory}`}))`);
    const [other] = await selectVersions(tx, sql`territory = ${territory} and kind = 'liste-p0' and status in ('brouillon', 'a-valider', 'en-vigueur') and protocol_id::text <> ${own}`);
    if (other) throw conflict('p0-list-exists', `Ce territoire a déjà sa liste des P0 (« ${other.sheet.title} »). Rien n'a été créé : préparez-en une nouvelle version.`, { protocolId: other.id });
  }
}

/** What keeps this content from being used. */
export const contentProblems = (content: ProtocolContent) => (content.kind === 'arbre' ? treeProblems(content.tree) : p0ListProblems(content.entries));

export type Versions = ReturnType<typeof createVersions>;
