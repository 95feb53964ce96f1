import { Gauge } from 'prom-client';
import type { Database } from '#platform/db/database.ts';
import type { Metrics } from '#platform/http/metrics.ts';

/** What is looked up whenever metrics are asked for. While the database is away these keep silent. */
export function watchDatabase(metrics: Metrics, database: Database): void {
  const registers = [metrics];
  const name = 'leadpact_db_pool_waiting';
  new Gauge({
    name,
    help: 'Callers that wait for a connection to the database',
    registers,
    collect() {
      this.set(database.standing().waiting);
    },
  });
  const oldest = new Gauge({
    name: 'leadpact_outbox_oldest_seconds',
    help: 'Since when the oldest effect has been due',
    registers,
  });
  new Gauge({
    name: 'leadpact_outbox_pending',
    help: 'Effects that are still to be carried out',
    registers,
    async collect() {
      const rows = await readOutbox(database).catch(() => []);
      this.reset();
      oldest.reset();
      for (const { pending, late } of rows) {
        this.set(pending);
        oldest.set(Math.max(0, late ?? 0));
      }
    },
  });
}

const readOutbox = (database: Database): Promise<{ pending: number; late: number | null }[]> =>
  database.acrossWorkspaces((_, query) =>
    query(
      `SELECT count(*) AS pending, extract(epoch FROM clock_timestamp() - min(due_at))::float8 AS late
       FROM outbox WHERE done_at IS NULL AND failed_at IS NULL`,
    ),
  );
