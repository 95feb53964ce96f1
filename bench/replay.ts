/** P8, P9 (threads), P10 (warm), P12: replaying years of history, beside a database. */
import { factsOf } from '#engine/replay/columns.ts';
import { VERDICTS } from '#engine/replay/fast/tracks.ts';
import { judgeColumns, replayColumns } from '#engine/replay/fast.ts';
import { replay } from '#engine/replay/replay.ts';
import { replayBy } from '#features/backtests/threads/replaying.ts';
import { Team } from '#features/backtests/threads/team.ts';
import { askDuck } from './peers/duckdb.ts';
import { askPostgres } from './peers/postgres.ts';
import { END, madeUp } from './support/history.ts';
import { type Bench, type Line, ratio, seconds, sideBySide } from './support/measure.ts';
import { fullPact, reducedPact } from './support/pacts.ts';
import { withPlace } from './support/place.ts';

const entry = new URL('../src/cli/main.ts', import.meta.url);

export const replaying: Bench = {
  title: 'Replay',
  measure: async ({ rounds, leads, each }) => {
    const columns = madeUp(leads, each);
    const [full, reduced] = [fullPact(), reducedPact()];
    const activities = columns.activities.instants.length;
    const detail = `${(activities / 1e6).toFixed(1)} M activities`;
    const lines: Line[] = [];

    const duck = await askDuck(columns, 1);
    const [whole, narrow, queried] = await sideBySide(
      [
        { name: 'full', run: () => replayColumns(columns, full, END) },
        { name: 'reduced', run: () => replayColumns(columns, reduced, END) },
        { name: 'duckdb', run: duck },
      ],
      rounds,
    );
    lines.push(
      ratio(
        'P8 full definition / DuckDB, reduced question',
        10,
        queried!.wall / whole!.wall,
        `${detail}, ${seconds(whole!.wall)}, ${seconds(queried!.wall)}`,
      ),
      ratio(
        'P8 reduced definition / DuckDB, reduced question',
        25,
        queried!.wall / narrow!.wall,
        seconds(narrow!.wall),
      ),
    );

    const few = madeUp(Math.min(leads, 20_000), each);
    const [plainly, fromRows] = await withPlace(async ({ owner }) =>
      sideBySide(
        [
          { name: 'reduced', run: () => replayColumns(few, reduced, END) },
          { name: 'postgres', run: await askPostgres(owner, few) },
        ],
        rounds,
      ),
    );
    lines.push(
      ratio(
        'P8 reduced definition / PostgreSQL, reduced question',
        50,
        fromRows!.wall / plainly!.wall,
        `${(few.activities.instants.length / 1e6).toFixed(1)} M activities, ${seconds(plainly!.wall)}, ${seconds(fromRows!.wall)}`,
      ),
    );

    const asked = { columns, pact: full, until: END };
    const [alone, pair] = [1, 2].map((size) => new Team(entry, { along: true, size }));
    const [one, two] = await sideBySide(
      [
        { name: 'one', run: () => replayBy(alone!, asked) },
        { name: 'two', run: () => replayBy(pair!, asked) },
      ],
      rounds,
    );
    await pair!.close();
    lines.push(
      ratio(
        'P9 two threads / one',
        1.75,
        one!.wall / two!.wall,
        `${seconds(one!.wall)}, ${seconds(two!.wall)}`,
      ),
    );
    lines.push({
      target: 'P10 warm, two threads, scaled to 50 M activities',
      wanted: '≤ 1.0 s',
      measured: seconds((two!.wall / activities) * 50e6),
      met: (two!.wall / activities) * 50e6 <= 1000,
    });

    const sample = madeUp(300, each, 11);
    const fast = replayColumns(sample, full, END);
    const standings = judgeColumns(sample, full, END);
    const differing = sample.ids.filter((_, i) => {
      const track = replay(factsOf(sample, i), full, END);
      return (
        !Object.is(fast.mqlAt[i], track.mql_at ?? Number.NaN) ||
        VERDICTS[fast.verdict[i]!] !== track.end.verdict ||
        !Object.is(standings.interest[i], track.end.interest)
      );
    });
    lines.push({
      target: 'P12 fast path = plain interpreter, bit for bit',
      wanted: '0 differences',
      measured: `${differing.length} of ${sample.ids.length} leads`,
      met: differing.length === 0,
    });
    return lines;
  },
};
