/** P8, P9 (threads), P10 (warm), P12: replaying years of history, beside a database. */
import { DuckDBInstance } from '@duckdb/node-api';
import { type Columns, factsOf } from '#engine/replay/columns.ts';
import { VERDICTS } from '#engine/replay/fast/tracks.ts';
import { judgeColumns, replayColumns } from '#engine/replay/fast.ts';
import { replay } from '#engine/replay/replay.ts';
import { replayBy } from '#features/backtests/threads/replaying.ts';
import { Team } from '#features/backtests/threads/team.ts';
import { END, madeUp } from './support/history.ts';
import { type Bench, type Line, ratio, seconds, sideBySide } from './support/measure.ts';
import { fullPact, reducedPact } from './support/pacts.ts';

/** The reduced question as SQL puts it: at each activity, points of the last 30 days; who has 30 at some time? */
const QUESTION = `
WITH scored AS (
  SELECT a.lead, sum(s.points) OVER (
    PARTITION BY a.lead ORDER BY a.instant RANGE BETWEEN 2592000000 PRECEDING AND CURRENT ROW) AS interest
  FROM activities a JOIN signatures s ON s.code = a.code)
SELECT count(DISTINCT lead) FROM scored WHERE interest >= 30`;

const entry = new URL('../src/cli/main.ts', import.meta.url);

export const replaying: Bench = {
  title: 'Replay',
  measure: async ({ rounds, leads, each }) => {
    const columns = madeUp(leads, each);
    const [full, reduced] = [fullPact(), reducedPact()];
    const activities = columns.activities.instants.length;
    const detail = `${(activities / 1e6).toFixed(1)} M activities`;
    const lines: Line[] = [];

    const duck = await duckOf(columns, 1);
    const [whole, narrow, queried] = await sideBySide(
      [
        { name: 'full', run: () => replayColumns(columns, full, END) },
        { name: 'reduced', run: () => replayColumns(columns, reduced, END) },
        { name: 'duckdb', run: () => duck.runAndReadAll(QUESTION) },
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

/** The same activities in DuckDB, in memory, with the points of each signature beside them. */
async function duckOf({ activities: { starts, instants, codes, signatures } }: Columns, threads: number) {
  const database = await DuckDBInstance.create(':memory:', { threads: String(threads) });
  const connection = await database.connect();
  await connection.run('CREATE TABLE activities (lead INTEGER, instant BIGINT, code INTEGER)');
  await connection.run('CREATE TABLE signatures (code INTEGER, points DOUBLE)');
  const appender = await connection.createAppender('activities');
  for (let lead = 0; lead + 1 < starts.length; lead++) {
    for (let i = starts[lead]!; i < starts[lead + 1]!; i++) {
      appender.appendInteger(lead);
      appender.appendBigInt(BigInt(instants[i]!));
      appender.appendInteger(codes[i]!);
      appender.endRow();
    }
  }
  appender.closeSync();
  const points = await connection.createAppender('signatures');
  for (const [code, { type, properties }] of signatures.entries()) {
    const path = properties.find(([name]) => name === 'path')?.[1] ?? '';
    points.appendInteger(code);
    points.appendDouble(pointsOf(type, path));
    points.endRow();
  }
  points.closeSync();
  return connection;
}

function pointsOf(type: string, path: string): number {
  if (type === 'page') return path.startsWith('/pricing') ? 8 : path.startsWith('/docs') ? 2 : 0;
  return { 'content downloaded': 5, 'webinar attended': 10, 'email clicked': 3 }[type] ?? 0;
}
