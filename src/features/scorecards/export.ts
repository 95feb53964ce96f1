/** Figures and their rows as CSV, for whoever goes on with a spreadsheet. */
import type { Figure, MeasureRow } from '#contract/measures.ts';
import { csvLine } from '#platform/files/csv-line.ts';
import { safeCell } from '#platform/files/safe-cell.ts';

type Cell = string | number | boolean | null;

/** Numbers stay bare; text is kept from being a formula. */
const line = (cells: readonly Cell[]): string =>
  csvLine(cells.map((cell) => (typeof cell === 'string' ? safeCell(cell) : `${cell ?? ''}`)));

const ROW = [
  'kind',
  'id',
  'lead',
  'name',
  'source',
  'at',
  'what',
  'clause',
  'version',
  'pass',
  'amount',
  'currency',
  'elapsed',
] as const satisfies (keyof MeasureRow)[];

const PIECE = 500;
const MOST = 100_000;

type Page = { items: MeasureRow[]; next: string | null };
type Read = (page: { limit: number; cursor?: string }) => Promise<Page>;

/** The rows' file, piece by piece, each read in a transaction of its own: a slow reader holds nothing. */
export async function exportRows(read: Read): Promise<AsyncIterable<string>> {
  const first = await read({ limit: PIECE }); // a refusal is answered, not cut off
  return pieces(first, read);
}

async function* pieces(first: Page, read: Read): AsyncIterable<string> {
  yield csvLine([...ROW]);
  let page = first;
  for (let told = page.items.length; ; told += page.items.length) {
    yield page.items.map((row) => line(ROW.map((column) => row[column]))).join('');
    if (page.next === null || told >= MOST) return;
    page = await read({ limit: PIECE, cursor: page.next });
  }
}

const FIGURE: Record<string, (figure: Figure) => Cell> = {
  measure: ({ measure }) => measure,
  name: ({ name }) => name,
  unit: ({ unit }) => unit,
  value: ({ value }) => value,
  currency: ({ currency }) => currency,
  numerator: ({ numerator }) => numerator,
  denominator: ({ denominator }) => denominator,
  low: ({ interval }) => interval?.[0] ?? null,
  high: ({ interval }) => interval?.[1] ?? null,
  enough: ({ enough }) => enough,
  promised: ({ promised }) => promised,
  kept: ({ kept }) => kept,
  before: ({ before }) => before?.value ?? null,
  says: ({ says }) => says,
};

/** What tells the groups of reports apart. */
const GROUPS = [
  'of',
  'month',
  'source',
  'step',
  'rung',
  'bucket',
  'tier',
  'term',
  'party',
  'type',
  'about',
  'id',
];

/** Every figure of a report, each with where in it it stands. */
export async function exportFigures(report: unknown): Promise<AsyncIterable<string>> {
  const lines = [...figuresIn(report, [])].map(([place, figure]) =>
    line([place.join(' / '), ...Object.values(FIGURE).map((tell) => tell(figure))]),
  );
  return (async function* () {
    yield csvLine(['place', ...Object.keys(FIGURE)]);
    yield lines.join('');
  })();
}

function* figuresIn(value: unknown, place: readonly string[]): Generator<[readonly string[], Figure]> {
  if (typeof value !== 'object' || value === null) return;
  if ('measure' in value && 'rows' in value && 'promised' in value) {
    yield [place, value as Figure];
    return;
  }
  const named = Object.entries(value).flatMap(([name, told]) =>
    GROUPS.includes(name) && typeof told === 'string' ? [told] : [],
  );
  for (const [name, part] of Object.entries(value)) {
    const own = Array.isArray(value) ? [] : [name];
    yield* figuresIn(part, [...place, ...named, ...own]);
  }
}
