/** A listening web server on a test database. */
import { promisify } from 'node:util';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll } from 'vitest';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/db/database.ts';
import type { Patience } from '#platform/http/app.ts';
import { openLog } from '#platform/log.ts';
import { openOutbound } from '#platform/outbound/outbound.ts';
import { createApp } from '#server/app.ts';

export type TestApp = {
  /** `http://127.0.0.1:…` */
  readonly origin: string;
  readonly port: number;
  /** How many connections are open. */
  connections: () => Promise<number>;
};

export type TestAppOptions = {
  clock?: Clock;
  patience?: Patience;
  isShort?: () => boolean;
};

async function listen(database: Database, options: TestAppOptions = {}): Promise<FastifyInstance> {
  const { clock = Date.now, isShort = () => false, patience } = options;
  const app = await createApp({
    database,
    clock,
    log: openLog('fatal'),
    publicUrl: 'http://leads.example',
    secret: 's'.repeat(40),
    mailed: false,
    outbound: openOutbound({ log: openLog('fatal') }),
    checks: [],
    isShort,
    isOpen: true,
    ...(patience && { patience }),
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  return app;
}

/** Gives the test file it is called in, after `withDatabase`, a server that listens until its end. */
export function withApp(database: () => Database, options: TestAppOptions = {}): TestApp {
  let app: FastifyInstance | null = null;
  beforeAll(async () => {
    app = await listen(database(), options);
  });
  afterAll(async () => app?.close());
  const port = (): number => (app!.server.address() as { port: number }).port;
  return {
    get origin() {
      return `http://127.0.0.1:${port()}`;
    },
    get port() {
      return port();
    },
    connections: promisify((done: (error: Error | null, count: number) => void) =>
      app!.server.getConnections(done),
    ),
  };
}
