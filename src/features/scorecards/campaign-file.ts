/** Campaigns and costs out of a CSV, whatever its delimiter and headers. The same file again changes nothing. */
import type { Deed } from '#features/handoffs/deed.ts';
import { decimalMark, readAmount } from '#platform/files/amounts.ts';
import { readDate, WANTED_DATE } from '#platform/files/dates.ts';
import type { Column } from '#platform/files/header.ts';
import { openTable } from '#platform/files/table.ts';
import { foldedName, openCampaign, type Spent, spend } from './campaigns.ts';

const HEADERS = {
  name: ['campaign', 'campaign name', 'name'],
  source: ['source', 'channel', 'utm source'],
  utm: ['utm', 'utm campaign'],
  from: ['from', 'start', 'start date', 'date', 'day', 'month'],
  to: ['to', 'end', 'end date'],
  amount: ['amount', 'cost', 'spend', 'amount spent'],
  currency: ['currency', 'currency code'],
};

type Reject = { line: number; column: string | null; found: string; wanted: string };
type Line = {
  line: number;
  name: string;
  source: string;
  utm: string;
  from: string;
  to: string;
  amount: string;
  currency: string;
};
export type Taken = { campaigns: number; costs: number; rejected: Reject[] };

/** @param currency of rows that name none. @throws InputError when it is no table */
export async function importCampaigns(deed: Deed, csv: string, currency: string): Promise<Taken> {
  const { lines, rejected, columns } = await readLines(csv);
  const mark = decimalMark(lines.map(({ amount }) => amount));
  const known = await deed.query<{ id: string; name: string }>(
    'SELECT id, lower(btrim(name)) AS name FROM campaigns WHERE workspace_id = $1',
    [deed.workspace],
  );
  const ids = new Map(known.map(({ id, name }) => [name, id]));
  const costs = new Map<string, Spent[]>();
  let made = 0;
  for (const line of lines) {
    const spent = readSpent(line, mark, currency);
    if (spent !== null && 'wanted' in spent) {
      rejected.push({
        line: line.line,
        column: columns[spent.column]?.name ?? null,
        found: JSON.stringify(line[spent.column]),
        wanted: spent.wanted,
      });
      continue;
    }
    const name = foldedName(line.name)!;
    let id = ids.get(name);
    if (id === undefined) {
      id = await openCampaign(deed, {
        name: line.name.trim(),
        source: line.source || null,
        utm: line.utm || null,
      });
      ids.set(name, id);
      made++;
    }
    if (spent !== null) costs.set(id, [...(costs.get(id) ?? []), spent]);
  }
  let changed = 0;
  for (const [id, all] of costs) changed += await spend(deed, id, all);
  return { campaigns: made, costs: changed, rejected: rejected.sort((a, b) => a.line - b.line) };
}

type Columns = Record<keyof typeof HEADERS, Column | null>;

async function readLines(csv: string): Promise<{ lines: Line[]; rejected: Reject[]; columns: Columns }> {
  const rejected: Reject[] = [];
  const bytes = (async function* () {
    yield Buffer.from(csv);
  })();
  const table = await openTable({
    path: '-',
    name: 'the file',
    stdin: bytes,
    rejects: {
      add: ({ line, column = null, found, wanted }) => rejected.push({ line, column, found, wanted }),
    },
    note: () => undefined, // encodings and delimiters of what was pasted are nobody's concern
    encoding: 'utf-8',
  });
  const columns = Object.fromEntries(
    Object.entries(HEADERS).map(([name, headers]) => [name, table.header.first(headers)]),
  ) as Columns;
  const lines: Line[] = [];
  for await (const block of table.blocks) {
    for (let row = 0; row < block.rows; row++) {
      const cell = (column: Column | null): string =>
        column === null ? '' : block.cell(row, column.index).trim();
      const cells = Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, cell(column)]));
      const line = { line: block.line(row), ...cells } as Line;
      if (line.name === '')
        rejected.push({
          line: line.line,
          column: columns.name?.name ?? null,
          found: 'nothing',
          wanted: 'the name of a campaign',
        });
      else lines.push(line);
    }
  }
  return { lines, rejected, columns };
}

type Fault = { column: 'from' | 'to' | 'amount' | 'currency'; wanted: string };

/** What a line says was spent; null when it says nothing of that. */
function readSpent(line: Line, mark: '.' | ',', fallback: string): Spent | Fault | null {
  if (line.amount === '') return null;
  const amount = readAmount(line.amount, mark);
  if (amount === null || amount < 0 || amount > 1e15)
    return { column: 'amount', wanted: 'an amount such as 1200, 1,200.50 or 1.200,50' };
  const from = dayOf(line.from);
  if (from === null) return { column: 'from', wanted: WANTED_DATE };
  const to = line.to === '' ? (/^\d{4}-\d\d$/.test(line.from) ? lastOf(from) : from) : dayOf(line.to);
  if (to === null || to < from) return { column: 'to', wanted: `a date that is not before ${from}` };
  const currency = line.currency === '' ? fallback : line.currency.toUpperCase();
  if (!/^[A-Z]{3}$/.test(currency)) return { column: 'currency', wanted: 'three letters, as EUR' };
  return { from, to, amount, currency };
}

/** A day, or the first of a month that is written as 2026-04. */
function dayOf(text: string): string | null {
  const at = readDate(/^\d{4}-\d\d$/.test(text) ? `${text}-01` : text, { order: 'dmy' });
  return at === null ? null : new Date(at).toISOString().slice(0, 10);
}

const lastOf = (first: string): string => {
  const day = Temporal.PlainDate.from(first);
  return day.with({ day: day.daysInMonth }).toString();
};
