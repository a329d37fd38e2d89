import type { Clock } from '../../../foundation/clock.ts';
import type { Editor } from '../../../platform/availability/contract.ts';
import type { EditorAnswer, EditorQuestion } from '../../../platform/availability/domain/editor.ts';
import { bundleOf, outcomeText, parseJson } from './answer.ts';
import type { EditorHttp, EditorResponse } from './http.ts';
import { readAnswer } from './read-answer.ts';
import { editorUrl, effectiveFlow, MAX_ASSOCIATIONS, MAX_PROFESSIONALS, slotRequestUrl } from './request.ts';
import { bundleSchema, itemsOf } from './resources.ts';
import { conformityRules, type RuleCode } from './rules.ts';
import { acceptsOldTls, probeTls } from './tls-probe.ts';

export interface CheckStep {
  readonly id: string;
  readonly title: string;
  readonly status: 'passed' | 'failed' | 'warning' | 'skipped';
  /** What was seen, in French. */
  readonly detail: string;
}

export interface CheckDeps {
  readonly http: EditorHttp;
  readonly clock: Clock;
  /** Prefixed ids of professionals that this vendor should know. */
  readonly professionals: readonly string[];
  /** Prefixed SIRET of associations that this vendor should know. */
  readonly associations: readonly string[];
  readonly signal: AbortSignal;
}

const UNKNOWN_PROFESSIONAL = '800000000000';
const UNKNOWN_ASSOCIATION = '300000000000000';
const KIT_MS = 1_000;
const GUIDE_MS = 7_000;

/** The conformity run of one vendor, as a client sees it (interop-sas 8, E01 to E21): each step as soon as it is known. */
export async function* checkEditor(editor: Editor, deps: CheckDeps): AsyncGenerator<CheckStep> {
  yield* checkTransport(editor);
  yield await checkMetadata(editor, deps);
  if (editor.flows.includes('ps') || editor.flows.includes('cpts')) {
    yield* checkFlow(editor, deps, editor.flows.includes('cpts') ? 'cpts' : 'ps', deps.professionals);
  }
  if (editor.flows.includes('sos')) yield* checkFlow(editor, deps, 'sos', deps.associations);
}

const reasonOf = (error: unknown) => (error as Error).message;

async function* checkTransport(editor: Editor): AsyncGenerator<CheckStep> {
  const title = 'Connexion chiffrée';
  if (new URL(editor.baseUrl).protocol === 'http:') {
    yield { id: 'tls', title, status: 'warning', detail: "L'adresse est en http : ni chiffrement ni certificat. À réserver à un poste de développement." };
    return;
  }
  try {
    const { version, validTo } = await probeTls(editor);
    yield { id: 'tls', title, status: 'passed', detail: `${version}, certificat valable jusqu'au ${validTo}.` };
  } catch (error) {
    yield { id: 'tls', title, status: 'failed', detail: reasonOf(error) };
    return;
  }
  const old = await acceptsOldTls(editor);
  yield {
    id: 'tls-old', title: 'Versions anciennes de TLS refusées', status: old ? 'failed' : 'passed',
    detail: old ? 'Le serveur accepte encore TLS 1.1 : ne garder que TLS 1.2 et 1.3.' : 'TLS 1.1 et plus ancien sont refusés.',
  };
}

async function checkMetadata(editor: Editor, { http, signal }: CheckDeps): Promise<CheckStep> {
  const step = { id: 'metadata', title: 'Description du serveur (/metadata)' };
  try {
    const response = await http.get(editor, editorUrl(editor.baseUrl, 'metadata'), signal);
    const body = parseJson(response.text) as { resourceType?: unknown; fhirVersion?: unknown } | null | undefined;
    if (response.status !== 200 || body?.resourceType !== 'CapabilityStatement') {
      return { ...step, status: 'warning', detail: `Pas de CapabilityStatement (statut ${response.status}). Facultatif.` };
    }
    if (body.fhirVersion !== '4.0.1') return { ...step, status: 'warning', detail: 'fhirVersion devrait être 4.0.1.' };
    return { ...step, status: 'passed', detail: 'CapabilityStatement FHIR 4.0.1.' };
  } catch (error) {
    return { ...step, status: 'failed', detail: reasonOf(error) };
  }
}

interface Probe {
  readonly response: EditorResponse;
  readonly page: unknown;
  readonly answer: EditorAnswer;
}

type Verdict = Omit<CheckStep, 'id' | 'title'>;

