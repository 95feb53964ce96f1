/** Walks every figure of a report: each opens into exactly as many rows as it says. */
import { expect } from 'vitest';
import type { MeasureRow, Opening } from '#contract/measures.ts';
import type { Ask } from './api.ts';

type Found = { path: string; opening: Opening };

const isOpening = (value: object): value is Opening =>
  'route' in value && 'params' in value && 'count' in value;

/** Every opening in an answer, with where it stands. */
function openingsIn(value: unknown, path: string): Found[] {
  if (typeof value !== 'object' || value === null) return [];
  if (isOpening(value)) return [{ path, opening: value }];
  return Object.entries(value).flatMap(([name, part]) => openingsIn(part, `${path}.${name}`));
}

/** All rows of an opening, page by page. */
async function rowsBehind(ask: Ask, { route, params }: Opening, limit = 500): Promise<MeasureRow[]> {
  const rows: MeasureRow[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query = new URLSearchParams({ ...params, limit: String(limit), ...(cursor && { cursor }) });
    const { status, body } = await ask('GET', `${route}?${query}`);
    expect(status, JSON.stringify(body)).toBe(200);
    const page = body as { items: MeasureRow[]; next: string | null };
    rows.push(...page.items);
    cursor = page.next;
  }
  return rows;
}

/** @returns how many openings there were */
export async function walk(ask: Ask, report: unknown): Promise<number> {
  const found = openingsIn(report, '');
  const known = new Map<string, number>();
  for (const { path, opening } of found) {
    const key = JSON.stringify(opening.params);
    if (!known.has(key)) {
      const rows = await rowsBehind(ask, opening);
      expect(new Set(rows.map((row) => JSON.stringify(row))).size, `${path}: rows come once`).toBe(
        rows.length,
      );
      known.set(key, rows.length);
    }
    expect([path, known.get(key)]).toEqual([path, opening.count]);
  }
  for (const text of textsIn(report)) expect(text).not.toMatch(/NaN|Infinity|undefined|null/);
  return found.length;
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null)
    for (const part of Object.values(value)) yield* textsIn(part);
}
