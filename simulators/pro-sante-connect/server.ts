import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { exportJWK, generateKeyPair } from 'jose';
import Provider, { type Context } from 'oidc-provider';
import { type Account, type Client, claimsOf } from './accounts.ts';
import { messagePage, signInPage, signOutPage } from './pages.ts';
import { memoryStore } from './store.ts';

export interface ProSanteConnectOptions {
  /** 0 or absent: chosen by the system. */
  readonly port?: number;
  readonly accounts: readonly Account[];
  readonly clients: readonly Client[];
}

export interface ProSanteConnectSimulator {
  readonly issuer: string;
  /** The same as `issuer`. */
  readonly url: string;
  /** Registers one more client, or replaces it: tests know addresses only once servers listen. */
  register(client: Client): void;
  close(): Promise<void>;
}

const metadata = (client: Client): Record<string, unknown> => ({
  client_id: client.clientId,
  client_secret: client.clientSecret,
  redirect_uris: client.redirectUris,
  post_logout_redirect_uris: client.postLogoutRedirectUris ?? [],
  response_types: ['code'],
  grant_types: ['authorization_code'],
  token_endpoint_auth_method: 'client_secret_post',
});

/** A real OpenID Connect provider that stands for Pro Santé Connect; its session is shared by all its clients. */
export async function startProSanteConnect(options: ProSanteConnectOptions): Promise<ProSanteConnectSimulator> {
  const clients = new Map(options.clients.map((client) => [client.clientId, metadata(client)]));
  const accounts = new Map(options.accounts.map((account) => [account.id, account]));

  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(options.port ?? 0, 'localhost', resolve));
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;

  const provider = new Provider(issuer, await configuration(clients, accounts));
  const protocol = provider.callback();
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (!request.url!.startsWith('/connexion/')) return protocol(request, response);
    signIn(provider, accounts, request, response).catch(() =>
      send(response, 400, messagePage('Connexion expirée', 'Cette page a servi ou a expiré. Revenez au site qui vous a envoyé ici et recommencez.')),
    );
  });

  return {
    issuer,
    url: issuer,
    register: (client) => void clients.set(client.clientId, metadata(client)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function signIn(
  provider: Provider, accounts: ReadonlyMap<string, Account>, request: IncomingMessage, response: ServerResponse,
): Promise<void> {
  const interaction = await provider.interactionDetails(request, response);
  if (request.method !== 'POST') return send(response, 200, signInPage(interaction.uid, [...accounts.values()]));
  const accountId = new URLSearchParams(await text(request)).get('account');
  if (!accountId || !accounts.has(accountId)) {
    return send(response, 400, messagePage('Personne inconnue', 'Cette personne ne figure pas dans la démonstration. Revenez en arrière et choisissez-en une.'));
  }
  await provider.interactionFinished(request, response, { login: { accountId, acr: 'eidas1', amr: ['hwk', 'pin', 'mfa'], remember: true } });
}

async function configuration(
  clients: ReadonlyMap<string, Record<string, unknown>>, accounts: ReadonlyMap<string, Account>,
): Promise<Record<string, unknown>> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return {
    adapter: memoryStore(clients),
    jwks: { keys: [{ ...(await exportJWK(privateKey)), use: 'sig', alg: 'RS256' }] },
    // Cookies do not tell ports apart: names of our own, so that no other server of the same machine erases them.
    cookies: { keys: [randomBytes(32).toString('hex')], names: { session: 'psc_session', interaction: 'psc_interaction', resume: 'psc_resume' } },
    scopes: ['openid', 'scope_all'],
    acrValues: ['eidas1'],
    claims: {
      openid: ['sub', 'acr', 'auth_time'],
      scope_all: [
        'SubjectNameID', 'preferred_username', 'family_name', 'given_name', 'email', 'email_verified',
        'SubjectRole', 'SubjectOrganization', 'otherInfos',
      ],
    },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    ttl: { Session: 14 * 3_600, Interaction: 3_600, AccessToken: 3_600, IdToken: 3_600, Grant: 14 * 3_600, AuthorizationCode: 60 },
    clientAuthMethods: ['client_secret_post', 'client_secret_basic'],
    findAccount: (_context: Context, id: string) => {
      const account = accounts.get(id);
      return account && { accountId: id, claims: async () => claimsOf(account) };
    },
    // Nobody is asked for consent: the clients are part of the service.
    loadExistingGrant: async (context: Context & { oidc: { provider: Provider } }) => {
      const { client, session, provider } = context.oidc;
      const known = session.grantIdFor(client!.clientId);
      const existing = known ? await provider.Grant.find(known) : undefined;
      if (existing) return existing;
      const grant = new provider.Grant({ clientId: client!.clientId, accountId: session.accountId! });
      grant.addOIDCScope('openid scope_all');
      await grant.save();
      return grant;
    },
    interactions: { url: (_context: Context, interaction: { uid: string }) => `/connexion/${interaction.uid}` },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context: Context, form: string) => {
          context.type = 'html';
          context.body = signOutPage(form);
        },
        postLogoutSuccessSource: (context: Context) => {
          context.type = 'html';
          context.body = messagePage('Vous êtes déconnecté', 'Vous pouvez fermer cette page.');
        },
      },
    },
    renderError: (context: Context, out: { error: string; error_description?: string }) => {
      context.type = 'html';
      context.body = messagePage('Connexion impossible', `Le site qui vous a envoyé ici a fait une demande refusée : ${out.error_description ?? out.error}`);
    },
  };
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(body);
}
