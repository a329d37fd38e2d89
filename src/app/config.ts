import { z } from 'zod';
import { fr } from 'zod/locales';

// Every message of a refused input is read by people, settings and API alike.
z.config(fr());

const port = z.coerce.number().int().min(0).max(65_535);
const list = z.string().transform((text) => text.split(',').map((item) => item.trim()).filter(Boolean));

/** `Titre=https://…`, separated by `;`. */
const videos = z.string().transform((text, context) =>
  text.split(';').filter((item) => item.trim() !== '').map((item) => {
    const [, title, url] = /^([^=]+)=\s*(https:\/\/\S+)$/.exec(item.trim()) ?? [];
    if (!title || !url) context.addIssue({ code: 'custom', message: `« ${item.trim()} » illisible : écrivez Titre=https://…, séparés par des points-virgules` });
    return { title: title?.trim() ?? '', url: url ?? '' };
  }));

const environmentSchema = z.object({
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'adresse postgresql:// attendue').optional(),
  PORT: port.default(8086),
  HOST: z.string().default('0.0.0.0'),
  SAS_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  SAS_ROLE: z.enum(['all', 'platform', 'regulation']).default('all'),
  OIDC_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  TLS_CERT: z.string().optional(),
  TLS_KEY: z.string().optional(),
  TLS_CA: z.string().optional(),
  TLS_CRL: z.string().optional(),
  TLS_PORT: port.default(8443),
  TLS_ALLOWED_CN: list.default([]),
  TLS_ALLOWED_OU: list.default([]),
  EDITOR_DEADLINE_MS: z.coerce.number().int().min(100).max(30_000).default(7_000),
  EDITOR_CONCURRENCY: z.coerce.number().int().min(1).max(64).optional(),
  GEOCODER_URL: z.url({ protocol: /^https?$/ }).optional(),
  BASEMAP_STYLE_URL: z.url({ protocol: /^https?$/ }).optional(),
  SAS_TERRITORY: z.string().min(1).max(8).optional(),
  SAS_PLATFORM_URL: z.url({ protocol: /^https?$/ }).optional(),
  PHONE_URL: z.url({ protocol: /^https?$/ }).optional(),
  OUTCOME_CLOSED_AFTER_DAYS: z.coerce.number().int().min(1).max(60).default(7),
  HUB_AMQP_URL: z.url({ protocol: /^amqps?$/ }).optional(),
  HUB_TLS_CERT: z.string().optional(),
  HUB_TLS_KEY: z.string().optional(),
  HUB_TLS_CA: z.string().optional(),
  HUB_PLATFORM_ID: z.string().regex(/^fr\.health\.[a-z0-9.]+$/).default('fr.health.ptfsas'),
  HUB_ROOM_ID: z.string().regex(/^fr\.health\.[a-z0-9.]+$/).default('fr.health.samu860'),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.email().optional(),
  SMS_URL: z.url({ protocol: /^https?$/ }).optional(),
  HELP_VIDEOS: videos.default([]),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).optional(),
});

export type Environment = z.output<typeof environmentSchema>;

/** What stops the program from starting, one line a setting. */
export class ConfigurationError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`Réglages à corriger :\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

/** Reads the environment. @throws ConfigurationError naming every setting that is wrong. */
export function readEnvironment(env: Record<string, string | undefined> = process.env): Environment {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new ConfigurationError(parsed.error.issues.map((issue) => `${issue.path.join('.')} : ${issue.message}`));
}

const REQUIRED_TO_SERVE = {
  DATABASE_URL: "l'adresse de la base PostgreSQL",
  SAS_PUBLIC_URL: "l'adresse que tapent les utilisateurs",
  OIDC_ISSUER: "l'adresse de Pro Santé Connect (le remplaçant fictif ne sert qu'à la démonstration)",
  OIDC_CLIENT_ID: "l'identifiant de client donné par Pro Santé Connect",
  OIDC_CLIENT_SECRET: 'le secret de client donné par Pro Santé Connect',
} as const;

export type ServeEnvironment = Environment & { [Name in keyof typeof REQUIRED_TO_SERVE]-?: string };

/** The settings of a production server. @throws ConfigurationError listing all that is missing or wrong. */
export function readServeEnvironment(env: Record<string, string | undefined> = process.env): ServeEnvironment {
  const missing = Object.entries(REQUIRED_TO_SERVE)
    .filter(([name]) => !env[name])
    .map(([name, what]) => `${name} manque : ${what}`);
  let environment: Environment | null = null;
  try {
    environment = readEnvironment(env);
  } catch (error) {
    missing.push(...(error as ConfigurationError).problems);
  }
  if (environment && environment.SAS_ROLE !== 'platform' && !environment.SAS_TERRITORY) {
    missing.push('SAS_TERRITORY manque : le territoire de la salle de régulation, par exemple 86 (ou SAS_ROLE=platform, sans salle)');
  }
  if (env.TLS_CERT && !(env.TLS_KEY && env.TLS_CA)) missing.push('TLS_KEY et TLS_CA manquent : TLS_CERT ne suffit pas');
  if (Boolean(env.HUB_TLS_CERT) !== Boolean(env.HUB_TLS_KEY)) missing.push('HUB_TLS_CERT et HUB_TLS_KEY vont ensemble : le certificat du client et sa clé');
  if (env.SMTP_URL && !env.MAIL_FROM) missing.push("MAIL_FROM manque : l'adresse dont partent les courriels (SMTP_URL ne suffit pas)");
  if (missing.length > 0) throw new ConfigurationError(missing);
  return environment as ServeEnvironment;
}
