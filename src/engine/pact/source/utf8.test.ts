import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeUtf8, utf8Length } from './utf8.ts';

const oracle = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const oracleText = (bytes: Uint8Array): string | null => {
  try {
    return oracle.decode(bytes);
  } catch {
    return null;
  }
};

/** Bytes that are nearly UTF-8: leads, continuations, and the edges of what is allowed. */
const nearly = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        0x41,
        0x7f,
        0x80,
        0xbf,
        0xc0,
        0xc1,
        0xc2,
        0xdf,
        0xe0,
        0xed,
        0xef,
        0xf0,
        0xf4,
        0xf5,
        0xff,
      ),
      fc.integer({ min: 0x80, max: 0xbf }),
      fc.integer({ min: 0, max: 0xff }),
    ),
    { maxLength: 12 },
  )
  .map((bytes) => Uint8Array.from(bytes));

test('decodes what is UTF-8 and nothing else, as the platform does', () => {
  fc.assert(
    fc.property(nearly, (bytes) => {
      const decoded = decodeUtf8(bytes);
      expect('text' in decoded ? decoded.text : null).toBe(oracleText(bytes));
      if ('badByteAt' in decoded)
        expect(oracleText(bytes.subarray(0, decoded.badByteAt))).toBe(decoded.before);
    }),
    { numRuns: 5_000 },
  );
});

test('decodes text of any length', () => {
  const text = 'Größe 𝔸 €\n'.repeat(3_000);
  const bytes = new TextEncoder().encode(text);
  expect(decodeUtf8(bytes)).toEqual({ text });
  expect(utf8Length(text)).toBe(bytes.length);
});

test('counts the bytes of a text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length);
    }),
  );
});
