import type { FastifyInstance } from 'fastify';
import { Histogram, Registry } from 'prom-client';
import { isAtHome } from '#platform/http/at-home.ts';
import { HttpProblem } from '#platform/http/problem.ts';

/** What a process counts and times, in Prometheus' text. Labels never name a workspace, a person or an address. */
export type Metrics = Registry;

export const openMetrics = (): Metrics => new Registry();

/** Buckets of OpenTelemetry's semantic conventions, in seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/** Times every request, and answers `/metrics` to callers on this machine. */
export function serveMetrics(app: FastifyInstance, metrics: Metrics): void {
  const duration = new Histogram({
    name: 'http_server_request_duration_seconds',
    help: 'From the head of a request to the end of its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS,
    registers: [metrics],
  });
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    duration.labels(request.method, route, String(reply.statusCode)).observe(reply.elapsedTime / 1000);
    done();
  });
  app.get('/metrics', async (request, reply) => {
    if (!isAtHome(request)) {
      throw new HttpProblem(403, 'not_at_home', '/metrics answers to callers on the same machine only.');
    }
    return reply.type(metrics.contentType).send(await metrics.metrics());
  });
}
