import type { Instant } from '#engine/facts/facts.ts';
import type { Query, Tx } from '#platform/db/transaction.ts';

/** Who did it: a member, be it by an API key that acts for them, an API key of its own, or the system itself. */
export type Actor =
  | { kind: 'member'; id: string; key?: string }
  | { kind: 'key'; id: string }
  | { kind: 'system' };

/** What is told to the journal. Ids only, nothing that identifies a person: people can be erased, the journal cannot. */
export type Entry = {
  at: Instant;
  actor: Actor;
  /** Noun and verb, as in `handoff.accepted`. */
  what: string;
  subject: { kind: string; id: string };
  data?: Record<string, unknown>;
};

/**
 * Writes entries, in order. Do it last in a transaction: from here until its end the workspace's other writers stand
 * in line, because each entry is chained to the one before it.
 */
export async function record(tx: Tx, workspace: string, entries: readonly Entry[]): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map(({ at, actor, what, subject, data }) => ({
    workspace_id: workspace,
    at: new Date(at),
    actor_kind: actor.kind,
    actor_id: actor.kind === 'system' ? null : actor.id,
    what,
    subject_kind: subject.kind,
    subject_id: subject.id,
    data: JSON.stringify(
      actor.kind === 'member' && actor.key ? { ...data, via_key: actor.key } : (data ?? {}),
    ),
  }));
  await tx.insertInto('journal').values(rows).execute();
}

/** Where a chain does not hold, and how. */
export type Break = { seq: number; fault: string };

/**
 * Works a workspace's chain out again.
 * @param from the first entry to look at; everything before it is taken as it is.
 * @param to the last entry to look at; all, when left out.
 * @returns the first place where it does not hold, or null when it holds throughout.
 */
export async function verifyJournal(
  query: Query,
  workspace: string,
  from = 1,
  to: number | null = null,
): Promise<Break | null> {
  const rows = await query<Break>('SELECT seq, fault FROM system.verify_journal($1, $2, $3)', [
    workspace,
    from,
    to,
  ]);
  return rows[0] ?? null;
}
