import { expect, test } from 'vitest';
import { ColumnsBuilder } from '#engine/replay/columns.ts';
import { packActivities } from './activity-chunk.ts';
import { type Contents, ContentsReader, memoryOf, together } from './contents.ts';
import { packStates } from './state-chunk.ts';

const CHUNKS = 40;
const STRETCHES = 20;
const WANTED = { chunks: CHUNKS, attributes: new Set(['title', 'email']), values: new Set(['title']) };

/** A row as it is copied: each field with its length before it. */
const rowOf = (...fields: Uint8Array[]): Buffer =>
  Buffer.concat(
    fields.flatMap((field) => {
      const length = Buffer.alloc(4);
      length.writeInt32BE(field.length);
      return [length, field];
    }),
  );

/** Chunks that share most of their signatures, in different orders. */
const chunk = (number: number): Buffer => {
  const signatures = [`"page"\n{"path":"/${number % 7}"}`, '"page"\n{}', `"form"\n{"id":${number}}`];
  return packActivities({
    leads: Float64Array.of(2 * number + 1, 2 * number + 2),
    starts: Uint32Array.of(0, 1, 4),
    instants: Float64Array.of(5, 1, 2, 3),
    codes: Uint32Array.of(0, number % 3, 1, 2),
    signatures,
  });
};

/** Of two leads each; of one in three it is not known what they are called. */
const stretch = (number: number): Buffer => {
  const builder = new ColumnsBuilder();
  const booked = [0, 1].map((i) => 2 * number + i + 1);
  for (const lead of booked) {
    const title = lead % 3 === 0 ? {} : { title: `T${(lead * 5) % 11}` };
    builder.change(builder.lead(String(lead)), lead, {
      email: `${lead}@acme.example`,
      unasked: 'x',
      ...title,
    });
  }
  return packStates(
    booked.map((lead) => ({ number: lead, root: lead, erased: false, created: lead })),
    builder.finish().states,
  );
};

const rows = [
  ...Array.from({ length: CHUNKS }, (_, number) => rowOf(chunk(number), chunk(number))),
  ...Array.from({ length: STRETCHES }, (_, number) => rowOf(stretch(number))),
];

/** Read by so many, each taking whichever comes next; each row is gone once it has been taken. */
function readBy(readers: number): Contents[] {
  const all = Array.from({ length: readers }, () => new ContentsReader(WANTED));
  for (const [number, row] of rows.entries()) {
    const bytes = Buffer.from(row);
    all[(number * 7) % readers]!.take(bytes, number);
    bytes.fill(0);
  }
  return all.map((reader) => reader.contents());
}

/** What contents say, whatever their codes are. */
const said = ({ chunks, signatures, stretches, texts, lacking }: Contents) => ({
  lacking,
  chunks: chunks.map(({ codes, ...rest }) => ({
    ...rest,
    says: Array.from(codes, (code) => signatures[code]),
  })),
  stretches: stretches.map(({ attributes, data, ...rest }) => ({
    ...rest,
    data: Buffer.from(data).toString('hex'),
    attributes: attributes.map(({ name, codes }) => ({
      name,
      says: codes && Array.from(codes, (code) => texts.get(name)![code]),
    })),
  })),
});

test('what several have read is what one would have read, in order', () => {
  const [alone] = readBy(1);
  const { chunks, stretches } = said(alone!);
  expect(chunks.map(({ number }) => number)).toEqual(Array.from({ length: CHUNKS }, (_, i) => i));
  expect(chunks[9]).toEqual({
    number: 9,
    leads: Float64Array.of(19, 20),
    counts: Uint32Array.of(1, 3),
    says: expect.arrayContaining(['"page"\n{"path":"/2"}', '"page"\n{}', '"form"\n{"id":9}']),
  });
  expect(stretches.map(({ number }) => number)).toEqual(
    Array.from({ length: STRETCHES }, (_, i) => CHUNKS + i),
  );
  expect(stretches[1]).toMatchObject({
    booked: { numbers: Uint32Array.of(3, 4), roots: Uint32Array.of(3, 4), erased: Uint32Array.of(0, 0) },
    attributes: [
      { name: 'email', says: null },
      { name: 'title', says: [null, 'T9'] },
    ],
  });
  expect(new Set(alone!.signatures).size).toBe(alone!.signatures.length);
  for (const readers of [1, 2, 3, 70]) expect(said(together(readBy(readers)))).toEqual(said(alone!));
});

test('they are handed over, and nothing of them stays behind', () => {
  const [here] = readBy(1);
  const before = structuredClone(said(here!));
  const there = structuredClone(here!, { transfer: memoryOf(here!) });
  expect(said(there)).toEqual(before);
  expect(here!.chunks[0]!.leads).toHaveLength(0);
});

test('where the ends of a chunk are too short it is told how long they should be', () => {
  const bytes = chunk(3);
  const read = (length: number): Contents => {
    const reader = new ContentsReader(WANTED);
    reader.take(rowOf(bytes.subarray(0, length), bytes.subarray(-length)), 0);
    return reader.contents();
  };
  const { lacking, chunks } = read(28);
  expect(chunks).toEqual([]);
  expect(lacking).toBeGreaterThan(28);
  expect(read(lacking)).toMatchObject({ lacking: 0, chunks: [{ number: 0 }] });
});
