// Writes the example company's history: leads, activities, deals and handoffs as CSV. Run by `npm run example`,
// which makes the committed files again; `--leads 1000000 --activities 20 --out /tmp/acme` makes a large one.
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { FILES, type FileName, rows } from '#features/demo/simulation/rows.ts';
import { COMMITTED, type Size, simulate } from '#features/demo/simulation/simulate.ts';

const USAGE = `Usage: npm run example -- [--leads N] [--activities N] [--seed N] [--out DIR]
  --leads       how many leads (${COMMITTED.leads})
  --activities  mean number of activities of a lead, 5 to 1000 (${COMMITTED.activities})
  --seed        another seed tells another story with the same truths (${COMMITTED.seed})
  --out         where the four files go (this folder)`;

/** Bytes gathered before they are written. */
const CHUNK = 1 << 20;

/** One file being written, a large piece at a time. */
class Output {
  readonly file: number;
  private pending = '';

  constructor(path: string, header: string) {
    this.file = openSync(path, 'w');
    this.add(header);
  }

  add(line: string): void {
    this.pending += `${line}\n`;
    if (this.pending.length >= CHUNK) this.flush();
  }

  close(): void {
    this.flush();
    closeSync(this.file);
  }

  private flush(): void {
    const bytes = Buffer.from(this.pending);
    for (let written = 0; written < bytes.length; ) written += writeSync(this.file, bytes, written);
    this.pending = '';
  }
}

function make(size: Size, folder: string): void {
  mkdirSync(folder, { recursive: true });
  const names = Object.keys(FILES) as FileName[];
  const outputs = names.map((name) => new Output(join(folder, `${name}.csv`), FILES[name].join(',')));
  for (const told of simulate(size)) {
    const lines = rows(told);
    for (const [i, name] of names.entries()) for (const line of lines[name]) outputs[i]!.add(line);
  }
  for (const output of outputs) output.close();
}

function wholeNumber(option: string, text: string, least: number, most: number): number {
  const n = Number(text);
  if (/^\d+$/.test(text) && n >= least && n <= most) return n;
  console.error(`--${option} ${text}: wanted a whole number from ${least} to ${most}.\n\n${USAGE}`);
  process.exit(2);
}

function read(): { size: Size; folder: string } {
  try {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({ options: { leads: text, activities: text, seed: text, out: text } });
    const number = (option: keyof Size, least: number, most: number): number =>
      values[option] === undefined ? COMMITTED[option] : wholeNumber(option, values[option], least, most);
    const size = {
      seed: number('seed', 0, 2 ** 32 - 1),
      leads: number('leads', 1, 100_000_000),
      activities: number('activities', 5, 1000),
    };
    return { size, folder: values.out ?? import.meta.dirname };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    process.exit(2);
  }
}

const { size, folder } = read();
make(size, folder);
