/** What an authenticator shows (RFC 6238: HMAC-SHA-1 over steps of 30 seconds, six digits). */
import { createHmac } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Base32 (RFC 4648), as the secret stands in an otpauth URI. */
function fromBase32(text: string): Buffer {
  const bits = [...text.replace(/=+$/, '')]
    .map((letter) => ALPHABET.indexOf(letter.toUpperCase()).toString(2).padStart(5, '0'))
    .join('');
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}

/** The code at an instant. @param uri `otpauth://totp/…?secret=…` */
export function codeAt(uri: string, at: number): string {
  const { searchParams } = new URL(uri);
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 1_000 / Number(searchParams.get('period') ?? 30))));
  const digest = createHmac('sha1', fromBase32(searchParams.get('secret')!))
    .update(counter)
    .digest();
  const number = digest.readUInt32BE(digest.at(-1)! & 15) & 0x7fffffff;
  return String(number).slice(-6).padStart(6, '0');
}
