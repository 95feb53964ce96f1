import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { BROKEN, decode } from './encoding.ts';

async function decoded(bytes: Buffer, sizes: readonly number[], encoding?: string) {
  const notes: string[] = [];
  async function* chunks() {
    let at = 0;
    for (const size of sizes) {
      yield bytes.subarray(at, at + size);
      at += size;
    }
    yield bytes.subarray(at);
  }
  let text = '';
  const how = { name: 't.csv', encoding, note: (note: string) => notes.push(note) };
  for await (const part of decode(chunks(), how)) text += part;
  return { text, notes };
}

const sizes = fc.array(fc.integer({ min: 0, max: 9000 }), { maxLength: 8 });

describe('decoding', () => {
  test('UTF-8 is read as it was written, however its bytes come', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', ',', '\n', 'é', '東', '😀', '\u0301', '\ufffd') });
    await fc.assert(
      fc.asyncProperty(text, sizes, fc.nat(9000), async (end, cuts, before) => {
        const whole = `id,name\n${'x'.repeat(before)}${end}`;
        expect(await decoded(Buffer.from(whole), cuts)).toEqual({ text: whole, notes: [] });
      }),
      { numRuns: 60 },
    );
  });

  test.each(['utf-16le', 'utf-16be', 'utf-8'])('%s with a byte order mark', async (encoding) => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(5000), async (cuts, length) => {
        const text = `id,name\n1,Zoë 😀\n${'y'.repeat(length)}\n`;
        const bytes = iconv.encode(`\ufeff${text}`, encoding);
        expect(await decoded(bytes, cuts)).toEqual({ text, notes: [] });
      }),
      { numRuns: 20 },
    );
  });

  test.each(['utf-16le', 'utf-16be'] as const)('%s without a mark', async (encoding) => {
    for (const text of ['id,name\n1,Zoë\n', 'id,email']) {
      expect(await decoded(iconv.encode(text, encoding), [])).toEqual({ text, notes: [] });
    }
  });

  test('a short file with a NUL byte in a cell is no UTF-16', async () => {
    for (const text of ['id,email\n1,a\0b\n', 'id,email\n1,ab\0c\n', 'id,n\n1,\0\n2,\0\n']) {
      expect(await decoded(Buffer.from(text), [])).toEqual({ text, notes: [] });
    }
  });

  test('a broken byte marks its own line and no other', async () => {
    const bytes = Buffer.concat([
      Buffer.from('Zoë,Müller,é,é\nx'),
      Buffer.from([0xe9, 0xff]),
      Buffer.from('y\nÖ,\ufffd,ß,à\n'),
    ]);
    for (const cuts of [[], [3], [4, 10, 3]]) {
      const { text } = await decoded(bytes, cuts);
      expect(text.replace(/\udc80+/u, '?')).toBe('Zoë,Müller,é,é\nx?y\nÖ,\ufffd,ß,à\n');
    }
  });

  test('a character that the end cuts short is broken', async () => {
    const bytes = Buffer.concat([Buffer.from('é,è,à'), Buffer.from([0xe6, 0x9d])]);
    expect((await decoded(bytes, [])).text).toBe(`é,è,à${BROKEN}`);
  });

  test('the bytes are let go of when reading stops early', async () => {
    let closed = false;
    async function* endless() {
      try {
        for (;;) yield Buffer.from('a,b\n'.repeat(2000));
      } finally {
        closed = true;
      }
    }
    for await (const _ of decode(endless(), { name: 't.csv', note: () => undefined })) break;
    expect(closed).toBe(true);
  });
});