async function* checkFlow(editor: Editor, deps: CheckDeps, flow: EditorQuestion['flow'], knownIds: readonly string[]): AsyncGenerator<CheckStep> {
  const sos = flow === 'sos';
  const label = { ps: 'créneaux des professionnels', cpts: 'créneaux des professionnels et CPTS', sos: 'créneaux SOS Médecins' }[flow];
  const limit = sos ? MAX_ASSOCIATIONS : MAX_PROFESSIONALS;
  const now = deps.clock.now();
  const window = { from: now, to: endOfSecondDay(now) };

  const ask = async (question: Omit<EditorQuestion, 'flow'>, rewrite: (url: URL) => URL = (url) => url): Promise<Probe> => {
    const full = { ...question, flow };
    const response = await deps.http.get(editor, rewrite(slotRequestUrl(editor, full)), deps.signal);
    const page = bundleOf(response);
    return { response, page, answer: readAnswer([page], { ...full, flow: effectiveFlow(editor, full), now }) };
  };
  const step = async (id: string, title: string, run: () => Promise<Verdict> | Verdict): Promise<CheckStep> => {
    const named = { id: `${flow}-${id}`, title: `${title} (${label})` };
    try {
      return { ...named, ...(await run()) };
    } catch (error) {
      return { ...named, status: 'failed', detail: reasonOf(error) };
    }
  };

  yield await step('empty', 'Identifiant inconnu', async () =>
    judgeEmpty((await ask({ ids: [sos ? UNKNOWN_ASSOCIATION : UNKNOWN_PROFESSIONAL], ...window })).page));

  const ids = knownIds.slice(0, limit);
  if (ids.length === 0) {
    yield await step('search', 'Recherche', () => ({ status: 'skipped', detail: "Aucun identifiant connu de cet éditeur n'a été donné : la recherche n'a pas été essayée." }));
    return;
  }
  const probes: Probe[] = [];
  yield await step('search', 'Recherche', async () => {
    const probe = await ask({ ids, ...window });
    probes.push(probe);
    const { slots, knownIds: known } = probe.answer;
    const detail = `${slots.length} créneaux utilisables, ${known.length} identifiants reconnus sur ${ids.length}.`;
    return { status: slots.length > 0 ? 'passed' : 'warning', detail };
  });
  const [probe] = probes;
  if (!probe) return;
  const { response, answer, page } = probe;
  const first = answer.slots[0];

  yield await step('latency', 'Temps de réponse', () => judgeLatency(response.durationMs));
  yield await step('content-type', 'Type de contenu', () => judgeContentType(response.contentType));
  yield await step('self', 'Lien self', () => judgeSelfLink(page, response.url));
  yield await step('window', 'Bornes de la période incluses, rien en dehors', async () => {
    if (!first) return { status: 'skipped', detail: 'Aucun créneau sur lequel essayer.' };
    const narrow = await ask({ ids, from: first.start, to: first.start });
    const outside = narrow.answer.problems.filter((problem) => problem.rule === 'slot-outside-window').length;
    if (narrow.answer.slots.length === 0) return { status: 'failed', detail: 'Un créneau qui commence sur la borne n’est pas répondu.' };
    return outside > 0
      ? { status: flow === 'sos' ? 'warning' : 'failed', detail: 'Des créneaux hors de la période demandée sont répondus.' }
      : { status: 'passed', detail: 'Les deux bornes sont incluses et respectées.' };
  });
  yield await step('batch', `Lot de ${limit} identifiants`, async () => {
    const batch = await ask({ ids: fill(ids, limit, sos), ...window });
    const lost = answer.knownIds.filter((id) => !batch.answer.knownIds.includes(id)).length;
    return lost > 0
      ? { status: 'failed', detail: `${lost} identifiants connus manquent quand ils sont demandés avec des inconnus.` }
      : { status: 'passed', detail: `${limit} identifiants acceptés, les connus sont répondus.` };
  });
  yield await step('encoding', 'Paramètres encodés ou non', async () => {
    const encoded = await ask({ ids, ...window }, encodeNames);
    return encoded.answer.slots.length === answer.slots.length
      ? { status: 'passed', detail: 'Même réponse avec les noms de paramètres encodés (%3A).' }
      : { status: 'failed', detail: `${encoded.answer.slots.length} créneaux au lieu de ${answer.slots.length} quand les noms de paramètres sont encodés (%3A).` };
  });
  yield await step('bad-request', 'Demande sans période', async () => {
    const bad = await deps.http.get(editor, withoutWindow(slotRequestUrl(editor, { flow, ids, ...window })), deps.signal);
    return judgeRefusal(bad);
  });
  yield* judgeProblems(answer, flow, label);
}

