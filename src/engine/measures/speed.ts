/** How soon sales speaks to a lead (methods: speed to lead). */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export type Bucket = '5m' | '30m' | '1h' | '4h' | '24h' | 'more' | 'never';

/** Each takes what is no longer than its bound, and longer than the one before. */
export const BUCKETS: readonly { bucket: Exclude<Bucket, 'never'>; upTo: number; label: string }[] = [
  { bucket: '5m', upTo: 5 * MINUTE, label: 'within 5 minutes' },
  { bucket: '30m', upTo: 30 * MINUTE, label: '5 to 30 minutes' },
  { bucket: '1h', upTo: HOUR, label: '30 to 60 minutes' },
  { bucket: '4h', upTo: 4 * HOUR, label: '1 to 4 hours' },
  { bucket: '24h', upTo: 24 * HOUR, label: '4 to 24 hours' },
  { bucket: 'more', upTo: Number.POSITIVE_INFINITY, label: 'later' },
];

/** After so long without a touch it counts as never, unless one comes after all. */
export const LONGEST_WAIT = 24 * HOUR;

/**
 * Where a handoff belongs.
 * @param elapsed from the offer to the first touch; null when there was none
 * @param waited from the offer to now, or to the end of the offer
 * @returns null while nothing can be said: not touched, still open, and not longer than a touch may take
 */
export function bucketOf(elapsed: number | null, waited: number, closed: boolean): Bucket | null {
  if (elapsed === null) return closed || waited > LONGEST_WAIT ? 'never' : null;
  return BUCKETS.find(({ upTo }) => elapsed <= upTo)!.bucket;
}

/** Published figures, to stand beside our own. Observed, by vendors or with them, mostly in consumer trade. */
export const PUBLISHED: readonly { says: string; source: string }[] = [
  {
    says: 'Of 2,241 US firms 37 % answered within an hour, 16 % within a day, 24 % later, 23 % never.',
    source:
      'Oldroyd, McElheran, Elkington: The Short Life of Online Sales Leads. Harvard Business Review, March 2011',
  },
  {
    says: 'Trying within the hour, firms were nearly 7 times likelier to qualify a lead than an hour later.',
    source:
      'The same; 1.25 million leads, observed and not tried: who is called first may be the better lead',
  },
];
