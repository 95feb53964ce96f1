/** What is told when its time has come: a version holds from now on, or an amendment has lapsed. Once, by whoever is first. */

import { databaseNow, type Now } from '#features/verdicts/queue.ts';
import type { Database } from '#platform/db/database.ts';
import type { Tx } from '#platform/db/transaction.ts';
import { messageOf, OutsideError } from '#platform/errors.ts';
import type { Log } from '#platform/log.ts';
import { tell } from './telling.ts';

export type TurnOptions = {
  database: Database;
  log: Log;
  /** What time it is; the database's own clock when left out. */
  now?: Now;
};

const MOST = 100;
type Due = {
  workspace_id: string;
  pact_id: string;
  version: number;
  turn: 'in_force' | 'lapsed';
  due_at: Date;
};

/** Tells of every turn that is due. @returns how many. */
export async function takeTurns({ database, log, now = databaseNow }: TurnOptions): Promise<number> {
  const { due, at } = await database.acrossWorkspaces(async (_, query) => {
    const at = await now(query);
    const due = await query<Due>(
      `SELECT workspace_id, pact_id, version, turn, due_at FROM turns
       WHERE done_at IS NULL AND void_at IS NULL AND due_at <= $1 ORDER BY due_at LIMIT ${MOST}`,
      [new Date(at)],
    );
    return { due, at };
  });
  let taken = 0;
  for (const one of due) {
    try {
      if (await takeOne(database, one, at)) taken++;
    } catch (error) {
      if (error instanceof OutsideError) throw error;
      const { workspace_id: workspace, version } = one;
      log.error({ workspace, version, err: error }, `A version cannot take its turn: ${messageOf(error)}`);
    }
  }
  return taken;
}

const takeOne = (database: Database, due: Due, now: number): Promise<boolean> =>
  database.inWorkspace(due.workspace_id, (tx) => takeTurn(tx, due, now));

/** Tells of a turn that is due, unless somebody has. @returns whether it was told */
export async function takeTurn(
  tx: Tx,
  { workspace_id, pact_id, version, turn, due_at }: Due,
  now: number,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('turns')
    .set({ done_at: new Date(now) })
    .where('workspace_id', '=', workspace_id)
    .where('pact_id', '=', pact_id)
    .where('version', '=', version)
    .where('turn', '=', turn)
    .where('done_at', 'is', null)
    .where('void_at', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  const { emergency, digest } = await tx
    .selectFrom('versions')
    .select(['emergency', 'digest'])
    .where('workspace_id', '=', workspace_id)
    .where('pact_id', '=', pact_id)
    .where('number', '=', version)
    .executeTakeFirstOrThrow();
  const key = { pact: pact_id, number: version };
  const teller = { workspace: workspace_id, actor: { kind: 'system' } as const };
  await tell(tx, teller, turn, key, now, { digest, emergency, since: due_at.getTime() });
  return true;
}
