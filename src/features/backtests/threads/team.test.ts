import { expect, test } from 'vitest';
import { parsePact } from '#engine/pact/parse.ts';
import { ColumnsBuilder } from '#engine/replay/columns.ts';
import { evenParts, replayColumns, replayer, replayWork } from '#engine/replay/fast.ts';
import { replayBy } from './replaying.ts';
import { Team } from './team.ts';

const { pact } = parsePact(`
pact: Acme
language: 1
profile: [{ id: big, text: Big., when: { attribute: size, gte: 50 }, points: 20 }]
interest: [{ id: read, text: Read., when: { did: page }, points: 3, half_life: 5d, cap: 30 }]
mql: { when: { all: [{ fit: { gte: 20 } }, { interest: { gte: 5 } }] } }
lead: { when: { attribute: size, exists: true } }
`);
const DAY = 86_400_000;
const END = 400 * DAY;

/** Some leads with a great many activities, most with a few, the last with none. */
function history(leads: number, each: number) {
  const builder = new ColumnsBuilder({ shared: true });
  for (let i = 0; i < leads; i++) {
    const lead = builder.lead(`L${i}`);
    builder.change(lead, null, { size: String((i * 37) % 100) });
    const count = i === leads - 1 ? 0 : i % 50 === 0 ? each * 20 : each;
    for (let n = 0; n < count; n++) {
      builder.activity(lead, ((i * 7 + n * 13) % 399) * DAY + n, 'page', {});
    }
  }
  return builder.finish();
}

test('parts hold about as many activities each, and every lead is in one', () => {
  const columns = history(500, 10);
  const { numbers } = replayWork(columns, pact, END, false);
  const bounds = evenParts(numbers, 3);
  expect([bounds[0], bounds.at(-1)]).toEqual([0, 500]);
  const { starts } = columns.activities;
  const counts = bounds.slice(1).map((to, part) => starts[to]! - starts[bounds[part]!]!);
  for (const count of counts) expect(count / starts[500]!).toBeCloseTo(1 / 3, 1);
  expect(evenParts(replayWork(history(1, 5), pact, END, false).numbers, 4)).toHaveLength(5);
});

test('done in parts, in any order, a replay is the same', () => {
  const columns = history(300, 8);
  const whole = replayColumns(columns, pact, END);
  const work = replayWork(columns, pact, END, true);
  const bounds = evenParts(work.numbers, 4);
  const replay = replayer(work);
  for (const part of [2, 0, 3, 1]) replay(bounds[part]!, bounds[part + 1]!);
  expect(work.tracks).toEqual(whole);
  expect(whole.mqlAt.some((at) => !Number.isNaN(at))).toBe(true);
});

const MAIN = new URL('../../../cli/main.ts', import.meta.url);

test('done by threads, a replay is the same, also the second time and of another history', async () => {
  const team = new Team(MAIN, { along: false, size: 2 });
  for (const leads of [20_000, 15_000]) {
    const columns = history(leads, 40);
    const told: number[] = [];
    const tracks = await replayBy(
      team,
      { columns, pact, until: END },
      { progress: (share) => told.push(share) },
    );
    expect(tracks).toEqual(replayColumns(columns, pact, END));
    expect(told).toEqual(told.toSorted());
  }
  await team.close();
});

test('done by nobody else, of the first leads only, a replay is the same', async () => {
  const columns = history(400, 8);
  const tracks = await replayBy(new Team(null, { along: false }), {
    columns,
    pact,
    until: END,
    leads: 200,
  });
  const whole = replayColumns(columns, pact, END);
  expect(tracks.mqlAt.slice(0, 200)).toEqual(whole.mqlAt.slice(0, 200));
});

test('a thread that fails is told of, and nothing waits for it', async () => {
  const columns = history(20_000, 40);
  const entry = new URL('data:text/javascript,throw new Error("out of luck")');
  const team = new Team(entry, { along: false, size: 1 });
  await expect(replayBy(team, { columns, pact, until: END })).rejects.toThrow(/a thread failed/);
  await team.close();
});

test('a replay that nobody wants any more ends early', async () => {
  const columns = history(20_000, 40);
  const given = new AbortController();
  const replay = replayBy(
    new Team(null, { along: false }),
    { columns, pact, until: END },
    { signal: given.signal },
  );
  given.abort(new Error('cancelled'));
  await expect(replay).rejects.toThrow('cancelled');
});
