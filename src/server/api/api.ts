/** The management API on a web server: who calls, what they may ask, and how it is answered. */
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { etagOf, isNamed } from '#features/etag.ts';
import { Uploads } from '#features/imports/uploads.ts';
import { Recent } from '#features/intake/recent.ts';
import { openLive } from '#features/live/live.ts';
import type { Pace } from '#features/live/stream.ts';
import { callerOf, type Papers } from '#features/people/callers.ts';
import type { DoorHouse, DoorRoute } from '#features/people/door.ts';
import { type Caller, nameOfCaller } from '#features/people/policy.ts';
import type { Asked, Route } from '#features/serve.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { expectNoMore, expectSlowBody } from '#platform/http/slow-bodies.ts';
import type { Log } from '#platform/log.ts';
import type { Outbound } from '#platform/outbound/outbound.ts';
import { doors, routesOf } from '#server/routes.ts';
import { type Allowance, openAllowance } from './allowance.ts';
import { serveDocs } from './docs.ts';
import { once } from './idempotency.ts';
import { refuseForeignOrigin } from './origin.ts';
import { refuseUnreadable } from './readable.ts';

export type ApiOptions = {
  house: DoorHouse;
  /** By which webhooks go out. */
  outbound: Pick<Outbound, 'fault'>;
  /** The public origin, as users type it. */
  publicUrl: string;
  /** How many requests a minute one caller may send to this process. */
  quota?: number;
  /** How often streams of events give a sign of life, and look whether they may go on. */
  pace?: Pace;
  /** What arrived lately at this process. */
  recent?: Recent;
};

const QUOTA = 60_000;

/** A pact of a mebibyte, however JSON spells its line ends and quotes: what is too long is said by the language. */
const PACT_BODY = 4 * 1024 * 1024;
const carriesPact = ({ path }: Route): boolean => /^\/api\/(?:pacts|openings|review-decisions)\b/.test(path);

export function serveApi(
  app: FastifyInstance,
  { house, outbound, publicUrl, quota = QUOTA, pace, recent = new Recent() }: ApiOptions,
): void {
  const allowance = openAllowance(quota);
  const live = openLive(house.database, pace);
  app.addHook('preClose', async () => live.close());
  const uploads = new Uploads({ database: house.database, clock: house.clock, log: app.log as Log });
  app.addHook('onClose', () => uploads.close());
  app.register(async (api) => {
    takeJsonOnly(api);
    api.addHook('onRequest', async (request) => refuseForeignOrigin(request, publicUrl));
    const serveOn = (door: FastifyInstance, route: Route): void => {
      door.route({
        method: route.method,
        url: route.path,
        ...(carriesPact(route) && { bodyLimit: PACT_BODY }),
        // Handed back, because an answer that goes on is not over when the handler is.
        handler: async (request, reply) => {
          await answer(route, house, allowance, request, reply);
          return reply;
        },
      });
    };
    const routes = routesOf(outbound, { live, recent, uploads });
    for (const route of routes) if (route.upload === undefined) serveOn(api, route);
    api.register(async (files) => {
      takeFiles(files);
      for (const route of routes) if (route.upload !== undefined) serveOn(files, route);
    });
    for (const door of doors) {
      api.route({
        method: door.method,
        url: door.path,
        handler: (request, reply) => answerDoor(door, house, request, reply),
      });
    }
    serveDocs(api);
  });
}

/** JSON or nothing at all: a body of any other type is refused, so that none is read by other rules. */
function takeJsonOnly(api: FastifyInstance): void {
  const parse = api.getDefaultJsonParser('error', 'error');
  api.removeAllContentTypeParsers();
  api.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else parse(request, body as string, done);
  });
}

/** Files of any type but JSON, as they come, however long that takes. */
function takeFiles(files: FastifyInstance): void {
  files.removeAllContentTypeParsers();
  // A file that is not read to its end is let by with the answer: see `answer`.
  files.addContentTypeParser('*', (_, stream, done) =>
    done(null, stream.iterator({ destroyOnReturn: false })),
  );
  files.addHook('onRequest', async ({ raw, headers }) => {
    if (headers['content-type']?.startsWith('application/json')) {
      const detail = 'Wanted the file itself, as text/csv or application/octet-stream; found JSON.';
      throw new HttpProblem(400, 'invalid', detail);
    }
    expectSlowBody(raw.socket);
  });
  files.addHook('onResponse', async ({ raw }) => expectNoMore(raw.socket));
}

