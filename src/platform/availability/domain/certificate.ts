export const certificateAlerts = ['none', 'soon', 'urgent', 'expired'] as const;
export type CertificateAlert = (typeof certificateAlerts)[number];

const DAY = 86_400_000;
/** Renewing at IGC-Santé takes weeks: the first alert leaves time for it. */
const SOON_DAYS = 60;
const URGENT_DAYS = 15;

/** How near the end of a certificate is; `none` without certificate. */
export function certificateAlert(expiresAt: Temporal.Instant | null, now: Temporal.Instant): CertificateAlert {
  if (!expiresAt) return 'none';
  const left = expiresAt.epochMilliseconds - now.epochMilliseconds;
  if (left <= 0) return 'expired';
  if (left <= URGENT_DAYS * DAY) return 'urgent';
  return left <= SOON_DAYS * DAY ? 'soon' : 'none';
}
