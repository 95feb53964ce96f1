import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  fastify,
  LogController,
} from 'fastify';
import type { Clock } from '#platform/clock.ts';
import { systemCode } from '#platform/errors.ts';
import { safeHeaders } from '#platform/http/headers.ts';
import { HttpProblem, problemBody, problemOf } from '#platform/http/problem.ts';
import { isExpectedSlow } from '#platform/http/slow-bodies.ts';
import { newId } from '#platform/ids.ts';
import type { Log } from '#platform/log.ts';

/** How long, in milliseconds, one who sends or reads slowly is waited for. */
export type Patience = { head: number; request: number; silence: number };

export type HttpOptions = {
  log: Log;
  clock: Clock;
  /** The public origin, as users type it. */
  publicUrl: string;
  patience?: Patience;
};

/**
 * Together with the second between two looks below 15 seconds. `silence` ends a connection on which nothing moves in
 * either direction: whoever streams says something more often than that.
 */
const PATIENCE: Patience = { head: 10_000, request: 13_000, silence: 14_000 };
const LOOK_EVERY = 1_000;
const KEEP_ALIVE = 65_000; // longer than the proxies before us keep theirs, so that they never write into a closed one
const LARGEST_BODY = 1024 * 1024;

/** What is asked and answered is held to contracts by whoever serves it: Fastify's own compilers are not even loaded. */
const unheard = (): never => {
  throw new Error('A route was given a schema of Fastify: hold it to a contract instead.');
};
const noSchemas = { buildValidator: () => unheard, buildSerializer: () => unheard };

/**
 * A web server without routes: its limits, its headers, and how it refuses. Callers' own headers are not believed:
 * neither a forwarded address nor a request id.
 */
export function createHttp({ log, clock, publicUrl, patience = PATIENCE }: HttpOptions): FastifyInstance {
  const app = fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: false,
    requestIdHeader: false,
    genReqId: () => newId(clock()),
    bodyLimit: LARGEST_BODY,
    requestTimeout: patience.request,
    connectionTimeout: patience.silence,
    keepAliveTimeout: KEEP_ALIVE,
    http: { connectionsCheckingInterval: LOOK_EVERY, headersTimeout: patience.head },
    // While draining, what comes in on open connections is still answered; each answer then closes its connection.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 512 },
    schemaController: { compilersFactory: noSchemas },
    frameworkErrors: (error, request, reply) => answer(problemOf(error), request, reply as FastifyReply),
    clientErrorHandler: refuseBytes,
  });
  const headers = safeHeaders(publicUrl);
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(headers).header('x-request-id', request.id);
    done();
  });
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error);
    if (problem.status >= 500) request.log.error({ err: error, url: request.url }, 'A request failed');
    answer(problem, request, reply);
  });
  app.setNotFoundHandler((request, reply) => {
    answer(
      new HttpProblem(404, 'not_found', `There is nothing at ${request.method} ${pathOf(request.url)}.`),
      request,
      reply,
    );
  });
  return app;
}

/** Answers with a problem. */
export function answer(
  problem: HttpProblem,
  request: Pick<FastifyRequest, 'url' | 'id' | 'raw'>,
  reply: FastifyReply,
): void {
  // What is left of a body is let by: whoever sends it is to hear the answer, and goes on over the same connection.
  if (!request.raw.complete) {
    request.raw.resume();
    reply.removeHeader('connection'); // as the framework would have it closed: before the answer was read, perhaps
  }
  reply.statusCode = problem.status;
  reply.header('content-type', 'application/problem+json; charset=utf-8');
  if (problem.retryAfter !== null) reply.header('retry-after', String(problem.retryAfter));
  reply.send(JSON.stringify(problemBody(problem, pathOf(request.url), request.id)));
}

/** Without the query: it may carry what is nobody else's business. */
const pathOf = (url: string): string => url.split('?', 1)[0]!;

const byteFaults: Record<string, number> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** What is not HTTP at all, or comes too slowly. */
function refuseBytes(error: Error, socket: Socket): void {
  const code = systemCode(error);
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT' && isExpectedSlow(socket)) return;
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = byteFaults[code ?? ''] ?? 400;
  const problem = new HttpProblem(status, 'not_http', 'The bytes that came in are no whole HTTP request.');
  const body = JSON.stringify(problemBody(problem, '', ''));
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
