import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IdLines } from './id-lines.ts';

test('knows ids as a map does', () => {
  // "Aa" and "BB" have one hash, and so has whatever is put together from them.
  const id = fc.oneof(fc.string({ unit: fc.constantFrom('Aa', 'BB', 'é', '東', '1') }), fc.string());
  fc.assert(
    fc.property(fc.array(id, { maxLength: 60 }), (ids) => {
      const [lines, map] = [new IdLines(), new Map<string, number>()];
      ids.forEach((one, line) => {
        expect(lines.lineOf(one, line)).toBe(map.get(one) ?? null);
        if (!map.has(one)) map.set(one, line);
      });
    }),
  );
});

test('knows more ids than there was room for', () => {
  const lines = new IdLines();
  const ids = Array.from({ length: 20_000 }, (_, i) => `lead-${i}-${'x'.repeat(i % 40)}`);
  expect(ids.every((id, line) => lines.lineOf(id, line) === null)).toBe(true);
  expect(ids.every((id, line) => lines.lineOf(id, -1) === line)).toBe(true);
  expect(lines.lineOf('another', 7)).toBeNull();
});
