import { invalid } from '../../../foundation/errors.ts';
import type { Actor } from '../../../identity/contract.ts';
import type { SearchAnswer, SearchQuery } from '../contract.ts';
import { rank, type RankingRule, type Reason } from '../domain/ranking.ts';
import { type Placed, type RankingInput, readCursor } from '../domain/session.ts';
import { MAX_DAYS, type SearchWindow, searchWindow, type WindowProblem } from '../domain/window.ts';
import { type CharterVersion, readCharter } from './charter.ts';
import { type CandidateQuestion, type Card, findEligible, lookAround, readCards } from './search-candidates.ts';
import { askableNow } from './search-en-sus.ts';
import { authorTerritory, type Criteria, extrasOf, openSession, readEvents, recordEvents, recordSearch, type Session } from './search-log.ts';
import type { PageContent } from './search-page.ts';
import { createPlaceFinder, type SearchPlace } from './search-place.ts';
import type { SearchDependencies } from './search.ts';

/** A search ready to be shown: who, in which order, where and when. */
export interface Prepared {
  readonly session: Session;
  readonly window: Pick<SearchWindow, 'from' | 'to'>;
  readonly content: Omit<PageContent, 'cards'>;
  /** The candidates of the page. */
  readonly page: readonly Placed[];
  /** What is shown of them, being read. */
  readonly cards: Promise<ReadonlyMap<string, Card>>;
  /** Resolves once the search is kept: nothing of it is shown before. */
  readonly recorded: Promise<void>;
  /** What the answer says besides the results. */
  readonly view: Pick<SearchAnswer, 'window' | 'location' | 'charter' | 'usualDoctor' | 'notices'>;
}

/** Below, the operator is told that the offer is thin (the national radii were chosen to hold 5 professionals). */
const FEW = 5;

/** Prepares the first page of a search, or a next one from its cursor. */
export function createPreparation(deps: SearchDependencies, newIds: { searchId: () => string; seed: () => string }) {
  const db = deps.database.for('orientation');
  const findPlace = createPlaceFinder(deps.territories);

  async function first(query: SearchQuery, actor: Actor): Promise<Prepared> {
    const now = deps.clock.now();
    const window = windowOf(query, now);
    const place = await findPlace(query);
    const question: CandidateQuestion = {
      center: place.point,
      radiusM: place.radiusKm * 1_000,
      insee: place.insee,
      specialty: query.specialty,
      enSus: query.enSus,
      participating: query.participating,
      usualDoctor: query.usualDoctor === undefined ? null : prefixed(query.usualDoctor),
    };
    const [around, charter] = await Promise.all([
      lookAround(deps, question),
      place.territory === null ? null : readCharter(db, place.territory),
    ]);
    const eligible = await findEligible(deps, around, question, now, looksAtStructures(charter));
    const { known } = eligible;
    const { inputs, notProposed } = query.enSus
      ? await askableNow({ ...deps, db }, eligible, { now, wantedAt: window.from, territory: place.territory })
      : { inputs: eligible.inputs, notProposed: [] };
    const ranking = place.precise ? 'distance' : 'neutral';
    const rule: RankingRule = { seed: query.seed ?? newIds.seed(), ranking, levels: charter?.levels ?? null, at: now };
    const order = rank(inputs, rule);
    const usualDoctor = usualDoctorMessage(question.usualDoctor, around.usualPlaces[0]);
    const session: Session = {
      id: newIds.searchId(),
      at: now,
      territory: authorTerritory(actor, place.territory),
      placeTerritory: place.territory,
      criteria: criteriaOf(query, place, window, usualDoctor.status),
      insee: place.insee,
      seed: rule.seed,
      ranking,
      charterVersion: charter?.version ?? null,
      placed: order,
    };
    const page = order.slice(0, query.limit);
    const { center, radiusM } = question;
    return {
      session, window, page,
      cards: awaitedLater(readCards(deps, page, now, known)),
      recorded: awaitedLater(recordSearch(db, session, actor, query.origin ?? null).then(() =>
        notProposed.length === 0 ? undefined : recordEvents(db, session.id, now, notProposed, null))),
      content: {
        order, rule, center, radiusM, first: 0, limit: query.limit, city: place.city, modalities: query.modality ?? null, extraRank: order.length + 1,
      },
      view: {
        window: shownWindow(window),
        location: { label: place.label, ...place.point, insee: place.insee, radiusKm: place.radiusKm, precise: place.precise },
        charter: shownCharter(charter),
        usualDoctor,
        notices: [...noticesOf(place, window, inputs), ...notProposedNotice(notProposed.length)],
      },
    };
  }

  async function next(text: string, actor: Actor, limit: number): Promise<Prepared> {
    const cursor = readCursor(text);
    if (!cursor) throw invalid('cursor-invalid', "Ce repère de page n'est pas lisible. Relancez la recherche.");
    const session = await openSession(db, cursor.searchId, actor);
    const { criteria, placed, seed, ranking, insee } = session;
    const now = deps.clock.now();
    const window = windowOf({ from: criteria.from, to: criteria.to }, now);
    const page = placed.slice(cursor.offset, cursor.offset + limit);
    const usualDoctor = placed.find(({ input }) => input.usualDoctor)?.input.nationalId ?? null;
    const [charter, events, usualPlaces] = await Promise.all([
      session.placeTerritory === null || session.charterVersion === null ? null : readCharter(db, session.placeTerritory, session.charterVersion),
      readEvents(db, session.id),
      usualDoctor === null ? [] : deps.directory.placesOf(usualDoctor),
    ]);
    const center = { lat: criteria.lat, lon: criteria.lon };
    return {
      session, window, page,
      cards: awaitedLater(readCards(deps, page, now, null)),
      recorded: Promise.resolve(),
      content: {
        order: placed, rule: { seed, ranking, levels: charter?.levels ?? null, at: session.at }, center, radiusM: criteria.radiusKm * 1_000,
        first: cursor.offset, limit, city: criteria.city, modalities: criteria.modalities, extraRank: placed.length + 1 + extrasOf(events).length,
      },
      view: {
        window: shownWindow(window),
        location: { label: criteria.city, ...center, insee, radiusKm: criteria.radiusKm, precise: ranking === 'distance' },
        charter: shownCharter(charter),
        usualDoctor: criteria.usualDoctor === 'not-found' ? USUAL_NOT_FOUND : usualDoctorMessage(usualDoctor, usualPlaces[0]),
        notices: [],
      },
    };
  }

  return (query: SearchQuery, actor: Actor): Promise<Prepared> =>
    query.cursor === undefined ? first(query, actor) : next(query.cursor, actor, query.limit);
}

