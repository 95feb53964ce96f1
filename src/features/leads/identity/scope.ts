import type { Instant } from '#engine/facts/facts.ts';
import type { Query } from '#platform/db/transaction.ts';

/** A transaction in a workspace, at a time. */
export type Scope = { query: Query; workspace: string; now: Instant };
