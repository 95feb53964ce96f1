/** The ingest door on a test database, without a web server before it. */
import { Intake } from '#features/intake/intake.ts';
import { openIntakeMeters } from '#features/intake/meters.ts';
import type { WriteKey } from '#features/intake/write-keys.ts';
import { Recognition } from '#features/leads/identity/recognise.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/db/database.ts';
import { openMetrics } from '#platform/http/metrics.ts';
import { newId } from '#platform/ids.ts';
import { openLog } from '#platform/log.ts';

export const openIntake = (database: Database, clock: Clock = Date.now): Intake =>
  new Intake({
    database,
    recognition: new Recognition(database),
    clock,
    log: openLog('error'),
    meters: openIntakeMeters(openMetrics()),
    isShort: () => false,
  });

/** Makes a write key in a workspace. */
export async function makeKey(
  database: Database,
  workspace: string,
  trust: WriteKey['trust'],
): Promise<WriteKey & { key: string }> {
  const id = newId(Date.now());
  const key = `wk_${id}`;
  await database.inWorkspace(workspace, (tx) =>
    tx.insertInto('write_keys').values({ workspace_id: workspace, id, key, name: trust, trust }).execute(),
  );
  return { id, workspace, trust, key };
}
