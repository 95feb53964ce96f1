import { type Ends, flips, backtest as hold } from '#engine/backtest/backtest.ts';
import { fold } from '#engine/criterion/value.ts';
import { digestPact } from '#engine/pact/digest.ts';
import type { Pact } from '#engine/pact/pact.ts';
import { footprint } from '#engine/replay/columns.ts';
import { replayBy } from '#features/backtests/threads/replaying.ts';
import { Team } from '#features/backtests/threads/team.ts';
import { asCsv, asJson, type Backtested } from './backtesting/figures.ts';
import { report } from './backtesting/report.ts';
import { command, type Format } from './command.ts';
import { readHistory } from './history/history.ts';
import type { Stream } from './io.ts';
import { readPact } from './pact-file.ts';
import { Reading, readingOptions } from './reading.ts';

export const backtest = command({
  name: 'backtest',
  summary: 'replay a pact over history and hold it to the deals; with two pacts, who gains and who loses',
  operands: [
    { name: 'PACT', help: 'the pact file; - for standard input' },
    { name: 'PACT2', help: 'another, to compare with it', optional: true },
  ],
  options: {
    leads: {
      kind: 'file',
      value: 'FILE',
      required: true,
      help: 'the leads, CSV; - for standard input, .gz as it is',
    },
    activities: { kind: 'file', value: 'FILE', help: 'what they did, CSV: lead, at, type and properties' },
    deals: {
      kind: 'file',
      value: 'FILE',
      help: 'how it ended, CSV: lead, outcome or stage, closed_at, amount',
    },
    at: { kind: 'instant', value: 'INSTANT', help: 'the end of the replay; now when not said' },
    outcome: {
      kind: 'text',
      value: 'COL[=VALUE]',
      help: 'the column of the deals that says they were won; found by its header when not said',
    },
    won: { kind: 'list', value: 'WORD,…', help: 'further stages that mean won' },
    lost: { kind: 'list', value: 'WORD,…', help: 'further stages that mean lost' },
    ...readingOptions,
  },
  examples: [
    [
      'leadpact backtest acme.yaml --leads leads.csv --activities web.csv --deals deals.csv',
      'does our definition of an MQL find the deals we win?',
    ],
    [
      'leadpact backtest acme.yaml acme-next.yaml --leads leads.csv --deals deals.csv',
      'what the next version would have changed',
    ],
  ],
  run: async ({ operands, options, format, io }) => {
    const started = performance.now();
    const reading = new Reading(io, options);
    reading.check([...operands, options.leads, options.activities, options.deals]);
    const pacts: Pact[] = [];
    for (const given of operands) pacts.push((await readPact(io, given)).pact);
    const until = options.at ?? io.now();
    return reading.during(async () => {
      const own = { won: new Set(options.won?.map(fold)), lost: new Set(options.lost?.map(fold)) };
      const dealOptions = { outcome: options.outcome, own };
      const { columns, activities, deals } = await readHistory(
        reading,
        options,
        footprint(pacts),
        dealOptions,
      );
      const replaying = performance.now();
      const tracks: Ends[] = [];
      const team = new Team(io.entry, { along: true });
      for (const pact of pacts) tracks.push(await replayBy(team, { columns, pact, until }));
      await team.close();
      const replayed = performance.now() - replaying;
      const sides = pacts.map((pact, i) => ({
        pact: pact.pact,
        digest: digestPact(pact),
        figures: hold(tracks[i]!, deals, pact.calendar.zone),
      }));
      const [first, second] = sides as [(typeof sides)[0], (typeof sides)[0]?];
      await print(
        {
          first,
          second,
          flips: second === undefined ? null : flips(tracks[0]!, tracks[1]!, columns.ids),
          leads: columns.ids.length,
          activities,
          until,
          withDeals: options.deals !== undefined,
          elapsedMs: Math.round(performance.now() - started),
          replayMs: Math.round(replayed),
        },
        format,
        io.out,
      );
    });
  },
});

const printers: Record<Format, (backtested: Backtested, out: Stream) => string> = {
  json: asJson,
  csv: asCsv,
  table: report,
};

const print = (backtested: Backtested, format: Format, out: Stream): Promise<void> =>
  out.write(printers[format](backtested, out));
