/** A list of leads as a CSV file, piece by piece. */
import type { LeadSearch, LeadSummary } from '#contract/leads.ts';
import { csvLine } from '#platform/files/csv-line.ts';
import { safeCell } from '#platform/files/safe-cell.ts';
import type { listLeads } from './list.ts';

const PIECE = 1_000;
const MOST = 100_000;

/** What a row tells. Numbers stay bare; text that came from outside is kept from being a formula. */
const columns: Record<string, (lead: LeadSummary) => string | number | null> = {
  id: ({ id }) => id,
  email: ({ email }) => email,
  name: ({ name }) => name,
  account: ({ account }) => account?.name ?? account?.domain ?? null,
  source: ({ source }) => source,
  created_at: ({ created_at }) => created_at,
  verdict: ({ verdict }) => verdict,
  stage: ({ stage }) => stage,
  stage_since: ({ stage_since }) => stage_since,
  grade: ({ grade }) => grade,
  fit: ({ fit }) => fit,
  interest: ({ interest }) => interest,
  pass: ({ pass }) => pass,
  mql_at: ({ mql_at }) => mql_at,
  last_activity_at: ({ last_activity_at }) => last_activity_at,
};

type Wanted = Omit<LeadSearch, 'limit' | 'cursor'>;
type Page = Awaited<ReturnType<typeof listLeads>>;

/**
 * The file's pieces. Each is read in a transaction of its own, so that a slow reader holds nothing.
 * @param read reads a page of the list
 */
export async function exportLeads(
  wanted: Wanted,
  read: (search: LeadSearch) => Promise<Page>,
): Promise<AsyncIterable<string>> {
  const first = await read({ ...wanted, limit: PIECE }); // a refusal is answered, not cut off
  return pieces(first, (cursor) => read({ ...wanted, limit: PIECE, cursor }));
}

async function* pieces(first: Page, readOn: (cursor: string) => Promise<Page>): AsyncIterable<string> {
  yield csvLine(Object.keys(columns));
  let page = first;
  for (let told = page.items.length; ; told += page.items.length) {
    yield page.items.map(lineOf).join('');
    if (page.next === null || told >= MOST) return;
    page = await readOn(page.next);
  }
}

const lineOf = (lead: LeadSummary): string =>
  csvLine(
    Object.values(columns).map((tell) => {
      const told = tell(lead);
      return typeof told === 'string' ? safeCell(told) : `${told ?? ''}`;
    }),
  );
