/**
 * Many leads' histories as columns: the form in which years of history are held, sent between threads and replayed.
 *
 * Every distinct attribute value and every distinct activity signature is written once and numbered; a lead is then
 * a run of numbers in flat arrays. The arrays may lie in shared memory.
 */
import type { Activity, AttributeChange, Facts, Instant } from '#engine/facts/facts.ts';
import type { Signature } from './columns/signatures.ts';

export { ColumnsBuilder } from './columns/builder.ts';
export { type Footprint, footprint } from './columns/footprint.ts';

export type Columns = {
  /** In the order in which leads were first named; a lead's number is its place here. */
  ids: readonly string[];
  activities: ActivityColumns;
  states: StateColumns;
};

/** What of columns is replayed: leads by their places, whatever they are called. */
export type LeadColumns = Pick<Columns, 'activities' | 'states'>;

/** Activities of lead `i` are those from `starts[i]` up to `starts[i + 1]`, in order of time. */
export type ActivityColumns = {
  starts: Uint32Array;
  instants: Float64Array;
  /** Places in `signatures`. */
  codes: Uint32Array;
  signatures: readonly Signature[];
};

/**
 * Attributes as they stood, a row for every time they changed: lead `i` has the rows from `starts[i]` up to
 * `starts[i + 1]`, in order of time. Row 0 belongs to no lead and knows nothing.
 */
type StateColumns = {
  starts: Uint32Array;
  /** The instant from which a row holds; -Infinity when it does from the beginning. */
  since: Float64Array;
  attributes: readonly AttributeColumn[];
};

/** One attribute: for each row the place of its text in `texts`, 0 where it is missing. */
export type AttributeColumn = { name: string; codes: Uint32Array; texts: readonly (string | null)[] };

/** One lead's facts, read back from columns: what any part of the engine that wants a single lead takes. */
export function factsOf(columns: Columns, lead: number): Facts {
  return {
    id: columns.ids[lead]!,
    changes: changesOf(columns, lead),
    activities: activitiesOf(columns, lead),
  };
}

function changesOf({ states }: Columns, lead: number): AttributeChange[] {
  const changes: AttributeChange[] = [];
  for (let row = states.starts[lead]!; row < states.starts[lead + 1]!; row++) {
    const since: Instant = states.since[row]!;
    const values = states.attributes.map(({ name, codes, texts }) => [name, texts[codes[row]!]] as const);
    changes.push({
      at: since === Number.NEGATIVE_INFINITY ? null : since,
      values: Object.fromEntries(values),
    });
  }
  return changes;
}

function activitiesOf({ activities }: Columns, lead: number): Activity[] {
  const { starts, instants, codes, signatures } = activities;
  const list: Activity[] = [];
  for (let i = starts[lead]!; i < starts[lead + 1]!; i++) {
    const { type, properties } = signatures[codes[i]!]!;
    list.push({ at: instants[i]!, type, properties: Object.fromEntries(properties) });
  }
  return list;
}
