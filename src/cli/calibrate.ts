import { writeFile } from 'node:fs/promises';
import { type Calibration, calibrate as study } from '#engine/calibration/calibrate.ts';
import type { Report } from '#engine/calibration/report.ts';
import { CallError, messageOf, OutsideError } from '#platform/errors.ts';
import { csvLine } from '#platform/files/csv-line.ts';
import { reportText } from './calibrating/report.ts';
import { type LoadedStudy, loadStudy } from './calibrating/study.ts';
import { command } from './command.ts';
import type { Io, Stream } from './io.ts';
import { pathOf } from './paths.ts';
import { Reading, readingOptions } from './reading.ts';

export const calibrate = command({
  name: 'calibrate',
  summary: 'what won and lost leads say of each attribute, and the points that follow',
  operands: [],
  options: {
    leads: {
      kind: 'file',
      value: 'FILE',
      required: true,
      help: 'the leads, CSV; - for standard input, .gz as it is',
    },
    outcome: {
      kind: 'text',
      value: 'COL[=VALUE]',
      help: 'the column that says who won, and by which value where it does not go without saying',
    },
    deals: { kind: 'file', value: 'FILE', help: 'the deals, CSV: a lead has won when one of its deals has' },
    activities: { kind: 'file', value: 'FILE', help: 'what the leads did, CSV: lead, at, type' },
    ignore: { kind: 'list', value: 'COL,…', help: 'columns never to look at' },
    keep: { kind: 'list', value: 'COL,…', help: 'columns to keep although they are suspect' },
    'any-shape': { kind: 'list', value: 'COL,…', help: 'numbers whose close rate may rise and fall again' },
    since: { kind: 'instant', value: 'INSTANT', help: 'only leads that came in then or later' },
    until: { kind: 'instant', value: 'INSTANT', help: 'only leads that came in before' },
    out: { kind: 'file', value: 'PACT', help: 'write the points down as a draft of a pact' },
    ...readingOptions,
    created: {
      kind: 'text',
      value: 'COL',
      help: 'the column that says when a lead came in; the test is then on the newest leads',
    },
  },
  examples: [
    [
      'leadpact calibrate --leads leads.csv --outcome Converted',
      'which attributes tell a won lead from a lost one',
    ],
    [
      'leadpact calibrate --leads contacts.csv --deals deals.csv --created "Create Date"',
      'from a CRM, tested by time',
    ],
    [
      'leadpact calibrate --leads leads.csv --outcome Stage=Won --out draft.yaml',
      'and the points as a pact to talk about',
    ],
  ],
  run: async ({ options, format, io }) => {
    const reading = new Reading(io, options);
    reading.check([options.leads, options.deals, options.activities]);
    checkOut(io, options.out, [options.leads, options.deals, options.activities]);
    return reading.during(async () => {
      const loaded = await loadStudy(reading, options);
      const calibration = study(loaded.study);
      await reading.progress.clear();
      await printers[format](calibration.report, io.out);
      if (options.out !== undefined) await writeDraft(io, options.out, loaded, calibration, reading.note);
    });
  },
});

type Printer = (report: Report, out: Stream) => Promise<void>;

const printers: Record<'json' | 'csv' | 'table', Printer> = {
  json: (report, out) => out.write(`${JSON.stringify(report, null, 2)}\n`),
  csv: (report, out) => out.write(asCsv(report)),
  table: (report, out) => out.write(reportText(report, out.width ?? 100, out.colour)),
};

function asCsv({ attributes }: Report): string {
  const head = ['attribute', 'iv', 'verdict', 'bin', 'n', 'positives', 'rate', 'woe', 'points'];
  const lines = attributes.flatMap(({ name, iv, verdict, bins }) =>
    bins.map(({ label, n, positives, woe, points }) =>
      [
        name,
        iv,
        verdict,
        label,
        n,
        positives,
        n === 0 ? '' : Number((positives / n).toFixed(6)),
        woe,
        points,
      ].map(String),
    ),
  );
  return [head, ...lines].map(csvLine).join('');
}

/** A draft is a file, and none of those that are read. */
function checkOut(io: Io, out: string | undefined, read: (string | undefined)[]): void {
  if (out === undefined) return;
  if (out === '-') throw new CallError('--out wants the name of a file; standard output has the report');
  if (read.some((file) => file !== undefined && file !== '-' && pathOf(io, file) === pathOf(io, out))) {
    throw new CallError(`--out ${out} would overwrite a file that is read; name another`);
  }
}

async function writeDraft(
  io: Io,
  out: string,
  { study, file, hasEmail, activities }: LoadedStudy,
  calibration: Calibration,
  note: (sentence: string) => void,
): Promise<void> {
  if (!calibration.report.enough) {
    note(`${out} was not written: there is not enough evidence for a proposal`);
    return;
  }
  const { draftPact } = await import('#engine/calibration/draft/draft.ts'); // brings the whole language of pacts
  const text = draftPact(calibration, { name: `Draft from ${file}`, won: study.won, activities, hasEmail });
  try {
    await writeFile(pathOf(io, out), text);
  } catch (error) {
    throw new OutsideError(`${out} could not be written: ${messageOf(error)}`);
  }
  note(`${out} holds the draft of a pact; \`leadpact check ${out}\` says what it reads`);
}
