import { randomUUID } from 'node:crypto';
import * as client from 'openid-client';
import type { RegulatorAccounts } from './accounts.ts';
import type { Operator } from './appointments.ts';
import { systems } from './fhir/resources.ts';

export interface SignInSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
}

/** A regulator who came from the platform; the right to book exists only in such a session. */
export interface RegulatorSession {
  readonly id: string;
  readonly operator: Operator;
  /** Proves that a form was sent by our own page. */
  readonly formToken: string;
}

export interface RegulatorSignIn {
  /** Address of the provider to send the browser to; `returnTo` is where it goes afterwards. */
  begin(returnTo: string): Promise<string>;
  /** @throws AccountDisabled when the platform has closed this regulator's account */
  complete(callback: URL): Promise<{ session: RegulatorSession; returnTo: string }>;
  session(id: string | undefined): RegulatorSession | null;
}

export class AccountDisabled extends Error {}

/** Sign-in by OpenID Connect (authorization code, PKCE): who is already signed in at the provider sees no page. */
export function regulatorSignIn(settings: SignInSettings, accounts: RegulatorAccounts): RegulatorSignIn {
  const sessions = new Map<string, RegulatorSession>();
  const begun = new Map<string, { verifier: string; nonce: string; returnTo: string }>();
  let discovered: Promise<client.Configuration> | null = null;

  const configuration = (): Promise<client.Configuration> => {
    const insecure = settings.issuer.startsWith('http:') ? [client.allowInsecureRequests] : [];
    discovered ??= client.discovery(new URL(settings.issuer), settings.clientId, settings.clientSecret, undefined, { execute: insecure }).catch((error: unknown) => {
      discovered = null;
      throw error;
    });
    return discovered;
  };

  return {
    async begin(returnTo) {
      const [config, state, nonce, verifier] = [await configuration(), client.randomState(), client.randomNonce(), client.randomPKCECodeVerifier()];
      begun.set(state, { verifier, nonce, returnTo });
      return client.buildAuthorizationUrl(config, {
        redirect_uri: settings.redirectUri, scope: 'openid scope_all', acr_values: 'eidas1', state, nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
      }).href;
    },
    async complete(callback) {
      const state = callback.searchParams.get('state') ?? '';
      const { verifier, nonce, returnTo } = begun.get(state) ?? {};
      begun.delete(state);
      if (!verifier || !returnTo) throw new Error('this sign-in was not begun here, or has already been used');
      const back = new URL(settings.redirectUri);
      back.search = callback.search;
      const tokens = await client.authorizationCodeGrant(await configuration(), back, { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier });
      const session = { id: randomUUID(), formToken: randomUUID(), operator: operatorOf(tokens.claims()!, accounts) };
      sessions.set(session.id, session);
      return { session, returnTo };
    },
    session: (id) => (id ? (sessions.get(id) ?? null) : null),
  };
}

type Claims = Readonly<Record<string, unknown>> & { readonly sub: string };
const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** The identifier the platform gave when it opened the account; without account, that of the card, else the technical id. */
function operatorOf(claims: Claims, accounts: RegulatorAccounts): Operator {
  const [nationalId, email] = [textOf(claims.SubjectNameID), textOf(claims.email)];
  const account = accounts.find({ nationalId, email });
  if (account && !account.active) throw new AccountDisabled();
  const known = account?.identifiers.find(({ system }) => system === systems.person) ?? account?.identifiers[0];
  const fromCard = [textOf(claims.given_name), textOf(claims.family_name)].filter(Boolean).join(' ');
  const name = account ? `${account.firstName} ${account.lastName}` : fromCard || email || claims.sub;
  if (known) return { kind: known.system === systems.person ? 'national' : 'technical', value: known.value, name };
  return nationalId ? { kind: 'national', value: nationalId, name } : { kind: 'technical', value: claims.sub, name };
}
