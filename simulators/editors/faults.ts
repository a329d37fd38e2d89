import type { FastifyReply } from 'fastify';
import { pick, randomOf } from '../shared/random.ts';
import type { Behaviour } from './behaviours.ts';

/** The ways a vendor's server fails instead of answering. */
export const faults = {
  'http-500': (reply) => void reply.code(500).type('text/plain').send('Internal Server Error'),
  reset: (reply) => {
    reply.hijack();
    reply.raw.socket?.resetAndDestroy();
  },
  html: (reply) => void reply.code(200).type('text/html').send('<!doctype html><title>Maintenance</title><h1>Service en maintenance</h1>'),
  'half-json': (reply) => {
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'application/fhir+json' }).end('{"resourceType":"Bundle","type":"searchset","total":12,"entry":[{"resource":{"resourceTy');
  },
  /** 50 MB of white space in a Bundle. */
  huge: (reply) => {
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, { 'content-type': 'application/fhir+json' });
    raw.write('{"resourceType":"Bundle",');
    let left = 800;
    const more = (): void => {
      while (left-- > 0) if (!raw.write(' '.repeat(64 * 1_024))) return void raw.once('drain', more);
      raw.end('"type":"searchset","total":0}');
    };
    raw.on('error', () => raw.destroy());
    more();
  },
  'redirect-loop': (reply) => void reply.code(302).header('location', reply.request.raw.url!).send(),
  /** The connection stays open and nothing comes. */
  silence: (reply) => void reply.hijack(),
} as const satisfies Record<string, (reply: FastifyReply) => void>;

export type FaultKind = keyof typeof faults;

/** The failure of this instant, or null: bursts follow the clock alone, so a whole run can be foreseen. */
export function faultAt(behaviour: Behaviour, seed: number, instant: Temporal.Instant): FaultKind | null {
  if (!behaviour.bursts) return null;
  const { everyS, lastsS, faults: kinds } = behaviour.bursts;
  const seconds = Math.floor(instant.epochMilliseconds / 1_000) + Math.floor(randomOf(seed, 'bursts')() * everyS);
  return seconds % everyS < lastsS ? kinds[Math.floor(seconds / everyS) % kinds.length]! : null;
}

/** How long the n-th answer takes, in milliseconds. */
export function latencyOf(behaviour: Behaviour, seed: number, n: number): number {
  const random = randomOf(seed, 'latency', n);
  const { fromMs, toMs } = pick(random, behaviour.latency.map((band) => [band.share, band] as const));
  return Math.round(fromMs + random() * (toMs - fromMs));
}
