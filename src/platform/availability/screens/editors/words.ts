import type { Tone } from '../../../../ui/badge.tsx';
import { formatDuration } from '../../../../ui/time.ts';
import type { EditorHealth, Flow, SourceStatus, stages } from '../../contract.ts';
import type { LocalTool } from '../../contract-interfacing.ts';

export const stageLabels: Record<(typeof stages)[number], string> = {
  CADRAGE: 'Cadrage',
  DEVELOPPEMENT: 'Développement',
  RECETTE_PROV: 'Recette provisoire',
  RECETTE_DEF: 'Recette définitive',
  PRODUCTION: 'Mise en production',
  VSR: 'Vérification de service régulier',
  EXPLOITATION: 'Exploitation',
};

export const flowLabels: Record<Flow, string> = { ps: 'professionnels', cpts: 'CPTS', sos: 'SOS Médecins' };

export const callLabels: Record<SourceStatus, { readonly label: string; readonly tone: Tone }> = {
  ok: { label: 'répondu', tone: 'ok' },
  late: { label: 'trop tard', tone: 'warn' },
  error: { label: 'échec', tone: 'bad' },
  'circuit-open': { label: 'suspendu', tone: 'neutral' },
};

export type Mark = 'ok' | 'warn' | 'off' | 'wait';

export interface StateWords {
  readonly label: string;
  readonly tone: Tone;
  readonly mark: Mark;
  /** What it means for the searches. */
  readonly meaning: string;
  /** Order of concern, the most worrying first. */
  readonly order: number;
}

/** Below this share of calls answered in time, a vendor is said irregular. */
const REGULAR = 0.95;

/** How a vendor is doing now, in words. */
export function stateOf(editor: Pick<EditorHealth, 'active' | 'circuit' | 'calls24h' | 'ok24h' | 'suspendedSince'>, now: Temporal.Instant): StateWords {
  const { active, circuit, calls24h, ok24h, suspendedSince } = editor;
  if (!active) return { label: 'Désactivé', tone: 'neutral', mark: 'off', meaning: 'Les recherches ne l’interrogent pas.', order: 6 };
  if (circuit === 'open') {
    const since = suspendedSince ? ` depuis ${formatDuration(now.epochMilliseconds - Temporal.Instant.from(suspendedSince).epochMilliseconds)}` : '';
    return { label: `Suspendu${since}`, tone: 'bad', mark: 'off', meaning: 'Trop d’échecs : les recherches ne l’attendent plus. Il est réessayé tout seul.', order: 0 };
  }
  if (circuit === 'half-open') return { label: 'À l’essai', tone: 'warn', mark: 'wait', meaning: 'Il était suspendu ; un appel vérifie s’il répond de nouveau.', order: 2 };
  if (calls24h === 0) return { label: 'Pas encore interrogé', tone: 'neutral', mark: 'wait', meaning: 'Aucune recherche ne l’a concerné depuis 24 h.', order: 4 };
  if (ok24h === 0) return { label: 'Ne répond pas', tone: 'bad', mark: 'warn', meaning: 'Aucun appel n’a eu de réponse à temps depuis 24 h.', order: 1 };
  const meaning = `${share(ok24h, calls24h)} des appels ont eu leur réponse à temps.`;
  if (ok24h / calls24h < REGULAR) return { label: 'Irrégulier', tone: 'warn', mark: 'warn', meaning, order: 3 };
  return { label: 'Répond', tone: 'ok', mark: 'ok', meaning, order: 5 };
}

/** `97 %`, never rounded up to 100 nor down to 0. */
export function share(part: number, whole: number): string {
  if (whole === 0) return '—';
  const percent = (part / whole) * 100;
  const rounded = Math.round(percent);
  if (rounded === 100 && part < whole) return '> 99 %';
  if (rounded === 0 && part > 0) return '< 1 %';
  return `${rounded} %`;
}

export interface CertificateWords {
  readonly label: string;
  readonly tone: Tone;
}

/** What to know of the client certificate shown to a vendor. */
export function certificateOf({ certPath, certificateExpiresAt, certificateAlert }: Pick<EditorHealth, 'certPath' | 'certificateExpiresAt' | 'certificateAlert'>, now: Temporal.Instant): CertificateWords {
  if (!certPath) return { label: 'sans certificat', tone: 'neutral' };
  if (!certificateExpiresAt) return { label: 'illisible', tone: 'bad' };
  if (certificateAlert === 'expired') return { label: 'expiré', tone: 'bad' };
  const days = Math.floor((Temporal.Instant.from(certificateExpiresAt).epochMilliseconds - now.epochMilliseconds) / 86_400_000);
  const left = days < 1 ? 'expire aujourd’hui' : `expire dans ${days} j`;
  return { label: left, tone: certificateAlert === 'urgent' ? 'bad' : certificateAlert === 'soon' ? 'warn' : 'neutral' };
}

export interface RequestWords {
  readonly flow: string;
  readonly ids: readonly string[];
  readonly from: string | null;
  readonly to: string | null;
}

/** The question of a call, as it is kept (`ps ids=8…,8… from=… to=…`); null when it has another form. */
export function readRequest(request: string): RequestWords | null {
  const found = /^(\w+) ids=(\S*) from=(\S+) to=(\S+)$/.exec(request);
  if (!found) return null;
  const [, flow, ids, from, to] = found as unknown as [string, string, string, string, string];
  return { flow: flowLabels[flow as Flow] ?? flow, ids: ids.split(',').filter(Boolean), from, to };
}

/** Where a local tool stands with its deadline: `reste 47 jours`, `en retard de 3 jours`. */
export function deadlineInWords({ state, days, compliantOn }: Pick<LocalTool, 'state' | 'days' | 'compliantOn'>): string {
  const count = `${days} jour${days > 1 ? 's' : ''}`;
  if (state === 'compliant') return `interopérable depuis le ${Temporal.PlainDate.from(compliantOn!).toLocaleString('fr-FR', { dateStyle: 'long' })}`;
  return state === 'overdue' ? `en retard de ${count}` : days === 0 ? 'dernier jour' : `reste ${count}`;
}
