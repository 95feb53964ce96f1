/** Standard Webhooks: what a receiver knows us by. */
import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { Instant } from '#engine/facts/facts.ts';

const SECRET_BYTES = 32; // 24 to 64 are allowed

export const newSecret = (): string => `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;

/** The secrets of an endpoint. */
export type Secrets = { secret: string; former_secret: string | null; former_until: Date | null };

/**
 * The headers that a message is sent with.
 * @param id the same through every try
 * @param at the instant of this try
 */
export function signedHeaders(
  { secret, former_secret, former_until }: Secrets,
  id: string,
  at: Instant,
  body: string,
): Record<string, string> {
  const isOverlap = former_secret !== null && former_until !== null && former_until.getTime() > at;
  const secrets = isOverlap ? [secret, former_secret] : [secret];
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at / 1_000)),
    'webhook-signature': secrets.map((one) => new Webhook(one).sign(id, new Date(at), body)).join(' '),
  };
}
