import type { Instant } from '#engine/facts/facts.ts';

/** A stretch of time: from its first instant up to, not including, its last. */
export type Span = { from: Instant; to: Instant };
