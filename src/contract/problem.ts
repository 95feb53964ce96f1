import { z } from 'zod';

/** What every refusal looks like: RFC 9457, `application/problem+json`. */
export const problem = z.strictObject({
  /** `urn:leadpact:problem:` and the code. */
  type: z.string(),
  /** The status in words; the same for every problem of its kind. */
  title: z.string(),
  status: z.int().min(400).max(599),
  /** What was found, what was wanted, what to do. */
  detail: z.string(),
  /** The path that was asked for. */
  instance: z.string(),
  /** For programs: stays as it is from version to version. */
  code: z.string(),
  /** Each place of the request that is at fault. */
  errors: z.array(z.strictObject({ path: z.string(), message: z.string() })),
  /** To be named when asking for help: the log knows it. */
  requestId: z.string(),
});
export type Problem = z.infer<typeof problem>;
