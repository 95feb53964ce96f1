import type { Instant } from '#engine/facts/facts.ts';
import type { Deed } from '#features/handoffs/deed.ts';
import { type Caller } from '#features/people/policy.ts';
import type { Database } from '#platform/db/database.ts';
type Reason = 'asked' | 'consent_withdrawn' | 'not_needed' | 'unlawful';
type Erased = {
    id: string;
    erased_at: string;
    forgotten: Record<string, number>;
};
/** @throws HttpProblem 404 for an unknown lead or one that is erased already */
export declare function erase(deed: Deed, caller: Caller, id: string, reason: Reason): Promise<Erased>;
/** To be called now and then: forgets what came in, after their erasure, for those erased within the last day. */
export declare const forgetLateNews: (database: Database, now: Instant) => Promise<void>;
export {};