/** Work started early: its failure is told where it is awaited, not before. */
function awaitedLater<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined);
  return work;
}

const windowSentences: Record<WindowProblem, string> = {
  empty: 'La fin de la période est avant son début. Inversez-les.',
  over: 'La période demandée est déjà passée. Relancez la recherche à partir de maintenant.',
  'too-far': `La période demandée va au-delà de ${MAX_DAYS} jours. Rapprochez sa fin : la plateforme sert aux soins non programmés.`,
};

function windowOf(asked: { from?: string; to?: string }, now: Temporal.Instant): SearchWindow {
  const instant = (text: string | undefined) => (text === undefined ? undefined : Temporal.Instant.from(text));
  const window = searchWindow({ from: instant(asked.from), to: instant(asked.to) }, now);
  if (typeof window === 'string') throw invalid(`window-${window}`, windowSentences[window]);
  return window;
}

/** 11 digits are an RPPS, 9 an ADELI; longer, the prefix is there already. */
const prefixed = (id: string): string => (id.length === 11 ? `8${id}` : id.length === 9 ? `0${id}` : id);

const looksAtStructures = (charter: CharterVersion | null): boolean =>
  charter?.levels.some(({ match }) => match.structureKinds !== undefined) ?? false;

/** About a kilometre: enough to search again, too little to find a home. */
const rounded = (degrees: number): number => Math.round(degrees * 100) / 100;

const criteriaOf = (query: SearchQuery, place: SearchPlace, window: SearchWindow, usualDoctor: Criteria['usualDoctor']): Criteria => ({
  city: place.city,
  lat: rounded(place.point.lat),
  lon: rounded(place.point.lon),
  radiusKm: place.radiusKm,
  specialty: query.specialty,
  modalities: query.modality ?? null,
  from: window.from.toString(),
  to: window.to.toString(),
  enSus: query.enSus,
  participating: query.participating,
  usualDoctor,
});

const shownWindow = ({ from, to }: Pick<SearchWindow, 'from' | 'to'>) => ({ from: from.toString(), to: to.toString() });

const shownCharter = (charter: CharterVersion | null): SearchAnswer['charter'] =>
  charter && { version: charter.version, levels: charter.levels.map(({ name }, index) => ({ level: index + 1, name })) };

const USUAL_NOT_GIVEN = { status: 'not-given', message: "Le médecin traitant n'a pas été communiqué." } as const;
const USUAL_NOT_FOUND = {
  status: 'not-found',
  message: "Le médecin traitant communiqué n'a pas pu être identifié dans l'annuaire. Vérifiez son numéro RPPS.",
} as const;

function usualDoctorMessage(id: string | null, known: { lastName: string; firstName: string } | undefined) {
  if (id === null) return USUAL_NOT_GIVEN;
  if (!known) return USUAL_NOT_FOUND;
  return { status: 'found', message: `Médecin traitant : ${known.firstName} ${known.lastName}, proposé en premier.` } as const;
}

function noticesOf(place: SearchPlace, window: SearchWindow, inputs: readonly RankingInput[]): Reason[] {
  const notices = [...place.notices];
  if (place.territory === null) {
    notices.push({ code: 'outside-territory', text: "Ce lieu n'appartient à aucun territoire SAS : aucune charte d'adressage ne s'applique." });
  }
  if (window.clamped) notices.push({ code: 'window-clamped', text: 'Le début demandé est passé : la recherche part de maintenant.' });
  const professionals = new Set(inputs.flatMap(({ nationalId }) => nationalId ?? [])).size;
  if (professionals < FEW) notices.push({ code: 'few-professionals', text: fewSentence(professionals, place.radiusKm) });
  return notices;
}

const notProposedNotice = (count: number): Reason[] =>
  count === 0 ? [] : [{
    code: 'not-proposed',
    text: count === 1 ? 'Un effecteur a atteint le nombre de patients en sus qu’il accepte : il n’est pas proposé.'
      : `${count} effecteurs ont atteint le nombre de patients en sus qu’ils acceptent : ils ne sont pas proposés.`,
  }];

function fewSentence(professionals: number, radiusKm: number): string {
  const found = ['Aucun professionnel', 'Un seul professionnel'][professionals] ?? `Seulement ${professionals} professionnels`;
  return `${found} dans un rayon de ${radiusKm} km. Élargissez le rayon ou levez un filtre.`;
}
