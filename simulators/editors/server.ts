import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import cookies from '@fastify/cookie';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { type RegulatorAccount, regulatorAccounts } from './accounts.ts';
import { type Appointment, type AppointmentBook, appointmentBook } from './appointments.ts';
import { type Behaviour, type BehaviourName, behaviours } from './behaviours.ts';
import { type CatalogInput, catalogSchema } from './catalog.ts';
import { editorClient, slugOf } from './client.ts';
import { machineClock, type Now } from './dates.ts';
import type { FaultKind } from './faults.ts';
import { FhirError } from './fhir/resources.ts';
import { fhirRoutes } from './fhir/routes.ts';
import { appointmentLife } from './life.ts';
import { adminRoutes } from './pages/admin.ts';
import { agendaRoutes } from './pages/routes.ts';
import { type Delivery, platformClient } from './platform.ts';
import { openRoster } from './roster.ts';
import { type RegulatorSignIn, regulatorSignIn } from './sign-in.ts';
import { readAppointments, writeAppointments } from './state.ts';
import type { RecordedRequest, Vendor } from './vendor.ts';

/** Files of the mutual TLS; `allowed…`: what the client certificate must bear. */
export interface TlsOptions {
  readonly cert: string;
  readonly key: string;
  readonly ca: string;
  readonly crl?: string;
  readonly allowedCn?: string;
  readonly allowedOu?: string;
}

export interface EditorSimulatorOptions {
  readonly name: string;
  readonly behaviour: BehaviourName | Behaviour;
  readonly catalog: CatalogInput;
  readonly seed?: number;
  /** 0 or absent: chosen by the system. */
  readonly port?: number;
  readonly now?: Now;
  /** Where appointments are sent (INT_R03); none when absent. */
  readonly platform?: { readonly url: string; readonly token?: string; readonly tokenFile?: string; readonly retryMs?: number };
  /** Pro Santé Connect; regulators cannot come in when absent. Client id and secret default to those of `editorClient`. */
  readonly signIn?: { readonly issuer: string; readonly clientId?: string; readonly clientSecret?: string };
  /** Serves over TLS and asks the platform for a client certificate. */
  readonly tls?: TlsOptions;
  /** File that keeps the bookings between two runs; memory only when absent. */
  readonly state?: string;
  /** Lets the bookings live by themselves, with this delay. */
  readonly life?: { readonly delayMs: number };
}

export interface EditorSimulator {
  readonly name: string;
  /** The vendor's site. */
  readonly url: string;
  /** Its FHIR server, as given to `sas editor add --base-url`. */
  readonly baseUrl: string;
  /** FHIR requests received, the oldest first. */
  readonly requests: readonly RecordedRequest[];
  /** INT_R03 calls made, the oldest first. */
  readonly deliveries: readonly Delivery[];
  /** The bookings; a test may act as the practice through it. */
  readonly bookings: AppointmentBook;
  readonly accounts: () => readonly RegulatorAccount[];
  /** Orders a failure; `auto` gives back to the behaviour. */
  setFault(fault: FaultKind | 'none' | 'auto'): void;
  close(): Promise<void>;
}

/** Starts one fictional vendor. */
export async function startEditorSimulator(options: EditorSimulatorOptions): Promise<EditorSimulator> {
  const { name, seed = 1, now = machineClock } = options;
  const slug = slugOf(name);
  const identifierSystem = `https://${slug}.editeur.example`;
  const roster = openRoster(catalogSchema.parse(options.catalog));
  const closing = new AbortController();
  const server = createServer(options.tls);
  const scheme = options.tls ? 'https' : 'http';

  const platform = options.platform
    ? platformClient({ retryMs: 500, ...options.platform, identifierSystem, now })
    : null;
  const former = options.state ? readAppointments(options.state) : [];
  const book = appointmentBook(former, changed);
  const life = options.life ? appointmentLife({ ...options.life, seed }, book, roster.associations) : null;
  const seen = new Set(former.map(({ id }) => id));
  function changed(appointment: Appointment): void {
    if (options.state) writeAppointments(options.state, book.list());
    platform?.send(appointment);
    if (!seen.has(appointment.id)) life?.begin(appointment);
    seen.add(appointment.id);
  }

  // The address is known only once the server listens; nothing below is read before.
  let url = '';
  let signIn: RegulatorSignIn | null = null;
  const accounts = regulatorAccounts();
  const requests: RecordedRequest[] = [];
  const vendor: Vendor = {
    name, slug, seed, now, roster, accounts, book, platform, requests, fault: 'auto',
    behaviour: typeof options.behaviour === 'string' ? behaviours[options.behaviour] : options.behaviour,
    origin: {
      get base() {
        return `${url}/fhir`;
      },
      identifierSystem,
      agendaUrl: (slot, owner) => `${url}/agenda?${new URLSearchParams({ ...owner, start: slot.start.toString() })}`,
    },
    get signIn() {
      return signIn;
    },
  };
  const checkClient = options.tls ? clientCheck(options.tls) : () => undefined;
  await server.register(fhirRoutes, { prefix: '/fhir', vendor, closing: closing.signal, checkClient });
  await server.register(adminRoutes, { vendor });
  await server.register(agendaRoutes, { vendor });

  await server.listen({ port: options.port ?? 0, host: 'localhost' });
  url = `${scheme}://localhost:${(server.server.address() as AddressInfo).port}`;
  signIn = options.signIn ? regulatorSignIn({ ...editorClient(name, url), redirectUri: `${url}/retour`, ...options.signIn }, accounts) : null;

  for (const appointment of former) platform?.resume(appointment);

  return {
    name, url, baseUrl: `${url}/fhir`, requests, deliveries: platform?.deliveries ?? [], bookings: book, accounts: accounts.list,
    setFault: (fault) => void (vendor.fault = fault),
    async close() {
      closing.abort();
      life?.stop();
      platform?.close();
      await server.close();
    },
  };
}

function createServer(tls: TlsOptions | undefined): FastifyInstance {
  const https = tls && {
    cert: readFileSync(tls.cert), key: readFileSync(tls.key), ca: readFileSync(tls.ca), ...(tls.crl && { crl: readFileSync(tls.crl) }),
    minVersion: 'TLSv1.2' as const,
    // Asked for, judged by the application: a wrong certificate gets a readable 403.
    requestCert: true, rejectUnauthorized: false,
  };
  const server = Fastify({ forceCloseConnections: true, routerOptions: { ignoreTrailingSlash: true }, ...(https && { https }) }) as unknown as FastifyInstance;
  server.register(cookies);
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(body as string)));
  });
  return server;
}

/** @throws FhirError 403 when the client certificate is missing, revoked, expired, or not of the platform */
function clientCheck({ allowedCn, allowedOu }: TlsOptions): (request: FastifyRequest) => void {
  return (request) => {
    const socket = request.raw.socket as TLSSocket;
    const refuse = (why: string): never => {
      throw new FhirError(403, 'forbidden', `Certificat client refusé : ${why}.`);
    };
    const { subject } = socket.getPeerCertificate();
    if (!subject) return refuse('aucun certificat présenté');
    if (!socket.authorized) return refuse(String(socket.authorizationError));
    if (allowedCn && subject.CN !== allowedCn) return refuse('nom (CN) inattendu');
    if (allowedOu && subject.OU !== allowedOu) return refuse('organisation (OU) inattendue');
    return undefined;
  };
}
