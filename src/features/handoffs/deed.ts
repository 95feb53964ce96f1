/**
 * Something a person does, as one transaction: the record of it, the lead marked for the worker, what goes out, and
 * the journal's entry, all together or not at all.
 */
import type { Instant } from '#engine/facts/facts.ts';
import { actorOf, type Caller } from '#features/people/policy.ts';
import type { House } from '#features/serve.ts';
import type { Work } from '#features/verdicts/handlers.ts';
import type { Database } from '#platform/db/database.ts';
import { newId } from '#platform/ids.ts';
import { type Actor, type Entry, record } from '#platform/journal/journal.ts';

export type Deed = Work & {
  /** Lets the worker fold a lead again: something was said of it. */
  mark: (lead: number) => void;
};

/** What the caller does, at the present instant. */
export const deedOf = <T>(
  { database, clock }: Pick<House, 'database' | 'clock'>,
  caller: Caller,
  work: (deed: Deed) => Promise<T>,
): Promise<T> => carryOut(database, caller.workspace, actorOf(caller), clock(), work);

/** Carries out a deed in a workspace. What was collected is written at its end, the journal last. */
export const carryOut = <T>(
  database: Database,
  workspace: string,
  actor: Actor,
  now: Instant,
  work: (deed: Deed) => Promise<T>,
): Promise<T> =>
  database.inWorkspace(workspace, async (tx, query) => {
    const [entries, sent, leads]: [Entry[], { topic: string; payload: object }[], Set<number>] = [
      [],
      [],
      new Set(),
    ];
    const result = await work({
      workspace,
      tx,
      query,
      now,
      journal: (entry) => entries.push({ ...entry, actor }),
      send: (topic, payload) => sent.push({ topic, payload }),
      mark: (lead) => leads.add(lead),
    });
    const at = new Date(now);
    if (leads.size > 0) {
      const marks = [...leads].map((lead) => ({ workspace_id: workspace, mark: newId(now), lead }));
      await tx.insertInto('dirty_leads').values(marks).execute();
    }
    if (sent.length > 0) {
      const rows = sent.map(({ topic, payload }) => ({
        workspace_id: workspace,
        id: newId(now),
        topic,
        payload: JSON.stringify(payload),
        created_at: at,
        due_at: at,
      }));
      await tx.insertInto('outbox').values(rows).execute();
    }
    await record(tx, workspace, entries);
    return result;
  });
