import { expect, test } from 'vitest';
import { parsePact } from '#engine/pact/parse.ts';
import { ColumnsBuilder, footprint, type LeadColumns } from '#engine/replay/columns.ts';
import { BLOCK, replayColumns, replayWork } from '#engine/replay/fast.ts';
import { packActivities } from './activity-chunk.ts';
import { sweeper } from './sweeping.ts';
import { NOWHERE } from './unpacking.ts';

const DAY = 86_400_000;
const END = 400 * DAY;
const LANE = 'fast_lanes: [{ id: demo, text: Asked., when: { did: form }, tier: standard }]';
const pactOf = (bar: number, lanes: string) =>
  parsePact(`
pact: Acme
language: 1
lead: { when: { attribute: size, exists: true } }
interest: [{ id: read, text: Read., when: { did: page }, points: 3, half_life: 40d }]
mql: { when: { all: [{ attribute: size, gte: ${bar} }, { interest: { gte: 6 } }] } }
${lanes}
`).pact;
/** The first counts nothing. */
const PACTS = [pactOf(80, ''), pactOf(70, LANE), pactOf(95, LANE)];

/** More leads than are looked at in several goes; the last of a chunk does more than is kept near; some do nothing. */
const LEADS = 5 * BLOCK + 300;
const BUSY = 2 * BLOCK + 5;

function history(): LeadColumns {
  const builder = new ColumnsBuilder({ footprint: footprint(PACTS) });
  for (let i = 0; i < LEADS; i++) {
    const lead = builder.lead(String(i));
    builder.change(lead, null, { size: (i * 37) % 100 });
    const count = i === BUSY ? 20_000 : i % 11 === 0 || i > LEADS - 50 ? 0 : 1 + ((i * 7) % 12);
    for (let n = 0; n < count; n++)
      builder.activity(lead, ((i * 13 + n * 31) % 399) * DAY, (i + n) % 41 === 0 ? 'form' : 'page', {});
  }
  return builder.finish();
}

/** The leads from one place up to another as a chunk, whose codes are the columns' own. */
function chunkOf({ activities: { starts, instants, codes } }: LeadColumns, from: number, to: number) {
  const active = Array.from({ length: to - from }, (_, i) => from + i).filter(
    (lead) => starts[lead + 1]! > starts[lead]!,
  );
  const counts = active.map((lead) => starts[lead + 1]! - starts[lead]!);
  const run = {
    leads: Float64Array.from(active),
    starts: Uint32Array.from([0, ...counts.map((_, i) => counts.slice(0, i + 1).reduce((a, b) => a + b, 0))]),
    instants: instants.slice(starts[from], starts[to]),
    codes: codes.slice(starts[from], starts[to]),
    signatures: ['0', '1'].map((text) => `"${text}"\n{}`),
  };
  // Codes of a chunk are by frequency.
  const second = run.codes.reduce((sum, code) => sum + code, 0);
  const own = second > run.codes.length - second ? [1, 0] : second === 0 ? [0] : [0, 1];
  return { data: packActivities(run), active, counts, own };
}

test('leads are replayed block by block as all at once, under one pact and under several', () => {
  const columns = history();
  const ends = [0, BLOCK - 1, BUSY + 1, 3 * BLOCK + 7, LEADS];
  const chunks = ends.slice(1).map((to, i) => chunkOf(columns, ends[i]!, to));
  const sum = (numbers: readonly number[]): Uint32Array => {
    const sums = new Uint32Array(numbers.length + 1);
    for (const [i, number] of numbers.entries()) sums[i + 1] = sums[i]! + number;
    return sums;
  };
  const counts = Uint32Array.from(chunks.flatMap((chunk) => chunk.counts));
  const announced = {
    leadsFrom: sum(chunks.map(({ active }) => active.length)),
    codesFrom: sum(chunks.map(({ own }) => own.length)),
    counts,
    most: Math.max(...counts),
    own: Uint32Array.from(chunks.flatMap(({ own }) => own)),
  };
  for (const pacts of [PACTS, ...PACTS.map((pact) => [pact])]) {
    const works = pacts.map((pact) => replayWork(columns, pact, END, false));
    const pass = sweeper({
      announced,
      placesOf: Int32Array.from(chunks.flatMap(({ active }) => active)),
      to: counts.map(() => NOWHERE),
      instants: new Float64Array(0),
      codes: new Uint32Array(0),
      bounds: Uint32Array.from(ends.slice(1).flatMap((to, i) => [ends[i]!, to])),
      works,
    });
    for (const number of [2, 0, 3, 1]) pass(chunks[number]!.data, number);
    for (const [i, pact] of pacts.entries()) {
      const whole = replayColumns(columns, pact, END);
      expect(works[i]!.tracks).toEqual(whole);
      expect(whole.mqlAt.some((at) => !Number.isNaN(at))).toBe(true);
    }
  }
});