function judgeEmpty(page: unknown): Verdict {
  const bundle = bundleSchema.parse(page);
  if (itemsOf(bundle.entry).length > 0) return { status: 'failed', detail: 'Des ressources sont répondues pour un identifiant inconnu.' };
  if (bundle.total !== 0) return { status: 'warning', detail: 'total devrait valoir 0.' };
  if (!selfLinkOf(page)) return { status: 'warning', detail: 'Le lien self manque.' };
  return { status: 'passed', detail: 'Bundle vide, total 0, lien self.' };
}

function judgeLatency(durationMs: number): Verdict {
  const detail = `${Math.round(durationMs)} ms (l'outil officiel demande moins de 1 s, le guide moins de 7 s).`;
  if (durationMs < KIT_MS) return { status: 'passed', detail };
  return { status: durationMs < GUIDE_MS ? 'warning' : 'failed', detail };
}

const judgeContentType = (contentType: string): Verdict =>
  /^application\/fhir\+json\b/i.test(contentType)
    ? { status: 'passed', detail: contentType }
    : { status: 'warning', detail: `${contentType || 'Aucun type'} au lieu de application/fhir+json.` };

const selfLinkOf = (page: unknown) => itemsOf(bundleSchema.parse(page).link).find(({ item }) => item.relation === 'self')?.item.url;

/** Equal when both queries hold the same parameters once decoded, in any order (E21). */
function judgeSelfLink(page: unknown, asked: URL): Verdict {
  const link = selfLinkOf(page);
  if (!link) return { status: 'failed', detail: 'Le lien self manque.' };
  if (!URL.canParse(link, asked)) return { status: 'failed', detail: "Le lien self n'est pas une adresse." };
  return sortedQuery(new URL(link, asked)) === sortedQuery(asked)
    ? { status: 'passed', detail: 'La demande est reprise telle quelle.' }
    : { status: 'failed', detail: 'Le lien self ne reprend pas les paramètres reçus : les renvoyer sans rien ajouter ni décoder.' };
}

const sortedQuery = (url: URL) => JSON.stringify([...url.searchParams].map((pair) => pair.join('=')).sort());

function judgeRefusal({ status, text }: EditorResponse): Verdict {
  const outcome = (parseJson(text) as { resourceType?: unknown } | null | undefined)?.resourceType === 'OperationOutcome';
  if (status < 400) return { status: 'warning', detail: `Acceptée (statut ${status}) : répondre 400 et un OperationOutcome.` };
  if (!outcome) return { status: 'warning', detail: `Refusée (statut ${status}) sans OperationOutcome.` };
  return { status: 'passed', detail: `Refusée avec un OperationOutcome : ${outcomeText(parseJson(text)) ?? 'sans texte'}` };
}

/** One step a rule broken, with its remedy and where it was first seen. */
function* judgeProblems(answer: EditorAnswer, flow: string, label: string): Generator<CheckStep> {
  const byRule = Map.groupBy(answer.problems, (problem) => problem.rule as RuleCode);
  if (byRule.size === 0) {
    yield { id: `${flow}-conformity`, title: `Conformité du contenu (${label})`, status: 'passed', detail: 'Aucun écart relevé.' };
  }
  for (const [code, problems] of byRule) {
    const { severity, says, remedy } = conformityRules[code];
    const [first] = problems;
    const sample = first?.sample ? ` (« ${first.sample} »)` : '';
    const others = problems.length - 1;
    const more = others > 0 ? `, et ${others} autre${others > 1 ? 's' : ''}` : '';
    yield {
      id: `${flow}-rule-${code}`, title: says, status: severity === 'error' ? 'failed' : 'warning',
      detail: `${first?.element}${sample}${more}. ${remedy}`,
    };
  }
}

/** The last second of the day after tomorrow, in France: the window that the platform asks (interop-sas 1). */
function endOfSecondDay(now: Temporal.Instant): Temporal.Instant {
  const day = now.toZonedDateTimeISO('Europe/Paris').toPlainDate().add({ days: 3 });
  return day.toZonedDateTime('Europe/Paris').toInstant().subtract({ seconds: 1 });
}

/** Known ids completed with ids that nobody has. */
const fill = (ids: readonly string[], limit: number, sos: boolean): string[] => [
  ...ids,
  ...Array.from({ length: limit - ids.length }, (_, index) => (sos ? `3${String(index + 1).padStart(14, '0')}` : `8${String(index + 1).padStart(11, '0')}`)),
];

function encodeNames(url: URL): URL {
  const copy = new URL(url);
  copy.search = url.search.slice(1).replace(/(^|&)([^=&]+)=/g, (_, before: string, name: string) => `${before}${encodeURIComponent(name)}=`);
  return copy;
}

function withoutWindow(url: URL): URL {
  const copy = new URL(url);
  copy.search = url.search.slice(1).split('&').filter((part) => !/^(start|_has:Slot:schedule:start)=/.test(part)).join('&');
  return copy;
}
