import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ActivityChunk, ChunkRoom, contentsOf, packActivities } from './activity-chunk.ts';
import type { Run } from './run.ts';

const UNITS = [1, 1_000, 60_000];
/** From long before 1970 to long after today, so that steps take one byte or seven. */
const anyInstant = fc.oneof(
  fc.integer({ min: 0, max: 1_000 }),
  fc.integer({ min: -(2 ** 40), max: 2 ** 41 }),
  fc.maxSafeInteger().map((instant) => instant % 2 ** 50),
);
const anyRun: fc.Arbitrary<Run> = fc
  .record({
    unit: fc.constantFrom(...UNITS),
    leads: fc.uniqueArray(fc.integer({ min: 1, max: 2 ** 40 }), { minLength: 1, maxLength: 8 }),
    did: fc.array(fc.array(fc.tuple(anyInstant, fc.nat(300)), { maxLength: 12 }), {
      minLength: 8,
      maxLength: 8,
    }),
  })
  .map(({ unit, leads, did }) => {
    const mine = leads.map((_, i) =>
      did[i]!.map(([at, code]) => ({ at: Math.trunc(at / unit) * unit, code })),
    );
    for (const one of mine) one.sort((a, b) => a.at - b.at);
    const all = mine.flat();
    const starts = new Uint32Array(leads.length + 1);
    mine.forEach(({ length }, i) => {
      starts[i + 1] = starts[i]! + length;
    });
    return {
      leads: Float64Array.from(leads.toSorted((a, b) => a - b)),
      starts,
      instants: Float64Array.from(all, ({ at }) => at + 0), // no zero below zero
      codes: Uint32Array.from(all, ({ code }) => code),
      signatures: Array.from({ length: 301 }, (_, code) => `"type ${code}"\n{"é":${code}}`),
    };
  });

/** What a run says, whatever its codes are. */
const said = ({ leads, starts, instants, codes, signatures }: Run) => ({
  leads: [...leads],
  starts: [...starts],
  instants: [...instants],
  what: Array.from(codes, (code) => signatures[code]),
});

test('a chunk holds what went in, in memory that one before was unpacked in', () => {
  const room = new ChunkRoom();
  fc.assert(
    fc.property(anyRun, (run) => {
      const bytes = packActivities(run);
      expect(said(new ActivityChunk(bytes, room).run())).toEqual(said(run));
    }),
    { numRuns: 300 },
  );
});

test('what a lead did is read whoever else is, and whether some of it is among some codes', () => {
  fc.assert(
    fc.property(anyRun, fc.array(fc.nat(7)), fc.func(fc.boolean()), (run, wanted, isAmong) => {
      const { leads, starts, instants, codes, signatures } = run;
      const chunk = new ActivityChunk(packActivities(run));
      const texts = new ActivityChunk(packActivities(run)).contents().signatures;
      const among = Uint8Array.from(texts, (text) => (isAmong(text) ? 1 : 0));
      for (const lead of wanted.filter((lead) => lead < leads.length)) {
        const [from, end] = [starts[lead]!, starts[lead + 1]!];
        const read = new Float64Array(end - from);
        chunk.readInstants(from, end, read, 0);
        expect(read).toEqual(instants.slice(from, end));
        const said = Array.from(codes.subarray(from, end), (code) => isAmong(signatures[code]!));
        expect(chunk.hasCode(among, from, end)).toBe(said.includes(true));
      }
    }),
    { numRuns: 300 },
  );
});

test('whose it is and what its codes mean is read out of its ends, or how much of them that takes', () => {
  fc.assert(
    fc.property(anyRun, fc.integer({ min: 28, max: 400 }), (run, most) => {
      const bytes = packActivities(run);
      const ends = (length: number) => ({ first: bytes.subarray(0, length), last: bytes.subarray(-length) });
      const read = contentsOf([ends(most), ends(bytes.length)]);
      const whole = new ActivityChunk(bytes).contents();
      if (typeof read !== 'number') expect(read).toEqual([whole, whole]);
      else {
        expect(read).toBeGreaterThan(most);
        expect(contentsOf([ends(read), ends(bytes.length)])).toEqual([whole, whole]);
      }
    }),
    { numRuns: 200 },
  );
});
