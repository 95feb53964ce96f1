/** What keys look like, and how they are known again. */
import { hash, randomBytes } from 'node:crypto';

/** An API key: 256 bits of chance that only its holder has. We keep the digest, and enough of it to tell keys apart. */
export function drawApiKey(): { secret: string; digest: string; prefix: string } {
  const secret = `lp_${randomBytes(32).toString('base64url')}`;
  return { secret, digest: digestOf(secret), prefix: secret.slice(0, 9) };
}

/** How an API key is looked up. The secret has 256 bits, so a plain digest is enough: there is nothing to guess. */
export const digestOf = (secret: string): string => hash('sha256', secret);

/** A write key is no secret: it stands in the source of websites. */
export const drawWriteKey = (): string => `wk_${randomBytes(18).toString('base64url')}`;
