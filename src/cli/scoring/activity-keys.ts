/**
 * Activities read before the leads they belong to are known: kept under the id or address that they name, until a
 * lead answers to it.
 */
import { type ActivityColumns, ColumnsBuilder, type Footprint } from '#engine/replay/columns.ts';
import { leadOf, planActivities, readActivity } from '#platform/files/activities.ts';
import { detached, Kept } from '#platform/files/detached.ts';
import { leadKey, stranger } from '#platform/files/lead-keys.ts';
import { propertiesOf } from '../history/activities.ts';
import { nameOf } from '../paths.ts';
import type { Reading } from '../reading.ts';
import { eachRow } from '../rows.ts';

/** The line of a key's first activity, and how many it has. */
type KeyPlace = { line: number; rows: number };

export class ActivityKeys {
  readonly columns: ActivityColumns;
  /** The header of the column that says whose an activity is. */
  readonly column: string;
  readonly #builder: ColumnsBuilder;
  readonly #keys: readonly string[];
  /** Where each key is found in the file. */
  readonly #places: readonly KeyPlace[];
  readonly #taken: Uint8Array;

  constructor(builder: ColumnsBuilder, column: string, places: readonly KeyPlace[]) {
    const { ids, activities } = builder.finish();
    this.columns = activities;
    this.column = column;
    this.#builder = builder;
    this.#keys = ids;
    this.#places = places;
    this.#taken = new Uint8Array(ids.length);
  }

  /** The number of a lead's key, -1 when no activity names it; of leads that share one, the first takes it. */
  take(text: string): number {
    const number = text === '' ? undefined : this.#builder.find(leadKey(text));
    if (number === undefined || this.#taken[number] === 1) return -1;
    this.#taken[number] = 1;
    return number;
  }

  /** Whether activities name a key to which no lead has answered. */
  isUntaken(key: string): boolean {
    const number = this.#builder.find(key);
    return number !== undefined && this.#taken[number] === 0;
  }

  /** The keys to which no lead has answered. */
  untaken(): ({ key: string } & KeyPlace)[] {
    return this.#keys.flatMap((key, i) => (this.#taken[i] === 0 ? [{ key, ...this.#places[i]! }] : []));
  }
}

export async function loadActivities(
  reading: Reading,
  given: string,
  needs: Footprint,
): Promise<ActivityKeys> {
  const builder = new ColumnsBuilder({ footprint: needs, shared: true });
  const table = await reading.open(given);
  const plan = planActivities(table.name, table.header, propertiesOf(needs));
  const add = builder.activityRows(plan.properties.map(({ name }) => name));
  const kept = new Kept();
  const places: KeyPlace[] = [];
  await eachRow(reading, table, {
    what: 'activities',
    dated: plan.at,
    read: (style, block, row) => readActivity(plan, style, block, row),
    take: ({ lead, at, type, cells }, block, row) => {
      const number = builder.find(lead) ?? builder.lead(detached(lead));
      if (number === places.length) places.push({ line: block.line(row), rows: 0 });
      places[number]!.rows++;
      add(
        number,
        at,
        kept.of(type),
        cells.map((cell) => kept.of(cell)),
      );
      return undefined;
    },
  });
  return new ActivityKeys(builder, plan.lead[0]!.name, places);
}

/**
 * Puts aside the activities of leads that are not in the leads file. The file is read once more, so that they are
 * written down as they stand; from standard input only the first of each lead is left to tell of.
 *
 * @param leads what messages call the leads file
 */
export async function refuseUntaken(
  reading: Reading,
  given: string,
  keys: ActivityKeys,
  leads: string,
): Promise<void> {
  const untaken = keys.untaken();
  if (untaken.length === 0) return;
  if (given === '-') {
    for (const { key, line, rows } of untaken) {
      reading.rejects.add({ ...stranger(keys.column, key, leads), file: nameOf(given), line, rows, row: '' });
    }
    return;
  }
  const table = await reading.reopen(given);
  const { lead } = planActivities(table.name, table.header, []);
  for await (const block of table.blocks) {
    for (let row = 0; row < block.rows; row++) {
      const key = leadOf(lead, block, row);
      if (!keys.isUntaken(key)) continue;
      reading.refuse(table, block, row, stranger(keys.column, key, leads));
    }
  }
}
