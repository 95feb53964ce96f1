/**
 * Bytes to text, strictly: a byte that is not UTF-8 is reported where it stands, never replaced.
 * Written out here because `TextDecoder` belongs to the platform, and reports no position.
 */

/** The text, or the offset of the first byte that is not UTF-8. */
export type Decoded = { text: string } | { badByteAt: number; before: string };

/** The smallest code point that may be written with so many continuation bytes. */
const SMALLEST = [0, 0x80, 0x800, 0x10000];
const CHUNK = 8192;

/** Decodes UTF-8; overlong forms, surrogates and anything above U+10FFFF are refused. */
export function decodeUtf8(bytes: Uint8Array): Decoded {
  let text = '';
  let units: number[] = [];
  const flush = (): string => {
    text += String.fromCharCode(...units);
    units = [];
    return text;
  };
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at] as number;
    const more = continuations(lead);
    let point = more === 0 ? lead : lead & (0x3f >> more);
    let good = more >= 0 && at + more < bytes.length;
    for (let i = 1; good && i <= more; i++) {
      const next = bytes[at + i] as number;
      good = (next & 0xc0) === 0x80;
      point = (point << 6) | (next & 0x3f);
    }
    if (!good || point < (SMALLEST[more] as number) || point > 0x10ffff || point >> 11 === 0x1b) {
      return { badByteAt: at, before: flush() };
    }
    if (point < 0x10000) units.push(point);
    else units.push(0xd7c0 + (point >> 10), 0xdc00 | (point & 0x3ff));
    if (units.length >= CHUNK) flush();
    at += more + 1;
  }
  return { text: flush() };
}

/** How many bytes follow this one in its sequence; -1 for a byte that starts none. */
function continuations(lead: number): number {
  if (lead < 0x80) return 0;
  if (lead < 0xc2) return -1;
  if (lead < 0xe0) return 1;
  if (lead < 0xf0) return 2;
  return lead < 0xf5 ? 3 : -1;
}

/** How many bytes a text takes in UTF-8. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x80) bytes++;
    if (unit >= 0x800 && (unit < 0xd800 || unit > 0xdfff)) bytes++;
  }
  return bytes;
}
