import { expect, test } from 'vitest';
import { type ConfigurationError, readEnvironment, readServeEnvironment } from './config.ts';

const complete = {
  DATABASE_URL: 'postgres://sas@db/sas', SAS_PUBLIC_URL: 'https://sas86.example', OIDC_ISSUER: 'https://psc.example',
  OIDC_CLIENT_ID: 'sas', OIDC_CLIENT_SECRET: 'secret', SAS_TERRITORY: '86',
};

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readServeEnvironment(env);
    return [];
  } catch (error) {
    return (error as ConfigurationError).problems;
  }
}

test('production starts only with every setting it needs, and lists at once all that is missing or wrong', () => {
  expect(problemsOf(complete)).toEqual([]);
  const problems = problemsOf({ OIDC_ISSUER: 'not an address', EDITOR_DEADLINE_MS: 'soon', TLS_CERT: 'cert.pem', SAS_PUBLIC_URL: 'https://a.example' });
  for (const name of ['DATABASE_URL', 'OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'EDITOR_DEADLINE_MS', 'TLS_KEY']) {
    expect(problems.filter((problem) => problem.includes(name)), name).toHaveLength(1);
  }
  expect(problems.join()).not.toContain('SAS_PUBLIC_URL');
  expect(problemsOf({ ...complete, SAS_ROLE: 'regulation' })).toEqual([]);
  expect(problemsOf({ ...complete, SAS_TERRITORY: '' }).join(), 'a room needs its territory').toContain('SAS_TERRITORY');
  expect(problemsOf({ ...complete, SAS_TERRITORY: '', SAS_ROLE: 'platform' })).toEqual([]);
});

test('an empty setting is a missing one, and the demonstration needs none', () => {
  expect(problemsOf({ ...complete, OIDC_CLIENT_SECRET: '' })).toHaveLength(1);
  expect(readEnvironment({})).toMatchObject({ PORT: 8086, EDITOR_DEADLINE_MS: 7_000, TLS_ALLOWED_CN: [] });
  expect(readEnvironment({ TLS_ALLOWED_CN: 'a, b' }).TLS_ALLOWED_CN).toEqual(['a', 'b']);
});

test('[FORM-10] videos are a list of titles and addresses, none by default', () => {
  expect(readEnvironment({}).HELP_VIDEOS).toEqual([]);
  expect(readEnvironment({ HELP_VIDEOS: 'Effecteur=https://v.example/1?a=b; OSNP = https://v.example/2' }).HELP_VIDEOS).toEqual([
    { title: 'Effecteur', url: 'https://v.example/1?a=b' }, { title: 'OSNP', url: 'https://v.example/2' },
  ]);
  expect(problemsOf({ ...complete, HELP_VIDEOS: 'Film=http://v.example' }).join()).toContain('illisible');
});

test('refused inputs are told in French', () => {
  expect(problemsOf({ ...complete, PORT: 'x' }).join()).not.toMatch(/Invalid|expected/);
});
