import type { FastifyInstance } from 'fastify';
import { Intake } from '#features/intake/intake.ts';
import { openIntakeMeters } from '#features/intake/meters.ts';
import { Recent } from '#features/intake/recent.ts';
import { intakeRoutes } from '#features/intake/routes.ts';
import { Recognition } from '#features/leads/identity/recognise.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/db/database.ts';
import { createHttp, type Patience } from '#platform/http/app.ts';
import { type Check, serveHealth } from '#platform/http/health.ts';
import { openMetrics, serveMetrics } from '#platform/http/metrics.ts';
import type { Log } from '#platform/log.ts';
import type { Outbound } from '#platform/outbound/outbound.ts';
import { serveApi } from '#server/api/api.ts';
import { watchDatabase } from '#server/gauges.ts';
import { openHouse } from '#server/house.ts';
import { findWeb, serveWeb } from '#server/web.ts';

export type AppOptions = {
  database: Database;
  clock: Clock;
  log: Log;
  /** The public origin, as users type it. */
  publicUrl: string;
  /** The installation's secret: signs sessions and what is sent by mail. */
  secret: string;
  /** Whether mail is sent. */
  mailed: boolean;
  /** By which webhooks go out. */
  outbound: Pick<Outbound, 'fault'>;
  checks: readonly Check[];
  /** Called when events were stored: there is something for the workers to do. */
  stored?: () => void;
  /** Whether the database's disk is so full that nothing more may be taken in. */
  isShort: () => boolean;
  /** Whether events and people are let in; a process that only works in the background answers for its health alone. */
  isOpen: boolean;
  patience?: Patience;
};

/** The web server with everything it serves, put together. Closing it waits for what was begun. */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const { database, clock, log, publicUrl, outbound, checks, stored, isShort, isOpen, patience } = options;
  const metrics = openMetrics();
  watchDatabase(metrics, database);
  const app = createHttp({ log, clock, publicUrl, ...(patience && { patience }) });
  serveMetrics(app, metrics);
  serveHealth(app, checks);
  if (isOpen) {
    const meters = openIntakeMeters(metrics);
    const recognition = new Recognition(database);
    const recent = new Recent();
    const intake = new Intake({
      database,
      recognition,
      clock,
      log,
      meters,
      isShort,
      recent,
      ...(stored && { committed: stored }),
    });
    await app.register(intakeRoutes, { intake, meters, publicUrl });
    app.addHook('onClose', () => intake.drain());
    serveApi(app, { house: openHouse(options), outbound, publicUrl, recent });
    const web = findWeb();
    if (web !== null) await serveWeb(app, web);
  }
  return app;
}
