import { type Edge, edgesOf, isTest, type Module, modulesOf, type Sources, type Violation } from './layout.ts';

type EdgeRule = (edge: Edge) => boolean;

const isContext = (edge: Edge) => edge.from.at.area === 'context';
const toContext = (edge: Edge) => edge.to.area === 'context';
const sameContext = ({ from, to }: Edge) => from.at.context === to.context && from.at.half === to.half;
const isServerDoor = (path: string) => /\/server\/index\.ts$/.test(path);

/** Rules about imports inside `src/`: true when the import breaks the rule. */
const edgeRules: Record<string, EdgeRule> = {
  '1 domain imports only its own domain': (edge) => {
    if (!isContext(edge) || edge.from.at.part !== 'domain') return false;
    if (edge.to.part === 'contract') return !edge.import.typeOnly;
    return !(sameContext(edge) && edge.to.part === 'domain');
  },
  '2 a context sees another only through contract.ts and server/index.ts': (edge) =>
    isContext(edge) && toContext(edge) && !sameContext(edge) && edge.to.part !== 'contract' && !isServerDoor(edge.path),
  '2 what serves tests is imported by tests alone': ({ path }) => isTest(path),
  '3 screens never import server or foundation; server never imports screens or ui': ({ from, to }) =>
    (from.at.part === 'screens' && (to.part === 'server' || to.area === 'foundation')) ||
    (from.at.part === 'server' && (to.part === 'screens' || to.area === 'ui')),
  '4 foundation and ui import no context': ({ from, to }) =>
    (from.at.area === 'foundation' && to.area !== 'foundation') ||
    (from.at.area === 'ui' && to.area !== 'ui' && to.area !== 'foundation'),
  '6 contexts never import interop': (edge) => isContext(edge) && (edge.to.area === 'interop' || edge.to.area === 'app'),
  '7 platform never imports regulation, nor the reverse': ({ from, to }) =>
    from.at.half !== null && to.half !== null && from.at.half !== to.half,
};

/** All that breaks one of the ten rules of ADR 0001. Pure: it reads nothing but the sources given. */
export function architectureViolations(sources: Sources): Violation[] {
  const modules = modulesOf(sources);
  const edges = edgesOf(modules);
  return [
    ...edges.flatMap((edge) => brokenBy(edge)),
    ...modules.flatMap((module) => [
      ...layout(module), ...packagesOfDomain(module), ...outsideWords(module), ...environmentAndClock(module),
    ]),
    ...cycles(edges),
    ...modules.flatMap((module) => foreignSchemas(module, schemasOf(sources))),
  ];
}

const brokenBy = (edge: Edge): Violation[] =>
  Object.entries(edgeRules)
    .filter(([, breaks]) => breaks(edge))
    .map(([rule]) => ({ rule, file: edge.from.path, what: `imports ${edge.path}` }));

const LAYOUT = '2 a context has contract.ts, domain, server and screens, nothing else';

const layout = ({ path, at }: Module): Violation[] =>
  at.area === 'context' && at.part === 'other' ? [{ rule: LAYOUT, file: path, what: 'is none of them' }] : [];

const packagesOfDomain = ({ path, at, imports }: Module): Violation[] =>
  imports
    .filter(({ specifier }) => at.part === 'domain' && !specifier.startsWith('.') && specifier !== 'zod')
    .map(({ specifier }) => ({ rule: '1 domain imports only its own domain', file: path, what: `imports ${specifier}` }));

const OUTSIDE = '5 FHIR, EDXL and OIDC live in interop only';
const OUTSIDE_PACKAGES = /^(openid-client|oidc-provider|jose|@medplum\/|fhir)/;
const OUTSIDE_WORDS = /fhir|edxl|oidc|openid/i;
/** Names of FHIR resources, which mean these resources wherever they stand alone. */
const RESOURCES = new Set(['Slot', 'Schedule', 'Appointment', 'Practitioner', 'PractitionerRole', 'Bundle', 'HealthcareService',
  'OperationOutcome', 'CapabilityStatement', 'resourceType']);

