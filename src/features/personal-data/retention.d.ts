/** How long what is kept: said by the workspace, done every day. Nothing is forgotten until somebody says so. */
import type { Retention } from '#contract/personal-data.ts';
import type { Instant } from '#engine/facts/facts.ts';
import type { Database } from '#platform/db/database.ts';
import type { Query } from '#platform/db/transaction.ts';
export declare function showRetention(query: Query, workspace: string): Promise<Retention>;
export declare function setRetention(query: Query, workspace: string, retention: Retention): Promise<void>;
/** Forgets what visitors did, and a browser said of them, who never gave a name, as long ago as each workspace says. */
export declare function forgetVisitors(database: Database, now: Instant, atOnce?: number): Promise<void>;