async function answer(
  route: Route,
  house: DoorHouse,
  allowance: Allowance,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { headers } = request;
  const papers = papersOf(request);
  const caller = await callerOf(house, papers);
  const now = house.clock();
  reply.headers(allowance.take(nameOfCaller(caller), now));
  const asked = askedOf(request);
  refuseUnreadable(route.upload === undefined ? asked : { ...asked, body: undefined });
  if (route.events !== undefined) {
    const lastEventId = headers['last-event-id']?.toString() ?? null;
    const watcher = { lastEventId, mayStay: () => isStill(house, caller, papers) };
    return stream(reply, request, await route.answer(house, caller, { ...asked, watcher }));
  }
  const work = () => route.answer(house, caller, asked);
  if (route.file !== undefined) return sendFile(reply, route.file, await work());
  const key = headers['idempotency-key']?.toString();
  if (route.method !== 'POST' || key === undefined) return send(reply, request, route.status, await work());
  const whole = JSON.stringify([
    route.method,
    request.url,
    route.upload === undefined ? (asked.body ?? null) : null,
  ]);
  const errand = { caller, key, request: whole, shownOnce: route.shownOnce === true, now };
  send(reply, request, route.status, await once(house.database, errand, work));
}

const papersOf = ({ headers }: FastifyRequest): Papers => ({
  authorization: headers.authorization,
  cookie: headers.cookie,
  workspace: headers['leadpact-workspace']?.toString(),
});

/** Whether the same caller would be let in again. While the database is away nobody is turned out. */
async function isStill(house: DoorHouse, caller: Caller, papers: Papers): Promise<boolean> {
  try {
    const now = await callerOf(house, papers);
    return now.workspace === caller.workspace && nameOfCaller(now) === nameOfCaller(caller);
  } catch (error) {
    return !(error instanceof HttpProblem);
  }
}

/** Longer than from one sign of life to the next: a reader to whom none gets through is gone. */
const GONE = 45_000;

function stream(reply: FastifyReply, { raw }: FastifyRequest, text: unknown): void {
  raw.socket.setTimeout(GONE);
  reply
    .headers({ 'cache-control': 'no-cache, no-transform', 'x-accel-buffering': 'no' })
    .type('text/event-stream; charset=utf-8')
    .send(Readable.from(text as AsyncIterable<string>, { objectMode: false, highWaterMark: 16_384 }));
}

function sendFile(reply: FastifyReply, { type, name }: NonNullable<Route['file']>, pieces: unknown): void {
  reply
    .headers({ 'cache-control': 'no-store', 'content-disposition': `attachment; filename="${name}"` })
    .type(type)
    .send(Readable.from(pieces as AsyncIterable<string>, { objectMode: false }));
}

const askedOf = ({ params, query, body, headers }: FastifyRequest): Asked => ({
  params,
  query,
  body,
  ifMatch: headers['if-match'] ?? null,
});

async function answerDoor(
  door: DoorRoute,
  house: DoorHouse,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  refuseUnreadable(request.body);
  const visitor = { cookie: request.headers.cookie, address: request.socket.remoteAddress ?? '' };
  const { reply: answered, cookies = [] } = await door.answer(house, visitor, request.body);
  if (cookies.length > 0) reply.header('set-cookie', cookies);
  send(reply, request, door.status, answered);
}

function send(
  reply: FastifyReply,
  { method, headers }: FastifyRequest,
  status: number,
  answered: unknown,
): void {
  const tag = etagOf(answered);
  reply.header('etag', tag);
  const known = headers['if-none-match'];
  if (method === 'GET' && known !== undefined && isNamed(known, tag)) {
    reply.code(304).send();
    return;
  }
  reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify(answered));
}
