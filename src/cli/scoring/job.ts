/** What it takes to judge the rows of a leads file, wherever that is done. Plain data: it can be sent to a worker. */
import type { Instant } from '#engine/facts/facts.ts';
import type { Pact } from '#engine/pact/pact.ts';
import type { ActivityColumns } from '#engine/replay/columns.ts';
import type { VerdictName } from '#engine/verdict/verdict.ts';
import type { DayOrder } from '#platform/files/dates.ts';
import type { LeadPlan, Refusal } from '#platform/files/leads.ts';
import type { Format } from '../command.ts';

export type ScoreJob = {
  pact: Pact;
  at: Instant;
  plan: LeadPlan;
  /** The zone of times that name none. */
  zone: string | undefined;
  explain: boolean;
  format: Format;
  colour: boolean;
  /** How much room a table gives the id. */
  idWidth: number;
  /** Activities by lead key; null when there are none. */
  activities: ActivityColumns | null;
};

/** Rows to judge. */
export type Portion = {
  text: string;
  width: number;
  bounds: Int32Array;
  places: Int32Array;
  order: DayOrder | null;
  /** Rows that have been rejected already. */
  skip: number[];
  /** For each row the numbers of its id and of its e-mail amongst the activities' leads, -1 for none. */
  keys: Int32Array | null;
};

export type Tally = Record<VerdictName, number>;

/** A row that is no lead, as it stands in the file. */
type RefusedRow = Refusal & { line: number; row: string };

export type Scored = {
  /** The rows as they are printed, without what stands between this portion and the next. */
  text: string;
  refusals: RefusedRow[];
  tally: Tally;
};

export const noTally = (): Tally => ({ visitor: 0, bad_lead: 0, mql: 0, not_mql: 0 });
