/** How much one caller may ask of one process. Far above what people and honest programs do. */
import type { Instant } from '#engine/facts/facts.ts';
import { HttpProblem } from '#platform/http/problem.ts';

export type Allowance = {
  /**
   * Counts a request.
   * @returns the headers that tell how much is left.
   * @throws HttpProblem 429 when nothing is.
   */
  take: (caller: string, now: Instant) => Record<string, string>;
};

const WINDOW = 60_000;
const MOST_CALLERS = 50_000;

/** @param quota requests a minute */
export function openAllowance(quota: number): Allowance {
  let windows = new Map<string, { until: Instant; taken: number }>();
  return {
    take: (caller, now) => {
      if (windows.size > MOST_CALLERS) windows = new Map([...windows].filter(([, { until }]) => until > now));
      let window = windows.get(caller);
      if (!window || window.until <= now) {
        window = { until: now + WINDOW, taken: 0 };
        windows.set(caller, window);
      }
      window.taken++;
      const wait = Math.ceil((window.until - now) / 1_000);
      if (window.taken > quota) {
        throw new HttpProblem(
          429,
          'too_many_requests',
          `More than ${quota} requests a minute. Wait ${wait} s.`,
          {
            retryAfter: wait,
          },
        );
      }
      return {
        'ratelimit-policy': `"caller";q=${quota};w=${WINDOW / 1_000}`,
        ratelimit: `"caller";r=${quota - window.taken};t=${wait}`,
      };
    },
  };
}
