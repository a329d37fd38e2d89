import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger };

/**
 * Structured logs on stderr. Secrets and query strings never reach them: a query string of the contextual search holds an
 * address, a bearer token is a key.
 */
export function createLogger(level: string, destination: DestinationStream = pino.destination(2)): Logger {
  return pino(
    {
      level,
      redact: {
        paths: ['req.headers.authorization', 'req.headers.cookie', '*.password', '*.token', '*.secret', '*.client_secret'],
        censor: '[redacted]',
      },
      serializers: {
        req: (req: { method?: string; url?: string; id?: string }) => ({
          method: req.method,
          path: req.url?.split('?')[0],
          id: req.id,
        }),
      },
    },
    destination,
  );
}

export const silentLogger: Logger = pino({ level: 'silent' });
