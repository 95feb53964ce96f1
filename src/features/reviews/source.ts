/** Where items of an agenda come from. */
import type { AgendaItem } from '#contract/reviews.ts';
import type { Instant } from '#engine/facts/facts.ts';
import type { Query } from '#platform/db/transaction.ts';

/** What a review looks back on. */
export type Period = { review: string; pact: string; from: Instant; until: Instant };
export type Asking = Period & { query: Query; workspace: string };

/** Gives items of one kind. */
export type Source = (asking: Asking) => Promise<AgendaItem[]>;

export const item = (kind: AgendaItem['kind'], said: string, more: Partial<AgendaItem> = {}): AgendaItem => ({
  kind,
  said,
  clause: null,
  part: null,
  of: null,
  rows: null,
  ...more,
});

export const span = ({ workspace, from, until }: Asking): unknown[] => [
  workspace,
  new Date(from),
  new Date(until),
];
