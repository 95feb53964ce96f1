import type { FastifyInstance } from 'fastify';
import { messageOf } from '#platform/errors.ts';
import { isAtHome } from '#platform/http/at-home.ts';

/** One thing without which this process should be given no work. */
export type Check = {
  name: string;
  /** Says what is wrong, or null when nothing is. What it throws counts as wrong. */
  look: () => Promise<string | null>;
};

const FRESH = 1_000;

/**
 * `/livez`: the process turns. `/readyz`: it can do its work; why not is told to callers on this machine only.
 * Checks are made once a second at most, however often they are asked for.
 */
export function serveHealth(app: FastifyInstance, checks: readonly Check[]): void {
  let looked: { until: number; faults: Promise<Record<string, string>> } | null = null;
  const faults = (): Promise<Record<string, string>> => {
    if (looked === null || performance.now() > looked.until) {
      looked = { until: performance.now() + FRESH, faults: lookAll(checks) };
    }
    return looked.faults;
  };

  app.get('/livez', (_, reply) => reply.send({ alive: true }));
  app.get('/readyz', async (request, reply) => {
    const found = await faults();
    const ready = Object.keys(found).length === 0;
    return reply
      .code(ready ? 200 : 503)
      .send(isAtHome(request) && !ready ? { ready, faults: found } : { ready });
  });
}

async function lookAll(checks: readonly Check[]): Promise<Record<string, string>> {
  const answers = await Promise.all(
    checks.map(async ({ name, look }) => [name, await look().catch(messageOf)] as const),
  );
  return Object.fromEntries(answers.filter((answer): answer is [string, string] => answer[1] !== null));
}
