import { type Column, numberColumn } from './table.ts';

/** Activities as columns: for each the row of its lead (-1 where the lead is not in the study), its instant, its type. */
export type ActivityLog = {
  row: Int32Array;
  at: Float64Array;
  /** Place of the activity's name in `types`. */
  type: Int32Array;
  types: string[];
};

/** An attribute made of behaviour: how often a lead did something before the decision. */
export type Behaviour = { activity: string; column: Column };

const DAY = 86_400_000;
/** Days after a lead came in during which its behaviour counts. */
const BEHAVIOUR_DAYS = 30;
/** An activity that fewer leads did tells nothing. */
const LEAST_LEADS = 30;

/**
 * How often each lead did each thing, as of the decision: activities up to 30 days after the lead came in count, and
 * none from the close of its deal on, since those are known only when the outcome is. A lead without a date counts
 * from its first activity.
 */
export function countBehaviour(
  log: ActivityLog,
  rows: number,
  createdAt: Float64Array | null,
  closedAt: Float64Array | null,
): Behaviour[] {
  const until = new Float64Array(rows).fill(Number.POSITIVE_INFINITY);
  log.row.forEach((row, i) => {
    if (row >= 0) until[row] = Math.min(until[row]!, log.at[i]!);
  });
  for (let row = 0; row < rows; row++) {
    const created = createdAt?.[row] ?? Number.NaN;
    until[row] = (Number.isNaN(created) ? until[row]! : created) + BEHAVIOUR_DAYS * DAY;
  }
  const counts = log.types.map(() => new Int32Array(rows));
  log.row.forEach((row, i) => {
    const at = log.at[i]!;
    const closed = closedAt?.[row] ?? Number.NaN;
    if (row >= 0 && at <= until[row]! && !(at >= closed)) counts[log.type[i]!]![row]!++;
  });
  return log.types.flatMap((activity, type) => {
    const leads = counts[type]!.reduce((n, times) => n + (times > 0 ? 1 : 0), 0);
    return leads < LEAST_LEADS ? [] : [{ activity, column: numberColumn(`did ${activity}`, counts[type]!) }];
  });
}
