import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** The process's Prometheus registry, with Node's own metrics. One per server, so that tests do not share counters. */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    httpDuration: new Histogram({
      name: 'sas_http_request_duration_seconds',
      help: 'Duration of HTTP requests by route and status',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10],
      registers: [registry],
    }),
    editorDuration: new Histogram({
      name: 'sas_editor_call_duration_seconds',
      help: 'Duration of calls to the vendors by vendor and outcome',
      labelNames: ['editor', 'outcome'],
      buckets: [0.05, 0.1, 0.3, 0.7, 1, 2, 4, 7],
      registers: [registry],
    }),
    outboxPending: new Gauge({
      name: 'sas_outbox_messages',
      help: 'Messages of the outbox by state',
      labelNames: ['state'],
      registers: [registry],
    }),
    bookings: new Counter({
      name: 'sas_bookings_total',
      help: 'Orientations booked, by kind and outcome',
      labelNames: ['kind', 'outcome'],
      registers: [registry],
    }),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
