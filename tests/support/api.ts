/** The whole API on a test's database, asked without a network, by whoever the test says. */
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll } from 'vitest';
import type { PartyName } from '#engine/pact/pact.ts';
import type { Pace } from '#features/live/stream.ts';
import type { DoorHouse } from '#features/people/door.ts';
import { makePerson } from '#features/people/persons.ts';
import type { Rank } from '#features/people/policy.ts';
import { makeApiKey } from '#features/workspaces/keys.ts';
import { createHttp } from '#platform/http/app.ts';
import { newId } from '#platform/ids.ts';
import { openLog } from '#platform/log.ts';
import { openOutbound } from '#platform/outbound/outbound.ts';
import { serveApi } from '#server/api/api.ts';
import { openHouse } from '#server/house.ts';
import type { TestDatabase } from './db.ts';

const PUBLIC_URL = 'https://leads.example';
export const PASSWORD = 'correct horse battery';

type Headers = Record<string, string>;
type Answer = {
  status: number;
  body: never;
  headers: LightMyRequestResponse['headers'];
  cookies: string[];
};
export type Ask = (
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
  headers?: Headers,
) => Promise<Answer>;

export type TestApi = {
  readonly house: DoorHouse;
  /** What time it is for the house; a test may set it. */
  now: number;
  ask: Ask;
  /** An answer that is no JSON. */
  page: (path: string) => Promise<{ headers: Answer['headers']; body: string }>;
  /** Where it answers over a network, from the first time on that this is asked. */
  listen: () => Promise<string>;
  /** Asks with these headers each time. */
  as: (headers: Headers) => Ask;
  /** A member who has joined and can sign in. Without a party: the facilitator. */
  hire: (workspace: string, email: string, party: PartyName | null, rank: Rank) => Promise<string>;
  /** @returns the headers of one who is signed in. */
  signIn: (email: string) => Promise<Headers>;
  /** @returns the headers of a program with a key. */
  key: (workspace: string, scopes: string[], party?: PartyName | null) => Promise<Headers>;
};

export function withApi(db: TestDatabase, quota?: number, pace?: Pace): TestApi {
  let app: FastifyInstance | null = null;
  let house: DoorHouse | null = null;
  const open = (): DoorHouse => {
    if (!house) throw new Error('The API is there inside of tests and hooks only.');
    return house;
  };
  beforeAll(async () => {
    const { database } = db;
    const clock = () => api.now;
    house = openHouse({ database, clock, secret: 's'.repeat(40), publicUrl: PUBLIC_URL, mailed: false });
    app = createHttp({ log: openLog('fatal'), clock, publicUrl: PUBLIC_URL });
    serveApi(app, {
      house,
      outbound: openOutbound({ log: openLog('fatal') }),
      publicUrl: PUBLIC_URL,
      ...(quota !== undefined && { quota }),
      ...(pace !== undefined && { pace }),
    });
    await app.ready();
  });
  afterAll(() => app?.close());

  const as =
    (own: Headers): Ask =>
    async (method, path, body, headers = {}) => {
      const options: InjectOptions = { method, url: path, headers: { ...own, ...headers } };
      if (body !== undefined) options.payload = body as object;
      const reply = await app!.inject(options);
      const cookies = [reply.headers['set-cookie'] ?? []].flat();
      return {
        status: reply.statusCode,
        body: bodyOf(reply) as never,
        headers: reply.headers,
        cookies,
      };
    };

  const api: TestApi = {
    get house() {
      return open();
    },
    now: Date.now(),
    ask: as({}),
    page: async (path) => {
      const { headers, body } = await app!.inject({ url: path });
      return { headers, body };
    },
    listen: async () => {
      if (!app!.server.listening) await app!.listen({ host: '127.0.0.1', port: 0 });
      return `http://127.0.0.1:${(app!.server.address() as { port: number }).port}`;
    },
    as,
    hire: async (workspace, email, party, rank) => {
      const person = await makePerson(open(), { name: email, email, password: PASSWORD });
      const id = newId(api.now);
      await db.database.inWorkspace(workspace, (tx) =>
        tx
          .insertInto('members')
          .values({
            workspace_id: workspace,
            id,
            person_id: person!.id,
            name: email,
            email,
            party,
            rank,
            joined_at: new Date(api.now),
          })
          .execute(),
      );
      return id;
    },
    signIn: async (email) => {
      const { cookies } = await as({})('POST', '/api/session', { email, password: PASSWORD });
      return { cookie: cookies.map((cookie) => cookie.split(';', 1)[0]).join('; ') };
    },
    key: async (workspace, scopes, party = null) => {
      const hand = { workspace, actor: { kind: 'system' } } as const;
      const wanted = { name: 'Test', scopes, party, expiresAt: null };
      const { secret } = await db.database.inWorkspace(workspace, (tx) =>
        makeApiKey(tx, hand, wanted, api.now),
      );
      return { authorization: `Bearer ${secret}` };
    },
  };
  return api;
}

/** JSON read; a file as it is. */
const bodyOf = ({ body, headers }: LightMyRequestResponse): unknown => {
  if (body === '') return null;
  return headers['content-type']?.toString().includes('json') ? JSON.parse(body) : body;
};
