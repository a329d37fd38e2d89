import * as client from 'openid-client';
import { z } from 'zod';
import type { IdentityProvider, SignedInPerson } from '../../identity/server/sign-in.ts';

export interface ProSanteConnectSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where the provider sends the browser back, e.g. `https://sas86.example/connexion/retour`. */
  readonly redirectUri: string;
  readonly afterSignOut: string;
}

/** What Pro Santé Connect says of a professional; a person without a card has no SubjectNameID. */
const claimsSchema = z.object({
  SubjectNameID: z.string().optional(),
  email: z.string().optional(),
  family_name: z.string().default(''),
  given_name: z.string().default(''),
});

const PROBE_MS = 3_000;

const stateSchema = z.object({ state: z.string(), nonce: z.string(), verifier: z.string() });

/**
 * Pro Santé Connect (OpenID Connect, authorization code with PKCE). Its metadata is read at the first sign-in, so that the
 * application starts, and says so, while the provider is away.
 */
export function proSanteConnect(settings: ProSanteConnectSettings): IdentityProvider {
  let discovered: Promise<client.Configuration> | null = null;

  function configuration(): Promise<client.Configuration> {
    const insecure = settings.issuer.startsWith('http:');
    discovered ??= client
      .discovery(new URL(settings.issuer), settings.clientId, settings.clientSecret, undefined, {
        execute: insecure ? [client.allowInsecureRequests] : [],
        timeout: 10,
      })
      .catch((error: unknown) => {
        discovered = null;
        throw error;
      });
    return discovered;
  }

  return {
    async begin({ fresh } = { fresh: false }) {
      const config = await configuration();
      const verifier = client.randomPKCECodeVerifier();
      const secret = { state: client.randomState(), nonce: client.randomNonce(), verifier };
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: settings.redirectUri,
        scope: 'openid scope_all',
        acr_values: 'eidas1',
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state: secret.state,
        nonce: secret.nonce,
        ...(fresh && { prompt: 'login' }),
      });
      return { url: url.href, secret: JSON.stringify(secret) };
    },

    async answers() {
      const metadata = `${settings.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
      return fetch(metadata, { signal: AbortSignal.timeout(PROBE_MS) }).then(({ ok }) => ok, () => false);
    },

    async complete(callbackUrl, secret) {
      const { state, nonce, verifier } = stateSchema.parse(JSON.parse(secret));
      const config = await configuration();
      const back = new URL(settings.redirectUri);
      back.search = callbackUrl.search;
      const tokens = await client.authorizationCodeGrant(config, back, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
      });
      const subject = tokens.claims()!.sub;
      const userInfo = await client.fetchUserInfo(config, tokens.access_token, subject);
      return toPerson(claimsSchema.parse({ ...tokens.claims(), ...userInfo }), tokens.id_token!);
    },

    async signOutUrl(providerSession) {
      return client.buildEndSessionUrl(await configuration(), {
        id_token_hint: providerSession,
        post_logout_redirect_uri: settings.afterSignOut,
      }).href;
    },
  };
}

function toPerson(claims: z.infer<typeof claimsSchema>, idToken: string): SignedInPerson {
  return {
    nationalId: claims.SubjectNameID ?? null,
    email: claims.email ?? null,
    lastName: claims.family_name,
    firstName: claims.given_name,
    providerSession: idToken,
  };
}
