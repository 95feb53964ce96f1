/** P13, P14, P16: the command line on files, as whole processes. */
import { execFileSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { Chance } from './support/chance.ts';
import { type Bench, type Line, median, seconds } from './support/measure.ts';

const main = join(import.meta.dirname, '../src/cli/main.ts');
const COLUMNS = 20;

async function writeLeads(path: string, rows: number): Promise<void> {
  const chance = new Chance(3);
  const out = createWriteStream(path);
  const names = Array.from({ length: COLUMNS }, (_, i) => `a${i}`);
  out.write(`id,email,won,${names.join(',')}\n`);
  for (let row = 0; row < rows; row++) {
    const cells = names.map((_, i) => (i % 2 === 0 ? chance.whole(1000) : `level-${chance.whole(12)}`));
    const won = chance.whole(100) < (Number(cells[0]) > 700 ? 20 : 6) ? 1 : 0;
    if (!out.write(`L${row},p${row}@x.example,${won},${cells.join(',')}\n`)) {
      await new Promise((resolve) => out.once('drain', resolve));
    }
  }
  out.end();
  await finished(out);
}

const pact = {
  pact: 'Twenty criteria',
  language: 1,
  profile: Array.from({ length: COLUMNS }, (_, i) => ({
    id: `c${i}`,
    text: `c${i}`,
    when: {
      attribute: `a${i}`,
      ...(i % 2 === 0 ? { between: [100, 600] } : { in: ['level-1', 'level-5', 'level-7'] }),
    },
    points: 5,
  })),
  mql: { when: { fit: { gte: 40 } } },
};

export const files: Bench = {
  title: 'Files',
  measure: async ({ rounds, rows }) => {
    const directory = mkdtempSync(join(tmpdir(), 'leadpact-bench-'));
    const lines: Line[] = [];
    try {
      const at = (name: string) => join(directory, name);
      writeFileSync(at('pact.json'), JSON.stringify(pact));
      await writeLeads(at('leads.csv'), rows * 10);
      await writeLeads(at('study.csv'), 45_000);
      const time = (...words: string[]): number => {
        const started = performance.now();
        execFileSync(process.execPath, [main, ...words], {
          stdio: ['ignore', 'ignore', 'pipe'],
          maxBuffer: 1 << 28,
        });
        return performance.now() - started;
      };
      const times = (...words: string[]) => median(Array.from({ length: rounds }, () => time(...words)));

      const check = times('check', at('pact.json'));
      lines.push({
        target: 'P16 check, from its sources',
        wanted: '≤ 0.30 s',
        measured: seconds(check),
        met: check <= 300,
      });
      const score = times('score', at('pact.json'), '--leads', at('leads.csv'));
      const rate = (rows * 10) / ((score - check) / 1000);
      lines.push({
        target: `P13 score, ${COLUMNS} criteria, ${(rows * 10).toLocaleString('en')} leads`,
        wanted: '≥ 150,000 leads/s',
        measured: `${Math.round(rate).toLocaleString('en')} leads/s`,
        met: rate >= 150_000,
      });
      const calibrate = times('calibrate', '--leads', at('study.csv'), '--outcome', 'won');
      lines.push({
        target: 'calibrate, 45,000 rows × 20 columns, whole command',
        wanted: '≤ 3 s',
        measured: seconds(calibrate),
        met: calibrate <= 3000,
      });
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
    return lines;
  },
};
