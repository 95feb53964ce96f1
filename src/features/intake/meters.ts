import { Counter, Histogram } from 'prom-client';
import type { Metrics } from '#platform/http/metrics.ts';

/** What is counted at the ingest door. */
export type IntakeMeters = ReturnType<typeof openIntakeMeters>;

export function openIntakeMeters(metrics: Metrics) {
  const registers = [metrics];
  return {
    events: new Counter({
      name: 'leadpact_ingest_events_total',
      help: 'Events by the kind of their source and what became of them',
      labelNames: ['source_type', 'result'],
      registers,
    }),
    commit: new Histogram({
      name: 'leadpact_ingest_commit_seconds',
      help: 'From taking a group of requests to its commit',
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    quarantined: new Counter({
      name: 'leadpact_quarantine_total',
      help: 'Events put into quarantine, by reason',
      labelNames: ['reason'],
      registers,
    }),
    retries: new Counter({
      name: 'leadpact_ingest_retries_total',
      help: 'Requests that a client sent again, as its X-Retry-Count says',
      registers,
    }),
    turnedAway: new Counter({
      name: 'leadpact_ingest_turned_away_total',
      help: 'Requests answered with 429, by reason',
      labelNames: ['reason'],
      registers,
    }),
  };
}
