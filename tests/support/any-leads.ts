/** Leads with an outcome and truths planted in them, for tests of calibration. The same seed gives the same leads. */
import type { Study } from '#engine/calibration/calibrate.ts';
import { seededRandom } from '#engine/calibration/random.ts';
import { buildTable, type Table } from '#engine/calibration/table.ts';

export type Row = Record<string, string>;
export type LeadsWithTruths = { rows: Row[]; won: Uint8Array };

/** What moves the log-odds of winning. */
const SOURCES: [name: string, share: number, logOdds: number][] = [
  ['Google', 0.4, 0],
  ['Referral', 0.15, 1.5],
  ['List', 0.25, -1.5],
  ['', 0.2, 0.3],
];
const SIZES: [below: number, logOdds: number][] = [
  [50, -1],
  [200, 0],
  [1000, 1],
];

/**
 * Leads of which the source and the number of employees matter, seconds on the site matter but for 0 (never measured),
 * and colour and shoe size do not.
 */
export function leadsWithTruths(count: number, seed = 1, base = -1): LeadsWithTruths {
  const random = seededRandom(seed);
  const won = new Uint8Array(count);
  const rows = Array.from({ length: count }, (_, i): Row => {
    const [source, , bySource] = pick(SOURCES, random());
    const employees = Math.floor(random() * 1000);
    const bySize = SIZES.find(([below]) => employees < below)![1];
    const seconds = random() < 0.3 ? 0 : Math.floor(1 + random() * 600);
    const bySeconds = seconds === 0 ? 0.6 : (seconds - 300) / 200;
    const logOdds = base + bySource + bySize + bySeconds;
    won[i] = random() < 1 / (1 + Math.exp(-logOdds)) ? 1 : 0;
    return {
      id: `L${i + 1}`,
      source: source === 'Google' && random() < 0.1 ? 'google' : source,
      employees: String(employees),
      seconds: String(seconds),
      colour: ['red', 'green', 'blue'][Math.floor(random() * 3)]!,
      'shoe size': String(36 + Math.floor(random() * 10)),
    };
  });
  return { rows, won };
}

function pick<T extends readonly [unknown, number, ...unknown[]]>(shares: readonly T[], at: number): T {
  let passed = 0;
  return shares.find(([, share]) => {
    passed += share;
    return at < passed;
  })!;
}

export function tableOf(rows: readonly Row[]): Table {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const builder = buildTable(names);
  for (const row of rows) builder.add(names.map((name) => row[name] ?? ''));
  return builder.done();
}

/** A study of such leads with nothing special asked. */
export const studyOf = ({ rows, won }: LeadsWithTruths, asked: Partial<Study> = {}): Study => ({
  table: tableOf(rows),
  won,
  createdAt: null,
  closedAt: null,
  byTime: false,
  open: 0,
  ids: ['id'],
  ignore: [],
  keep: [],
  anyShape: [],
  ...asked,
});
