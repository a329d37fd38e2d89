import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { accountResource, type RegulatorAccount } from '../accounts.ts';
import { faults } from '../faults.ts';
import { happens, spoil } from '../negligence.ts';
import { currentFault, freeAssociationSlots, freePractitionerSlots, takeTime, type Vendor } from '../vendor.ts';
import { associationBundle } from './association-bundle.ts';
import { capabilityStatement } from './capability.ts';
import { practitionerBundle } from './practitioner-bundle.ts';
import { associationQuery, parameters, practitionerQuery } from './query.ts';
import { FhirError, operationOutcome, type Resource } from './resources.ts';

export interface FhirServerSettings {
  readonly vendor: Vendor;
  readonly closing: AbortSignal;
  /** Refuses a client certificate that is missing or wrong, by throwing a FhirError. */
  checkClient(request: FastifyRequest): void;
}

const MAX_RECORDED = 1_000;

/** The FHIR server of a vendor, mounted under `/fhir`. */
export async function fhirRoutes(server: FastifyInstance, { vendor, closing, checkClient }: FhirServerSettings): Promise<void> {
  let received = 0;

  server.removeAllContentTypeParsers();
  server.addContentTypeParser(/^application\/(fhir\+json|json\+fhir|json)\b/, { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, JSON.parse(body as string));
    } catch {
      done(new FhirError(400, 'structure', "Le corps n'est pas du JSON."));
    }
  });

  server.addHook('onRequest', async (request, reply) => {
    const { method, url, headers } = request.raw;
    vendor.requests.push({ method: method!, url: url!, headers: { ...headers }, at: vendor.now() });
    if (vendor.requests.length > MAX_RECORDED) vendor.requests.shift();
    checkClient(request);
    if (!acceptsFhir(headers.accept)) throw new FhirError(406, 'not-supported', 'Seul le JSON de FHIR est servi (application/fhir+json).');
    await takeTime(vendor, received++, closing);
    const fault = currentFault(vendor);
    if (!fault) return undefined;
    faults[fault](reply);
    return reply;
  });

  server.setErrorHandler((error: FastifyError | FhirError, _request, reply) => {
    if (error instanceof FhirError) return send(reply, error.status, operationOutcome(error.code, error.message, error.expression));
    const status = error.statusCode && error.statusCode < 500 ? error.statusCode : 500;
    return send(reply, status, operationOutcome(status < 500 ? 'invalid' : 'exception', error.message, null));
  });
  server.setNotFoundHandler((request, reply) => send(reply, 404, operationOutcome('not-found', `Rien à cette adresse : ${request.method} ${request.url}`, null)));

  server.get('/metadata', (_request, reply) => send(reply, 200, capabilityStatement(vendor.name, vendor.origin.base, vendor.behaviour.flows)));

  server.get('/Slot', (request, reply) => {
    refuseUnless(vendor, 'ps');
    const { window, ids, includes } = practitionerQuery(queryOf(request));
    const withCpts = vendor.behaviour.flows.includes('cpts') && includes.has('Slot:service-type-reference');
    const slots = freePractitionerSlots(vendor, [...new Set([...ids, ...unasked(vendor, ids)])], window);
    const bundle = practitionerBundle(vendor.origin, { slots, withCpts, includes, selfUrl: selfUrl(vendor, request) });
    spoil(bundle, vendor.behaviour, vendor.seed, vendor.origin.base);
    return send(reply, 200, bundle);
  });

  server.get('/Schedule', (request, reply) => {
    refuseUnless(vendor, 'sos');
    const { window, ids, includes } = associationQuery(queryOf(request));
    const slots = freeAssociationSlots(vendor, ids, window);
    return send(reply, 200, associationBundle(vendor.origin, { slots, includes, selfUrl: selfUrl(vendor, request) }));
  });

  const located = (reply: FastifyReply, status: number, account: RegulatorAccount): FastifyReply =>
    send(reply.header('location', `${vendor.origin.base}/Practitioner/${account.id}`), status, accountResource(account));

  server.post('/Practitioner', (request, reply) => located(reply, 201, vendor.accounts.create(request.body)));
  server.put('/Practitioner', (request, reply) => {
    const [target, ...more] = queryOf(request).get('identifier') ?? [];
    const [system, value] = (target ?? '').split('|');
    if (!system || !value || more.length > 0) throw new FhirError(400, 'required', 'Le paramètre identifier=système|valeur est attendu une fois.');
    const { account, created } = vendor.accounts.upsert({ system, value }, request.body);
    return located(reply, created ? 201 : 200, account);
  });
  server.get<{ Params: { id: string } }>('/Practitioner/:id', (request, reply) => {
    const account = vendor.accounts.get(request.params.id);
    if (!account) throw new FhirError(404, 'not-found', 'Compte inconnu.');
    return send(reply, 200, accountResource(account));
  });
}

/** Practitioners that nobody asked for: only a negligent vendor has some. */
function unasked(vendor: Vendor, ids: readonly string[]): string[] {
  const everyone = [...vendor.roster.practitioners.keys()];
  return ids
    .filter((id) => vendor.roster.practitioners.has(id) && happens(vendor.behaviour, 'unasked-practitioner', vendor.seed, id))
    .map((id) => everyone[(everyone.indexOf(id) + 1) % everyone.length]!);
}

function refuseUnless(vendor: Vendor, flow: 'ps' | 'sos'): void {
  if (!vendor.behaviour.flows.includes(flow)) throw new FhirError(404, 'not-supported', `Cet éditeur ne propose pas le flux ${flow}.`);
}

const queryOf = (request: FastifyRequest): Map<string, string[]> => parameters(request.raw.url!.split('?').slice(1).join('?'));

/** The request as received, character for character: decoding a `+` would change it. */
const selfUrl = ({ origin }: Vendor, request: FastifyRequest): string => origin.base + request.raw.url!.slice('/fhir'.length);

const acceptsFhir = (accept: string | undefined): boolean =>
  accept === undefined || /\*\/\*|application\/(\*|fhir\+json|json\+fhir|json)/.test(accept);

const send = (reply: FastifyReply, status: number, resource: Resource): FastifyReply =>
  reply.code(status).type('application/fhir+json; charset=utf-8').send(JSON.stringify(resource));
