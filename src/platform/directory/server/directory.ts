import sql from 'sql-template-tag';
import { forbidden, notFound } from '../../../foundation/errors.ts';
import { announce } from '../../../foundation/events.ts';
import { type JournalEntry, writeJournal } from '../../../foundation/journal.ts';
import { type Actor, coversTerritory } from '../../../identity/contract.ts';
import { cityInsee, normaliseName } from '../../../territory/server/index.ts';
import type { StructureKind } from '../contract.ts';
import { knownSpecialties, matchSpecialties, registeredAs } from '../domain/specialties.ts';
import { candidatesOf, findCandidates, practicesAround } from './candidates.ts';
import { keepCorrections, movePlace } from './enrichment.ts';
import type { Directory, DirectoryDependencies, DirectoryImport, Membership, Suggestion } from './index.ts';
import { normalisePhone } from './phone.ts';
import { createStructurePlaces } from './structure-places.ts';
import { findStructures, structureById, structuresAround } from './structures.ts';

const wordsOf = (text: string): string[] => normaliseName(text).split(' ').filter(Boolean);

const IMPORTS_LISTED = 50;
const REJECTIONS_LISTED = 200;
/** Shorter words resemble everything. */
const SHORTEST_NAME = 3;

/** The directory of the care offer: who practises what, where; structures; what people corrected by hand. */
export function createDirectory(deps: DirectoryDependencies): Directory {
  const { database, clock, territories } = deps;
  const db = database.for('directory');

  async function structure(id: string) {
    const found = await structureById(db, id);
    if (!found) throw notFound('structure-not-found', `Aucune structure ne porte l'identifiant ${id}.`);
    return found;
  }

  const entry = (actor: Actor, objectType: string, objectId: string, event: string, territory: string | null): JournalEntry => ({
    at: clock.now(), territory, actor: actor.accountId, role: actor.roles[0] ?? null, objectType, objectId, event,
  });

  /** A right that is missing is refused, and the refusal is journaled. Without territory, only national rights do. */
  async function mayAdminister(actor: Actor, objectType: string, objectId: string, territory: string | null): Promise<void> {
    if (coversTerritory(actor, territory ?? '*')) return;
    await db.transaction((tx) => writeJournal(tx, entry(actor, objectType, objectId, `${objectType}-refused`, territory)));
    throw forbidden(
      'territory-out-of-reach',
      territory ? `Vos droits ne couvrent pas le territoire ${territory}. Rien n'a été modifié.` : "Ce lieu n'est d'aucun territoire : un administrateur national peut le corriger. Rien n'a été modifié.",
    );
  }

  /** Specialties that words name: official labels met in the directory, and common words. */
  async function specialtiesNamed(words: string) {
    const met = await db.query<{ code: string; label: string; search_name: string }>(sql`select code, label, search_name from directory.specialty`);
    const common = knownSpecialties.map(({ code, label, synonyms }) => ({ code, label, words: [normaliseName(label), ...synonyms] }));
    const others = met
      .filter(({ code }) => !common.some((known) => registeredAs(code).includes(known.code)))
      .map(({ code, label, search_name }) => ({ code, label, words: [search_name] }));
    return matchSpecialties(words, [...common, ...others]);
  }

  return {
    ...createStructurePlaces(deps),
    structure,
    around: ({ specialty, center, radiusM }) => practicesAround(db, { specialties: registeredAs(specialty), center, radiusM }),
    placesOf: (nationalId, center) => candidatesOf(db, [nationalId], center),
    placesOfAll: (nationalIds, center) => candidatesOf(db, nationalIds, center),
    structuresAround: (question) => structuresAround(db, { ...question, insee: question.insee && cityInsee(question.insee) }),

    async membershipsOf(nationalIds) {
      const today = clock.now().toZonedDateTimeISO('Europe/Paris').toPlainDate();
      const rows = await db.query<{ nationalId: string; structureId: string; kind: StructureKind; name: string }>(sql`
        select m.national_id as "nationalId", s.id as "structureId", s.kind, s.name
        from directory.structure_member m join directory.structure s on s.id = m.structure_id and s.ended_at is null
        where m.national_id = any(${nationalIds}) and m.since <= ${today} and (m.until is null or m.until > ${today})
        order by s.kind, s.id`);
      const memberships = new Map<string, { structureId: string; kind: StructureKind; name: string }[]>();
      for (const { nationalId, ...membership } of rows) memberships.set(nationalId, [...(memberships.get(nationalId) ?? []), membership]);
      return memberships;
    },

    async membersOf(structureIds) {
      const rows = await db.query<Membership & { structureId: string }>(sql`
        select structure_id as "structureId", national_id as "nationalId", since, until from directory.structure_member
        where structure_id = any(${structureIds}) order by structure_id, national_id, since`);
      const members = new Map<string, Membership[]>();
      for (const { structureId, ...membership } of rows) members.set(structureId, [...(members.get(structureId) ?? []), membership]);
      return members;
    },

    async names(nationalIds) {
      const rows = await db.query<{ nationalId: string; lastName: string; firstName: string; professionCode: string; specialty: string | null }>(sql`
        select p.national_id as "nationalId", p.last_name as "lastName", p.first_name as "firstName", p.profession_code as "professionCode",
          (select a.specialty from directory.activity a where a.national_id = p.national_id and a.specialty not like 'PRO:%'
           order by a.ended_at is not null, a.id limit 1) as specialty
        from directory.professional p where p.national_id = any(${nationalIds})`);
      return new Map(rows.map(({ nationalId, ...name }) => [nationalId, name]));
    },

    async findProfessionals({ q, specialty, center, radiusKm, department, limit }) {
      const named = q && !specialty ? (await specialtiesNamed(normaliseName(q)))[0] : undefined;
      const code = specialty ?? named?.code;
      return findCandidates(db, {
        words: q && !named ? wordsOf(q) : [],
        specialties: code ? registeredAs(code) : null,
        within: center ? { center, radiusM: (radiusKm ?? await defaultRadius(center)) * 1_000 } : null,
        department: department ?? null,
        limit,
      });
    },

    async findStructures({ q, kind, center, radiusKm, territory, limit }) {
      return findStructures(db, {
        words: q ? wordsOf(q) : [], kind: kind ?? null, territory: territory ?? null, limit,
        within: center ? { center, radiusM: (radiusKm ?? await defaultRadius(center)) * 1_000 } : null,
      });
    },

    async suggest(text, limit) {
      const words = wordsOf(text);
      const specialties = (await specialtiesNamed(words.join(' '))).map(({ code, label }): Suggestion => ({ kind: 'specialty', code, label, detail: null }));
      const names = words.join('').length >= SHORTEST_NAME;
      const structures = names ? await findStructures(db, { words, kind: null, within: null, territory: null, limit }) : [];
      const professionals = names ? await findCandidates(db, { words, specialties: null, within: null, department: null, limit }) : [];
      const people = new Map(professionals.map(({ nationalId, lastName, firstName, profession, place }): [string, Suggestion] => [
        nationalId, { kind: 'professional', code: nationalId, label: `${lastName} ${firstName}`, detail: `${profession}, ${place.city}` },
      ]));
      return [
        ...specialties.slice(0, Math.ceil(limit / 2)),
        ...structures.slice(0, Math.ceil(limit / 3)).map(({ id, name, city }): Suggestion => ({ kind: 'structure', code: id, label: name, detail: city })),
        ...people.values(),
      ].slice(0, limit);
    },

    async specialtyLabels(codes) {
      const met = await db.query<{ code: string; label: string }>(sql`select code, label from directory.specialty where code = any(${codes})`);
      const common = knownSpecialties.filter(({ code }) => codes.includes(code));
      return new Map([...met, ...common].map(({ code, label }) => [code, label]));
    },

    async identifyStructure(id, { contactChannel, contact, hours }, actor) {
      const { territory, identifiedAt } = await structure(id);
      await mayAdminister(actor, 'structure', id, territory);
      const value = contactChannel === 'phone' ? normalisePhone(contact) : contact;
      await db.transaction(async (tx) => {
        await tx.run(sql`
          update directory.structure set contact_channel = ${contactChannel}, contact = ${value}, hours = ${JSON.stringify(hours)},
            identified_at = coalesce(identified_at, ${clock.now()}), updated_at = ${clock.now()} where id = ${id}`);
        const event = identifiedAt ? 'structure-contact-changed' : 'structure-identified';
        await writeJournal(tx, { ...entry(actor, 'structure', id, event, territory), payload: { contactChannel, contact: value, hours } });
        await announce(tx, { topic: 'directory', ids: { structure: id }, audience: { territories: [territory, '*'] } });
      });
      return structure(id);
    },

    async enrich(placeId, corrections, actor) {
      const place = await db.maybeOne<{ insee: string }>(sql`select insee from directory.place where id = ${placeId}`);
      if (!place) throw notFound('place-not-found', `Aucun lieu d'exercice ne porte l'identifiant ${placeId}.`);
      const territory = (await territories.ofCommune(place.insee))?.code ?? null;
      await mayAdminister(actor, 'place', placeId, territory);
      const { name = null, lat = null, lon = null } = corrections;
      const phone = corrections.phone === undefined ? null : normalisePhone(corrections.phone);
      const moved = lat !== null && lon !== null;
      const given = Object.entries({ name, phone, position: moved ? { lat, lon } : null }).filter(([, value]) => value !== null);
      const values = Object.fromEntries(given);
      await db.transaction(async (tx) => {
        await keepCorrections(tx, placeId, values, { author: actor.accountId, at: clock.now() });
        await tx.run(sql`
          update directory.place set name = coalesce(${name}, name), phone = coalesce(${phone}, phone), updated_at = ${clock.now()} where id = ${placeId}`);
        if (moved) await movePlace(tx, placeId, { lat, lon }, 'manual');
        await writeJournal(tx, { ...entry(actor, 'place', placeId, 'place-corrected', territory), payload: values });
        await announce(tx, { topic: 'directory', ids: { place: placeId }, audience: {} });
      });
    },

    async imports() {
      return db.query<DirectoryImport>(sql`
        select i.id, i.kind, i.file_name as "fileName", i.started_at as "startedAt", i.finished_at as "finishedAt", i.created, i.updated, i.ended,
          i.rejected, coalesce((
            select jsonb_agg(jsonb_build_object('line', r.line, 'field', r.field, 'reason', r.reason) order by r.line)
            from (select * from directory.import_rejection where import_id = i.id order by line limit ${REJECTIONS_LISTED}) r), '[]') as rejections
        from directory.import i order by i.started_at desc limit ${IMPORTS_LISTED}`);
    },
  };

  async function defaultRadius(center: { lat: number; lon: number }): Promise<number> {
    const commune = await territories.communeAt(center);
    const territory = commune && (await territories.ofCommune(commune.insee));
    return territory?.radiusKm ?? territories.defaultRadiusKm(commune?.department ?? '');
  }
}
