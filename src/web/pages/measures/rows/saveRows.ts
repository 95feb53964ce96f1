/** All rows behind a number, as a file. */
import { notifications } from '@mantine/notifications';
import { listRows, type MeasureRow } from '#contract/measures.ts';
import { call } from '../../../app/api/call.ts';
import { wordsOf } from '../../../app/api/queries.ts';
import { saveCsv } from '../../../parts/chart/save.ts';

const COLUMNS = [
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
] as const satisfies readonly (keyof MeasureRow)[];

export async function saveRows(params: Record<string, string>, what: string): Promise<void> {
  try {
    const rows = await readAll(params);
    saveCsv(
      { head: COLUMNS, rows: rows.map((row) => COLUMNS.map((column) => row[column])) },
      what.toLowerCase(),
    );
  } catch (error) {
    notifications.show({ color: 'red', title: 'Not saved', message: wordsOf(error) });
  }
}

async function readAll(params: Record<string, string>): Promise<MeasureRow[]> {
  const all: MeasureRow[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const query = { ...params, limit: 500, ...(cursor !== undefined && { cursor }) } as never;
    const page: { items: MeasureRow[]; next: string | null } = await call(listRows, { query });
    all.push(...page.items);
    cursor = page.next;
  }
  return all;
}
