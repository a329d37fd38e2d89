import { AxeBuilder } from '@axe-core/playwright';
import * as client from 'openid-client';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CookieBrowser } from '../testing/browser.ts';
import type { Account } from './accounts.ts';
import { type ProSanteConnectSimulator, startProSanteConnect } from './server.ts';

const osnp: Account = {
  id: '5f0a6d0e-2b7e-4c53-9a0c-0d6f5b1f0001', nationalId: '899700000017', lastName: 'Durand', firstName: 'Zoé',
  email: 'zoe.durand@samu86.example', roleLabel: 'Opérateur de soins non programmés', territory: '86',
};
const withoutCard: Account = { ...osnp, id: '5f0a6d0e-2b7e-4c53-9a0c-0d6f5b1f0002', nationalId: null, lastName: 'Petit', firstName: 'Léo', email: 'leo.petit@sas.example', roleLabel: 'Gestionnaire de comptes' };

const site = (name: string) => ({
  clientId: name, clientSecret: `secret-of-${name}`, redirectUris: [`http://localhost:9/${name}/retour`], postLogoutRedirectUris: [`http://localhost:9/${name}/fin`],
});

let simulator: ProSanteConnectSimulator;
beforeAll(async () => {
  simulator = await startProSanteConnect({ accounts: [osnp, withoutCard], clients: [site('plateforme'), site('editeur')] });
});
afterAll(() => simulator.close());

/** One relying party: opens the provider with a browser, then exchanges the code when the browser came back. */
async function relyingParty(name: string) {
  const config = await client.discovery(new URL(simulator.issuer), name, `secret-of-${name}`, undefined, { execute: [client.allowInsecureRequests] });
  const verifier = client.randomPKCECodeVerifier();
  const state = client.randomState();
  const nonce = client.randomNonce();
  const start = client.buildAuthorizationUrl(config, {
    redirect_uri: `http://localhost:9/${name}/retour`, scope: 'openid scope_all', acr_values: 'eidas1', state, nonce,
    code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
  });
  return {
    config, start,
    async finish(back: URL) {
      const tokens = await client.authorizationCodeGrant(config, back, { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier });
      return { claims: tokens.claims()!, userInfo: await client.fetchUserInfo(config, tokens.access_token, tokens.claims()!.sub), idToken: tokens.id_token! };
    },
  };
}

/** Stops where the provider sends the browser back to a site that does not listen (port 9). */
class StoppingBrowser extends CookieBrowser {
  async until(step: () => Promise<unknown>): Promise<URL> {
    try {
      await step();
    } catch (error) {
      if (this.last) return this.last;
      throw error;
    }
    throw new Error('the provider did not send the browser back');
  }
  last: URL | null = null;
  protected override before(url: URL): void {
    this.last = url.port === '9' ? url : null;
  }
}

async function signIn(browser: StoppingBrowser, name: string, account: Account) {
  const party = await relyingParty(name);
  const login = await browser.get(party.start);
  const back = await browser.until(() => browser.post(login.url, { account: account.id }));
  return { login, back, ...(await party.finish(back)), config: party.config };
}

describe('sign-in', () => {
  test('[SEC-01] one click on a card signs in, with the claims of Pro Santé Connect', async () => {
    const { login, claims, userInfo } = await signIn(new StoppingBrowser(), 'plateforme', osnp);
    expect(login.body).toContain('Zoé Durand');
    expect(claims).toMatchObject({ sub: osnp.id, SubjectNameID: '899700000017', family_name: 'Durand', given_name: 'Zoé', acr: 'eidas1' });
    expect(userInfo).toMatchObject({ SubjectNameID: '899700000017', SubjectOrganization: 'SAS 86' });
    expect(claims).not.toHaveProperty('email');
  });

  test('[SEC-01] a person without a card is known by e-mail alone', async () => {
    const { claims } = await signIn(new StoppingBrowser(), 'plateforme', withoutCard);
    expect(claims).toMatchObject({ sub: withoutCard.id, email: 'leo.petit@sas.example' });
    expect(claims).not.toHaveProperty('SubjectNameID');
    expect(claims).not.toHaveProperty('family_name');
  });

  test('[SEC-01] the session serves a second site without a login page, until the person signs out', async () => {
    const browser = new StoppingBrowser();
    const { idToken, config } = await signIn(browser, 'plateforme', osnp);

    const editor = await relyingParty('editeur');
    const back = await browser.until(() => browser.get(editor.start));
    expect((await editor.finish(back)).claims).toMatchObject({ SubjectNameID: '899700000017' });

    const signOut = client.buildEndSessionUrl(config, { id_token_hint: idToken, post_logout_redirect_uri: 'http://localhost:9/plateforme/fin' });
    const confirmation = await browser.get(signOut);
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(confirmation.body)![1]!;
    const end = await browser.until(() => browser.post(new URL('/session/end/confirm', simulator.issuer), { xsrf, logout: 'yes' }));
    expect(end.pathname).toBe('/plateforme/fin');
    expect((await browser.get((await relyingParty('editeur')).start)).body).toContain('Qui êtes-vous');
  });

  test('[SEC-01] without PKCE, with an unknown site or an unknown person, nothing is given', async () => {
    const browser = new StoppingBrowser();
    const { start } = await relyingParty('plateforme');
    const bare = new URL(start);
    bare.searchParams.delete('code_challenge');
    bare.searchParams.delete('code_challenge_method');
    const refused = await browser.until(() => browser.get(bare));
    expect(refused.searchParams.get('error')).toBe('invalid_request');

    const unknown = new URL(start);
    unknown.searchParams.set('client_id', 'inconnu');
    expect(await browser.get(unknown)).toMatchObject({ status: 400, body: expect.stringContaining('Connexion impossible') });

    const login = await browser.get(start);
    expect(await browser.post(login.url, { account: 'personne' })).toMatchObject({ status: 400, body: expect.stringContaining('Personne inconnue') });
    expect(await browser.post(new URL('/connexion/autre', simulator.issuer), { account: osnp.id })).toMatchObject({ status: 400, body: expect.stringContaining('Connexion expirée') });
  });
});

test('[NFR-01] the sign-in page passes axe and works with the keyboard alone', async () => {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  try {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto((await relyingParty('plateforme')).start.href);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

    await page.keyboard.type('leo gestionnaire');
    expect(await page.getByRole('status').textContent()).toBe('1 personne');
    expect(await page.getByRole('button', { name: 'Zoé Durand' }).isVisible()).toBe(false);
    const leaving = page.waitForRequest((request) => request.url().startsWith('http://localhost:9/plateforme/retour'));
    await page.keyboard.press('Enter');
    expect(new URL((await leaving).url()).searchParams.get('code')).toBeTruthy();
  } finally {
    await browser.close();
  }
}, 60_000);
