/** The demo company for whoever runs the house, with or without a Leadpact running beside. */
import { makeDemo } from '#features/demo/demo.ts';
import { keepAlive } from '#features/demo/living.ts';
import type { Clock } from '#platform/clock.ts';
import type { Config } from '#platform/config/config.ts';
import type { Log } from '#platform/log.ts';
import { withDatabase } from '#server/beside.ts';
import { openHouse } from '#server/house.ts';
import { removeDemo } from '#server/upkeep/removal.ts';
import { asOwner } from '#server/upkeep/session.ts';

/** How far it is, 0 … 1. */
export type DemoTell = (share: number) => void;

/**
 * Builds the demo, or opens the one there is.
 * @param ready is told the workspace; what it answers says until when visits come in, null for not at all
 */
export const makeDemoHere = (
  config: Config,
  log: Log,
  clock: Clock,
  tell: DemoTell,
  ready: (workspace: string) => Promise<AbortSignal | null>,
): Promise<void> =>
  withDatabase(config, log, async (database, secret) => {
    const { publicUrl } = config;
    const house = openHouse({ database, clock, secret, publicUrl, mailed: false });
    const workspace = await makeDemo(house, tell);
    const until = await ready(workspace);
    if (until !== null) await keepAlive(database, workspace, clock, until);
  });

export const removeDemoHere = (config: Config, log: Log): Promise<string | null> =>
  asOwner(config, log, removeDemo);