function outsideWords({ path, at, code, imports }: Module): Violation[] {
  if (at.area === 'interop' || at.area === 'app') return [];
  const found = [
    ...imports.map(({ specifier }) => specifier).filter((specifier) => OUTSIDE_PACKAGES.test(specifier)),
    ...identifiersOf(code).filter((word) => OUTSIDE_WORDS.test(word) || RESOURCES.has(word)),
  ];
  return [...new Set(found)].map((word) => ({ rule: OUTSIDE, file: path, what: `says ${word}` }));
}

/** The identifiers of blanked code. */
export const identifiersOf = (code: string): string[] => code.match(/[A-Za-z_$][\w$]*/g) ?? [];

const ENVIRONMENT = '9 only app/config reads the environment';
const CLOCK = '9 only foundation/clock reads the clock';
const CLOCK_READINGS = /\bDate\.now\b|\bnew Date(?:\(\s*\)|(?!\s*\())|(?<![.\w]|new\s)Date\(|\bTemporal\.Now\b|\bperformance\.now\b|\bhrtime\b/g;

function environmentAndClock({ path, code }: Module): Violation[] {
  const readsEnvironment = /\bprocess\s*\.\s*env\b|\benv\b[^;]*from\s*['"]node:process/.test(code) && !/^src\/app\/config(\.ts$|\/)/.test(path);
  const readings = path === 'src/foundation/clock.ts' ? [] : (code.match(CLOCK_READINGS) ?? []);
  return [
    ...(readsEnvironment ? [{ rule: ENVIRONMENT, file: path, what: 'reads process.env' }] : []),
    ...[...new Set(readings)].map((reading) => ({ rule: CLOCK, file: path, what: `says ${reading}` })),
  ];
}

const CYCLE = '8 the graph of contexts has no cycle';

/** Each cycle of contexts once, told from its first name in alphabetical order. */
function cycles(edges: readonly Edge[]): Violation[] {
  const graph = new Map<string, Map<string, Edge>>();
  for (const edge of edges) {
    if (!isContext(edge) || !toContext(edge) || sameContext(edge)) continue;
    const targets = graph.get(edge.from.at.context) ?? new Map<string, Edge>();
    targets.set(edge.to.context, targets.get(edge.to.context) ?? edge);
    graph.set(edge.from.at.context, targets);
  }
  const found = new Map<string, Violation>();
  const walk = (context: string, path: readonly string[]): void => {
    const start = path.indexOf(context);
    if (start !== -1) {
      const loop = path.slice(start);
      const first = loop.indexOf(loop.toSorted()[0]!);
      const told = [...loop.slice(first), ...loop.slice(0, first + 1)];
      const edge = graph.get(told[0]!)!.get(told[1]!)!;
      found.set(told.join(), { rule: CYCLE, file: edge.from.path, what: told.join(' → ') });
      return;
    }
    for (const next of graph.get(context)?.keys() ?? []) walk(next, [...path, context]);
  };
  for (const context of graph.keys()) walk(context, []);
  return [...found.values()];
}

const SCHEMA = '10 SQL names only the schema of its own context';

/** The schemas that the migrations create. */
function schemasOf(sources: Sources): string[] {
  return [...sources]
    .filter(([path]) => path.startsWith('db/migrations/'))
    .flatMap(([, text]) => [...text.matchAll(/^create schema (\w+)/gm)].map((match) => match[1]!));
}

function foreignSchemas({ path, at, source, code, queries }: Module, schemas: readonly string[]): Violation[] {
  const foreign = schemas.filter((schema) => schema !== at.context);
  const named = foreign.filter((schema) => queries.some((query) => new RegExp(`(?<![.\\w])${schema}\\.\\w`).test(query)));
  // Texts are blanked in `code`: the argument is read in the source at the same place.
  const opened = [...code.matchAll(/\.for\(\s*(?=['"])/g)]
    .map((match) => /^['"](\w+)/.exec(source.slice(match.index + match[0].length))?.[1] ?? '')
    .filter((schema) => foreign.includes(schema));
  // Views of other schemas are opened by app alone, to hand them to the context that owns them.
  const wrong = at.area === 'app' ? named : [...named, ...opened];
  return [...new Set(wrong)].map((schema) => ({ rule: SCHEMA, file: path, what: `names ${schema}` }));
}
