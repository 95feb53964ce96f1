import { expect, it } from 'vitest';
import type { Copy } from '#platform/db/transaction.ts';
import { takeChunks } from './packed.ts';

/** Rows of one field each, handed over as they would be, in memory that is used again. */
const rowsOf =
  (count: number): Copy =>
  async (_, take) => {
    const row = Buffer.alloc(4 + 100);
    for (let i = 0; i < count; i++) await take(row.fill(i % 256, 4));
  };

it('lies in memory that is used again when a chunk is done with, and not before', async () => {
  const inHand: { chunk: Uint8Array; index: number; done: () => void }[] = [];
  const rooms = new Set<ArrayBufferLike>();
  let most = 0;
  const taking = takeChunks(rowsOf(200), 'w', (chunk, index) => {
    expect(chunk).toEqual(new Uint8Array(100).fill(index % 256));
    expect(inHand.map((other) => other.chunk.buffer)).not.toContain(chunk.buffer);
    rooms.add(chunk.buffer);
    most = Math.max(most, inHand.length + 1);
    return new Promise((done) => inHand.push({ chunk, index, done }));
  });
  // The second that is in hand is done with first: not in the order they came in.
  const doing = setInterval(() => {
    const [{ chunk, index, done }] = inHand.splice(Math.min(1, inHand.length - 1), 1) as [(typeof inHand)[0]];
    expect(chunk).toEqual(new Uint8Array(100).fill(index % 256));
    done();
  });
  await taking;
  clearInterval(doing);
  expect(most).toBeLessThanOrEqual(17);
  expect(rooms.size).toBe(most);
});

it('leaves it to whoever takes them to tell that one has failed', async () => {
  const taking = takeChunks(rowsOf(40), 'w', (_, index) =>
    index === 20 ? Promise.reject(new Error('it is damaged')) : Promise.resolve(),
  );
  await expect(taking).resolves.toBeUndefined();
});
