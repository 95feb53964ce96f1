/** The ledger's rows, read by the million: what is packed, and what is not packed yet. */
import type { Raw } from '#engine/facts/facts.ts';
import { type Columns, ColumnsBuilder, type Footprint } from '#engine/replay/columns.ts';
import { effectiveChanges, type Statement } from '#features/leads/attributes.ts';
import type { Trust } from '#features/leads/identity/identity.ts';
import { Fields } from '#platform/db/fields.ts';
import type { Copy, Query } from '#platform/db/transaction.ts';
import type { RunBuilder } from './run.ts';
import { type Booked, STRETCH } from './state-chunk.ts';

/** Before all ids. */
export const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** Ids of the ledger in `(after, upto]`; without an end, all that follow. */
export type IdSpan = { after: string; upto?: string };

const numbers = (list: readonly number[]): string => `'{${list.join(',')}}'::bigint[]`;
const within = ({ after, upto }: IdSpan): string =>
  `id > '${after}'::uuid${upto === undefined ? '' : ` AND id <= '${upto}'::uuid`}`;

const utf8 = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8');

/** Puts activities into a run, each type and each set of properties looked at once. */
class ActivityTaker {
  readonly #run: RunBuilder;
  readonly #codes = new Map<string, number>();

  constructor(run: RunBuilder) {
    this.#run = run;
  }

  take(fields: Fields): void {
    const lead = fields.whole();
    const at = fields.instant()!;
    const type = fields.bytes();
    const key = `${type}\n${fields.bytes()}`;
    let code = this.#codes.get(key);
    if (code === undefined) {
      code = this.#run.code(`${JSON.stringify(utf8(type))}\n${utf8(key.slice(type.length + 1))}`);
      this.#codes.set(key, code);
    }
    this.#run.add(lead, at, code);
  }
}

const ACTIVITY = 'lead, at, type, properties::text';

/** Activities by their ids, in order, at most so many. @returns the id of the last; null when there are none */
export async function takeActivities(
  copy: Copy,
  workspace: string,
  span: IdSpan,
  most: number,
  run: RunBuilder,
): Promise<string | null> {
  let last: string | null = null;
  const taker = new ActivityTaker(run);
  await copy(
    `SELECT id, ${ACTIVITY} FROM activities WHERE workspace_id = '${workspace}'::uuid AND ${within(span)}
     ORDER BY id LIMIT ${most}`,
    (row) => {
      const fields = new Fields(row);
      last = fields.uuid();
      taker.take(fields);
    },
  );
  return last;
}

/** How many activities have ids in a span; no more than `most` are counted. */
export async function countActivities(
  query: Query,
  workspace: string,
  { after, upto }: IdSpan,
  most: number,
): Promise<number> {
  const [row] = await query<{ count: number }>(
    `SELECT count(*) AS count FROM (SELECT FROM activities WHERE workspace_id = $1 AND id > $2
       AND ($3::uuid IS NULL OR id <= $3) LIMIT $4) a`,
    [workspace, after, upto ?? null, most],
  );
  return row!.count;
}

/** All activities of some leads whose ids lie in a span. */
export async function takeActivitiesOf(
  copy: Copy,
  workspace: string,
  leads: readonly number[],
  span: IdSpan,
  run: RunBuilder,
): Promise<void> {
  if (leads.length === 0) return;
  const taker = new ActivityTaker(run);
  await copy(
    `SELECT ${ACTIVITY} FROM activities
     WHERE workspace_id = '${workspace}'::uuid AND lead = ANY (${numbers(leads)}) AND ${within(span)} ORDER BY id`,
    (row) => taker.take(new Fields(row)),
  );
}

type BookedRow = { number: number; root: number; erased: boolean; created_at: Date };

const BOOKED = `SELECT number, coalesce(merged_into, number) AS root, erased_at IS NOT NULL AS erased, created_at
  FROM leads WHERE workspace_id = $1`;

const bookedOf = ({ number, root, erased, created_at }: BookedRow): Booked => ({
  number,
  root,
  erased,
  created: created_at.getTime(),
});

/** Leads by their numbers; all there are, when none are named. */
export async function readBooked(
  query: Query,
  workspace: string,
  leads: readonly number[] | null,
): Promise<Booked[]> {
  const rows =
    leads === null
      ? await query<BookedRow>(`${BOOKED} ORDER BY number`, [workspace])
      : await query<BookedRow>(`${BOOKED} AND number = ANY ($2::bigint[]) ORDER BY number`, [
          workspace,
          leads,
        ]);
  return rows.map(bookedOf);
}

/** The leads of a stretch of numbers, in order. */
export async function readStretch(query: Query, workspace: string, stretch: number): Promise<Booked[]> {
  const rows = await query<BookedRow>(`${BOOKED} AND number >= $2 AND number < $3 ORDER BY number`, [
    workspace,
    stretch * STRETCH,
    (stretch + 1) * STRETCH,
  ]);
  return rows.map(bookedOf);
}

/** Of which leads anything was stated under ids of a span. */
export async function leadsStatedOf(
  query: Query,
  workspace: string,
  { after, upto }: IdSpan,
): Promise<number[]> {
  const rows = await query<{ lead: number }>(
    `SELECT DISTINCT lead FROM attribute_changes WHERE workspace_id = $1 AND id > $2 AND ($3::uuid IS NULL OR id <= $3)`,
    [workspace, after, upto ?? null],
  );
  return rows.map(({ lead }) => lead);
}

/**
 * What was known of leads when, folded from all statements of their families, in the order given. Each has a state from
 * the day it was first known on: it is judged then.
 */
export async function foldStates(
  query: Query,
  copy: Copy,
  workspace: string,
  roots: readonly Booked[],
  footprint?: Footprint,
): Promise<Columns['states']> {
  const builder = new ColumnsBuilder(footprint === undefined ? {} : { footprint });
  const root = new Map<number, number>();
  for (const { number } of roots) root.set(number, number);
  if (roots.length > 0) {
    const members = await query<{ number: number; merged_into: number }>(
      'SELECT number, merged_into FROM leads WHERE workspace_id = $1 AND merged_into = ANY ($2::bigint[])',
      [workspace, [...root.keys()]],
    );
    for (const { number, merged_into } of members) root.set(number, merged_into);
  }
  const stated = new Map<number, Statement[]>();
  if (root.size > 0) {
    await copy(
      `SELECT lead, at, trust, values::text FROM attribute_changes
       WHERE workspace_id = '${workspace}'::uuid AND lead = ANY (${numbers([...root.keys()])})`,
      (row) => {
        const fields = new Fields(row);
        const lead = root.get(fields.whole())!;
        const at = fields.instant();
        const trust = fields.text() as Trust;
        const values = JSON.parse(fields.text()) as Record<string, Raw>;
        const before = stated.get(lead);
        if (before === undefined) stated.set(lead, [{ at, trust, values }]);
        else before.push({ at, trust, values });
      },
    );
  }
  for (const { number, created } of roots) {
    const lead = builder.lead(String(number));
    builder.change(lead, created, {});
    for (const { at, values } of effectiveChanges(stated.get(number) ?? [])) builder.change(lead, at, values);
  }
  return builder.finish().states;
}
