/** What is told of a version: to the journal, and to the world once it is committed. */
import type { Instant } from '#engine/facts/facts.ts';
import type { Tx } from '#platform/db/transaction.ts';
import { newId } from '#platform/ids.ts';
import { type Actor, record } from '#platform/journal/journal.ts';

/** One version of one pact. */
export type VersionKey = { pact: string; number: number };

/**
 * An entry on a version, and the same word outward: `version.signed` goes out as `pact.signed`. Do it last in a
 * transaction, because the journal holds up other writers from here on.
 */
export async function tell(
  tx: Tx,
  { workspace, actor }: { workspace: string; actor: Actor },
  verb: string,
  { pact, number }: VersionKey,
  at: Instant,
  data: Record<string, unknown>,
): Promise<void> {
  await tx
    .insertInto('outbox')
    .values({
      workspace_id: workspace,
      id: newId(at),
      topic: `pact.${verb}`,
      payload: JSON.stringify({ pact, version: number, at, ...data }),
      created_at: new Date(at),
      due_at: new Date(at),
    })
    .execute();
  const subject = { kind: 'version', id: `${pact}/${number}` };
  await record(tx, workspace, [{ at, actor, what: `version.${verb}`, subject, data }]);
}
