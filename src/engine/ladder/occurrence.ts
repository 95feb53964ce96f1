/** Something that happened to a lead, or was said of it, at an instant. */
import type { Instant, Raw } from '#engine/facts/facts.ts';
import { canonicalJson } from '#engine/pact/digest.ts';
import type { PartyName } from '#engine/pact/pact.ts';

/** Attributes became so; `at` is null when they have been so from the beginning. */
type BecameSo = { kind: 'attributes'; at: Instant | null; values: Record<string, Raw>; id?: string };
/** The lead did something. */
type Did = {
  kind: 'activity';
  at: Instant;
  type: string;
  properties: Record<string, Raw>;
  id?: string;
};
export type Fact = BecameSo | Did;

/** Nothing happened but time (asked again at a next instant), or another version of the pact came into force. */
type Asked = { kind: 'time' | 'pact'; at: Instant; id?: string };

/** Nothing is offered while one of the parties holds the lead. */
export type Hold =
  | { kind: 'held'; at: Instant; by: PartyName; id?: string }
  | { kind: 'released'; at: Instant; id?: string };

/** What sales, or either party, said. */
export type Answer =
  /** Sales took the handoff: the lead is an SAL. */
  | { kind: 'accepted'; at: Instant; id?: string }
  /** Sales gave the lead back, for a reason of the pact; `until` is the date not to come back before. */
  | { kind: 'returned'; at: Instant; reason: string; until?: Instant; id?: string }
  /** The handoff's clock ran out without an answer. */
  | { kind: 'lapsed'; at: Instant; id?: string }
  /** Sales' word that it is an SQL. */
  | { kind: 'qualified'; at: Instant; id?: string }
  /** A deal was opened, won or lost. */
  | { kind: 'opened' | 'won' | 'lost'; at: Instant; id?: string }
  /** Handed over outside the definition, in the open, by one of the parties. */
  | { kind: 'exception'; at: Instant; by: PartyName; tier?: string; id?: string };

export type Occurrence = Fact | Asked | Hold | Answer;
export type OccurrenceKind = Occurrence['kind'];

/** At one instant facts and holds come first and are looked at together; then what is said on them, in this order. */
const RANK: Record<OccurrenceKind, number> = {
  pact: 0,
  time: 1,
  attributes: 2,
  activity: 3,
  held: 4,
  released: 5,
  exception: 6,
  accepted: 7,
  qualified: 8,
  opened: 9,
  won: 10,
  lost: 11,
  returned: 12,
  lapsed: 13,
};

export const isFact = (one: Occurrence): one is Fact => one.kind === 'attributes' || one.kind === 'activity';
export const isHold = (one: Occurrence): one is Hold => one.kind === 'held' || one.kind === 'released';
export const isAnswer = (one: Occurrence): one is Answer => RANK[one.kind] >= RANK.exception;

/** When it happened; from the beginning is before everything. */
export const instantOf = (one: Occurrence): Instant => one.at ?? Number.NEGATIVE_INFINITY;

/** A total order that does not depend on the order of arrival: by instant, kind, then id, or what it says. */
export function inOrder(a: Occurrence, b: Occurrence): number {
  const [earlier, later] = [instantOf(a), instantOf(b)];
  if (earlier !== later) return earlier < later ? -1 : 1;
  if (a.kind !== b.kind) return RANK[a.kind] - RANK[b.kind];
  const [one, other] = [nameOf(a), nameOf(b)];
  return one < other ? -1 : one > other ? 1 : 0;
}

const nameOf = (one: Occurrence): string => one.id ?? canonicalJson(one);

/** Whether two are the same occurrence, told twice. Without an id, two page views in one millisecond are two. */
export const isSame = (a: Occurrence, b: Occurrence): boolean =>
  inOrder(a, b) === 0 && (a.id !== undefined || a.kind === 'time' || a.kind === 'pact');
