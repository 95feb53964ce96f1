import { domainToASCII } from 'node:url';
import { isNobodysMail } from '#features/leads/identity/junk.ts';

const LONGEST = 254; // RFC 5321, 4.5.3.1
const SHAPE = /^([^\s@"<>(),:;\\[\]]{1,64})@([^\s@]+\.[^\s@]+)$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those are to be found
const UNSEEN = /[\u0000-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/;

/**
 * The address that a text is, in the one form it is recognised by: lower case, accents composed, the domain as DNS
 * knows it. Tags (`jane+news@…`) stay: they may be different mailboxes. Null when it is no address, hides characters
 * that cannot be seen, or is one of those that stand for nobody.
 */
export function readEmail(text: unknown): string | null {
  if (typeof text !== 'string') return null;
  const parts = SHAPE.exec(text.trim().normalize('NFC').toLowerCase());
  if (parts === null || UNSEEN.test(parts[0])) return null;
  const domain = domainToASCII(parts[2]!);
  const address = `${parts[1]}@${domain}`;
  return domain === '' || address.length > LONGEST || isNobodysMail(address) ? null : address;
}
