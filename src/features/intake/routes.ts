/** The ingest door under /v1. Its answers tell official clients what to do, so only a few statuses ever leave it. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { IngestReply } from '#contract/intake.ts';
import { BodyError, readBody } from '#features/intake/body.ts';
import { writeKeyIn } from '#features/intake/credentials.ts';
import { Overloaded } from '#features/intake/group-commit.ts';
import type { Intake } from '#features/intake/intake.ts';
import type { IntakeMeters } from '#features/intake/meters.ts';
import { Reading } from '#features/intake/reading.ts';
import { rudderConfig, segmentSettings } from '#features/intake/settings.ts';
import { Contended, DatabaseAway, OutcomeUnknown } from '#platform/db/faults.ts';
import { answer } from '#platform/http/app.ts';
import { HttpProblem, problemOf, soon } from '#platform/http/problem.ts';

export type IntakeRoutesOptions = { intake: Intake; meters: IntakeMeters; publicUrl: string };

/** Any site may send: a write key only appends, and no cookie is ever looked at. */
const cors = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST, OPTIONS',
  'access-control-allow-headers': 'authorization, content-type, x-retry-count, anonymousid',
  'access-control-expose-headers': 'retry-after, x-request-id',
  'access-control-max-age': '86400',
  'cross-origin-resource-policy': 'cross-origin',
};

/** The door, with its own way of reading bodies and of refusing. */
export async function intakeRoutes(
  app: FastifyInstance,
  { intake, meters, publicUrl }: IntakeRoutesOptions,
): Promise<void> {
  const reading = new Reading();
  app.setChildLoggerFactory((log) => log); // one logger per request would cost as much as reading it
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, stream, done) => done(null, stream));
  app.addHook('onRequest', (request, reply, done) => {
    // What type a client declares decides nothing: not even whether it is one.
    if (request.method === 'POST') request.raw.headers['content-type'] = 'application/octet-stream';
    if (Number(request.headers['x-retry-count']) > 0) meters.retries.inc();
    reply.headers(cors);
    done();
  });
  app.setErrorHandler((error, request, reply) => refuse(error, request, reply, meters));

  const take = async (request: FastifyRequest, reply: FastifyReply): Promise<IngestReply> => {
    const path = pathOf(request);
    if (path === 'm') return { success: true, rejected: [] }; // a client's measurements of itself
    intake.checkRoom(Number(request.headers['content-length'] ?? 0));
    const bytes = await reading.read(request.raw, reply.raw);
    const body = await readBody(bytes);
    const key = writeKeyIn(request.headers.authorization, body);
    const found = key === null ? null : await intake.keys.find(key);
    if (found === null) throw new HttpProblem(401, 'write_key', unknownKey(key));
    return intake.take(found, body, path, bytes.length);
  };
  app.post('/v1', take);
  app.post('/v1/*', take);

  const permit = (_: FastifyRequest, reply: FastifyReply) => reply.code(204).send();
  app.options('/v1/*', permit);
  app.options('/sourceConfig', permit);
  app.options('/sourceConfig/', permit);

  app.get<{ Params: { writeKey: string } }>('/v1/projects/:writeKey/settings', ({ params }, reply) =>
    reply.header('cache-control', 'public, max-age=300').send(segmentSettings(params.writeKey, publicUrl)),
  );
  const config = (request: FastifyRequest, reply: FastifyReply) => {
    const { writeKey } = request.query as { writeKey?: unknown };
    const key =
      typeof writeKey === 'string' ? writeKey : (writeKeyIn(request.headers.authorization, {}) ?? '');
    return reply.header('cache-control', 'public, max-age=300').send(rudderConfig(key));
  };
  app.get('/sourceConfig', config);
  app.get('/sourceConfig/', config);
  app.route({
    method: ['GET', 'PUT', 'PATCH', 'DELETE'],
    url: '/v1/*',
    handler: (_, reply) => {
      reply.header('allow', 'POST, OPTIONS');
      throw new HttpProblem(405, 'method', 'Events are sent here by POST.');
    },
  });
}

/** What follows /v1/, without slashes around it. */
const pathOf = ({ params }: FastifyRequest): string =>
  ((params as { '*'?: string })['*'] ?? '').replace(/^\/+|\/+$/g, '');

const unknownKey = (key: string | null): string =>
  key === null
    ? 'There is no write key. Send one by Basic authentication, in Authorization, or as "writeKey" in the body.'
    : `The write key ${key.slice(0, 6)}… is unknown or was revoked.`;

/** Official clients throw data away on these, which is right when sending it again would change nothing. */
const final = new Set([400, 401, 405, 413, 431]);

/**
 * Refuses in one of two ways: for good, where the request itself is at fault, else with 429, on which clients come back
 * (they heed Retry-After on no other status).
 */
function refuse(error: unknown, request: FastifyRequest, reply: FastifyReply, meters: IntakeMeters): void {
  if (reply.raw.destroyed) {
    reply.hijack(); // nobody is there any more
    return;
  }
  const problem = error instanceof BodyError ? ofBody(error) : problemOf(error);
  if (final.has(problem.status)) {
    answer(problem, request, reply);
    return;
  }
  const { reason, detail, wait } = passing(error);
  if (reason === 'fault') request.log.error({ err: error, reqId: request.id }, 'An ingest request failed');
  meters.turnedAway.labels(reason).inc();
  answer(new HttpProblem(429, reason, detail, { retryAfter: soon(wait) }), request, reply);
}

const ofBody = ({ status, message }: BodyError): HttpProblem =>
  new HttpProblem(status, status === 413 ? 'too_large' : 'not_json', sentence(message));

const sentence = (text: string): string => `${text[0]!.toUpperCase()}${text.slice(1)}.`;

function passing(error: unknown): { reason: string; detail: string; wait: number } {
  if (error instanceof Overloaded) {
    return { reason: 'overloaded', detail: `${error.message} Send it again later.`, wait: 2 };
  }
  if ([DatabaseAway, OutcomeUnknown, Contended].some((kind) => error instanceof kind)) {
    return {
      reason: 'database_away',
      detail: 'The database cannot be used just now. Send it again later.',
      wait: 5,
    };
  }
  return {
    reason: 'fault',
    detail: 'Something failed here that should not have. Send it again later.',
    wait: 30,
  };
}
