/** Everything that is held of a person, as it is held, for the person. */
import type { z } from 'zod';
import type { exportPerson } from '#contract/personal-data.ts';
import type { Instant } from '#engine/facts/facts.ts';
import type { Query } from '#platform/db/transaction.ts';
type Export = z.infer<typeof exportPerson.reply>;
/** @throws HttpProblem 404 */
export declare function exportOf(query: Query, workspace: string, id: string, now: Instant): Promise<Export>;
export {};
