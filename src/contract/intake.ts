import { z } from 'zod';

/** An event of an ingest request that was not taken; it waits in quarantine, with the same code. */
const rejection = z.strictObject({
  /** Its place in the batch, from 0; always 0 for a single event. */
  index: z.int().min(0),
  messageId: z.string().nullable(),
  code: z.string(),
  detail: z.string(),
});
export type Rejection = z.infer<typeof rejection>;

/** The answer to an ingest request: what is not in `rejected` is committed. */
export const ingestReply = z.strictObject({
  success: z.literal(true),
  rejected: z.array(rejection),
});
export type IngestReply = z.infer<typeof ingestReply>;
