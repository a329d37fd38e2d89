import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../../foundation/errors.ts';
import { type Actor, hasRole } from '../../../identity/contract.ts';
import type { AppointmentReceipt, ReceivedAppointment } from '../../../platform/orientation/domain/appointment.ts';
import { FHIR_JSON } from '../systems.ts';
import { capabilityStatement } from './capability.ts';
import { conditionOf } from './condition.ts';
import { FhirRefusal, fromAppError, type IssueCode, operationOutcome, refuse } from './outcome.ts';
import { readAppointment } from './read-appointment.ts';
import { writeAppointment } from './write-appointment.ts';

export interface FhirServerDeps {
  /**
   * Who calls: the bearer of a token of role `editor`, or an accepted client certificate; null when neither is given.
   * May throw a `forbidden` AppError that says why a certificate is refused.
   */
  authenticate(request: FastifyRequest): Promise<Actor | null>;
  /** Takes the appointment in. Throws AppError; see docs/adr/0005 for how each family is answered. */
  receive(appointment: ReceivedAppointment, method: 'create' | 'update', actor: Actor): Promise<AppointmentReceipt>;
  /** Public address of the installation, without trailing slash; the request's own when absent. */
  readonly publicUrl?: string;
}

const BODY_LIMIT = 256 * 1024;
const CONTENT_TYPES = ['application/json', 'application/fhir+json', 'application/json+fhir'];
const allowedMethods: Record<string, string> = { '/Appointment': 'POST, PUT', '/metadata': 'GET, HEAD' };

/** Mounts INT_R03 under /fhir. Whatever goes wrong there is answered as an OperationOutcome. Nothing of a body is logged. */
export function fhirRoutes(server: FastifyInstance, deps: FhirServerDeps): void {
  const actors = new WeakMap<FastifyRequest, Actor>();
  // Before the body is read: a stranger's is never parsed.
  const protect = { bodyLimit: BODY_LIMIT, onRequest: async (request: FastifyRequest) => void actors.set(request, await authorise(request)) };

  void server.register(
    async (fhir) => {
      acceptFhirJson(fhir);
      fhir.setErrorHandler((error, request, reply) => answerRefusal(refusalOf(error, request), reply));
      fhir.setNotFoundHandler((request, reply) => answerRefusal(unknownPath(request), reply));
      fhir.get('/metadata', async (request, reply) => sendFhir(reply, 200, capabilityStatement(baseOf(request))));
      fhir.post('/Appointment', protect, async (request, reply) => {
        const appointment = readAppointment(request.body);
        return answer(request, reply, appointment, await deps.receive(appointment, 'create', actors.get(request)!), 'create');
      });
      fhir.put('/Appointment', protect, async (request, reply) => {
        const key = conditionOf(request.query as Record<string, unknown>);
        const appointment = readAppointment(request.body);
        if (appointment.key !== key) throw differentKey();
        return answer(request, reply, appointment, await deps.receive(appointment, 'update', actors.get(request)!), 'update');
      });
      for (const [url, allow] of Object.entries(allowedMethods)) {
        const others = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((method) => !allow.includes(method));
        // On request: a DELETE that announces JSON and has none must not be told about its body.
        const refuseMethod = async (_: FastifyRequest, reply: FastifyReply) => answerRefusal(wrongMethod(allow), reply.header('allow', allow));
        fhir.route({ method: others, url, onRequest: refuseMethod, handler: refuseMethod });
      }
    },
    { prefix: '/fhir' },
  );

  async function authorise(request: FastifyRequest): Promise<Actor> {
    const actor = await deps.authenticate(request);
    if (!actor) throw refuse(401, 'login', 'Présentez un certificat client accepté ou un jeton porteur du rôle « editor ».');
    if (!hasRole(actor, 'editor')) throw refuse(403, 'forbidden', 'Cette interface est réservée aux éditeurs (rôle « editor »).');
    return actor;
  }

  function answer(request: FastifyRequest, reply: FastifyReply, appointment: ReceivedAppointment, receipt: AppointmentReceipt, method: 'create' | 'update') {
    // A booking that completes an operator's click is a creation for the vendor, whatever it was for us.
    const created = method === 'create' ? receipt.outcome !== 'unchanged' : receipt.outcome === 'created';
    reply.header('location', `${baseOf(request)}/Appointment/${receipt.orientationId}`);
    return sendFhir(reply, created ? 201 : 200, writeAppointment(appointment, receipt.orientationId));
  }

  const baseOf = (request: FastifyRequest) => `${deps.publicUrl ?? `${request.protocol}://${request.host}`}/fhir`;
}

function acceptFhirJson(fhir: FastifyInstance): void {
  fhir.removeAllContentTypeParsers();
  fhir.addContentTypeParser(CONTENT_TYPES, { parseAs: 'string', bodyLimit: BODY_LIMIT }, (_, body, done) => {
    try {
      done(null, JSON.parse(body as string));
    } catch {
      done(refuse(400, 'structure', "Le contenu n'est pas du JSON valide.", 'Appointment'));
    }
  });
}

const differentKey = () =>
  refuse(422, 'business-rule', "L'identifiant du rendez-vous ne change pas : celui de l'adresse et celui du contenu doivent être le même.", 'Appointment.identifier[0]');

const wrongMethod = (allow: string) => refuse(405, 'not-supported', `Méthode non proposée à cette adresse. Possibles : ${allow}.`);

const unknownPath = (request: FastifyRequest) =>
  request.url.startsWith('/fhir/Appointment/')
    ? refuse(405, 'not-supported', 'Les rendez-vous sont désignés par PUT /fhir/Appointment?identifier=système|valeur, pas par leur adresse.')
    : refuse(404, 'not-found', 'Adresse inconnue. Voir /fhir/metadata.');

const transport: Record<number, { code: IssueCode; text: string }> = {
  400: { code: 'structure', text: "La demande n'a pas pu être lue." },
  413: { code: 'too-long', text: 'Le contenu dépasse 256 Kio.' },
  415: { code: 'not-supported', text: `Type de contenu non pris en charge. Possibles : ${CONTENT_TYPES.join(', ')}.` },
  429: { code: 'transient', text: 'Trop de demandes en peu de temps : attendez quelques secondes puis réessayez.' },
};

function refusalOf(error: unknown, request: FastifyRequest): FhirRefusal {
  if (error instanceof FhirRefusal) return error;
  if (error instanceof AppError) return fromAppError(error, request.method === 'POST' ? 'create' : 'update');
  const status = (error as { statusCode?: number }).statusCode ?? 500;
  const known = transport[status];
  if (known) return refuse(status, known.code, known.text);
  if (status < 500) return refuse(status, 'structure', transport[400]!.text);
  request.log.error({ err: error }, 'fhir request failed');
  return refuse(500, 'exception', `L'opération a échoué de façon imprévue. Référence à transmettre : ${request.id}.`);
}

function answerRefusal(refusal: FhirRefusal, reply: FastifyReply) {
  if (refusal.status === 401) reply.header('www-authenticate', 'Bearer');
  if (refusal.status === 503) reply.header('retry-after', '5');
  return sendFhir(reply, refusal.status, operationOutcome(refusal.issues));
}

/** A Buffer keeps the media type as it is: to a text Fastify adds a charset, which vendors' checks of the type stumble on. */
const sendFhir = (reply: FastifyReply, status: number, resource: object) =>
  reply.status(status).header('content-type', FHIR_JSON).send(Buffer.from(JSON.stringify(resource)));
