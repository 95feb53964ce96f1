import { footprint } from '#engine/replay/columns.ts';
import { idOf, planLeads } from '#platform/files/leads.ts';
import type { Block } from '#platform/files/records.ts';
import type { Table } from '#platform/files/table.ts';
import { command } from './command.ts';
import type { Io } from './io.ts';
import { readPact } from './pact-file.ts';
import { Reading, readingOptions } from './reading.ts';
import { type ActivityKeys, loadActivities, refuseUntaken } from './scoring/activity-keys.ts';
import type { Scored, ScoreJob } from './scoring/job.ts';
import { Judges } from './scoring/judges.ts';
import { portionsOf } from './scoring/portions.ts';
import { Printout } from './scoring/printout.ts';
import { widthOf } from './terminal/text.ts';

export const score = command({
  name: 'score',
  summary: 'the verdict for each lead of a file, in the order of the file',
  operands: [{ name: 'PACT', help: 'the pact file; - for standard input' }],
  options: {
    leads: {
      kind: 'file',
      value: 'FILE',
      required: true,
      help: 'the leads, CSV; - for standard input, .gz as it is',
    },
    activities: { kind: 'file', value: 'FILE', help: 'what they did, CSV: lead, at, type and properties' },
    at: { kind: 'instant', value: 'INSTANT', help: 'the instant to judge at; now when not said' },
    explain: { kind: 'flag', help: 'open every verdict into its reasons' },
    ...readingOptions,
  },
  examples: [
    ['leadpact score acme.yaml --leads hubspot-contacts.csv', 'who is an MQL now, from the export as it is'],
    [
      'leadpact score acme.yaml --leads leads.csv --activities web.csv.gz --explain',
      'with behaviour, and why',
    ],
  ],
  run: async ({ operands, options, format, io }) => {
    const [given] = operands as [string];
    const reading = new Reading(io, options);
    reading.check([given, options.leads, options.activities]);
    const { pact } = await readPact(io, given);
    const needs = footprint([pact]);
    return reading.during(async () => {
      const activities =
        options.activities === undefined ? null : await loadActivities(reading, options.activities, needs);
      const table = await reading.open(options.leads);
      const plan = planLeads(table.header, needs.attributes, options);
      reading.noteAbsent(table, plan.absent);
      const job: ScoreJob = {
        pact,
        at: options.at ?? io.now(),
        plan,
        zone: options.zone,
        explain: options.explain,
        format,
        colour: io.out.colour,
        idWidth: 8,
        activities: activities?.columns ?? null,
      };
      await printScores(reading, table, job, activities, io);
      if (activities !== null) await refuseUntaken(reading, options.activities!, activities, table.name);
    });
  },
});

/** Rows are printed as they are judged; when the file breaks off, what was read of it has been printed whole. */
async function printScores(
  reading: Reading,
  table: Table,
  job: ScoreJob,
  activities: ActivityKeys | null,
  { out, entry }: Io,
): Promise<void> {
  const printout = new Printout(job, out);
  const portions = portionsOf(reading, table, job.plan, activities);
  const waiting: Promise<Scored>[] = [];
  let judges: Judges | null = null;
  const settle = async () => {
    const { text, refusals, tally } = await waiting.shift()!;
    for (const refusal of refusals) reading.rejects.add({ file: table.name, ...refusal });
    await printout.add(text, tally);
    await reading.progress.at(`${table.name}: leads`, printout.leads, table.progress());
  };
  try {
    try {
      for await (const { block, portion } of portions) {
        judges ??= new Judges(printout.begin(idWidthOf(job, block)), entry);
        const scored = judges.judge(portion);
        scored.catch(() => undefined); // told where it is awaited, in its turn
        waiting.push(scored);
        while (waiting.length > judges.room) await settle();
      }
    } finally {
      while (waiting.length > 0) await settle();
      await printout.end();
    }
  } finally {
    await judges?.close();
  }
}

/** As wide as the longest id of the first rows. */
function idWidthOf({ plan }: ScoreJob, block: Block): number {
  let width = 2;
  for (let row = 0; row < Math.min(block.rows, 1000); row++) {
    width = Math.max(width, widthOf(idOf(plan, block, row)));
  }
  return Math.min(width, 40);
}
