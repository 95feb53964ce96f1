/** A pact run over a lead's history: what it would have said at every instant at which it would have been asked. */
import type { Facts, Instant } from '#engine/facts/facts.ts';
import type { Pact } from '#engine/pact/pact.ts';
import { judge } from '#engine/verdict/judge.ts';
import type { Verdict } from '#engine/verdict/verdict.ts';

/** A lead's way under one pact. */
export type Track = {
  /** The verdict at each instant something happened, in order. */
  verdicts: Verdict[];
  /** The first instant whose verdict is `mql`. */
  mql_at: Instant | null;
  /** The verdict at the end. */
  end: Verdict;
};

/**
 * Replays a lead's history under a pact, in the plain interpreter.
 *
 * The lead is judged at its creation, after each activity and after each attribute change, at that instant; a lead
 * with neither is judged at the end.
 */
export function replay(history: Facts, pact: Pact, until: Instant): Track {
  const end = judge(pact, history, until);
  const instants = occurrences(history, until);
  const verdicts = instants.length === 0 ? [end] : instants.map((at) => judge(pact, history, at));
  return { verdicts, mql_at: verdicts.find((one) => one.verdict === 'mql')?.at ?? null, end };
}

/** The instants at which something happened to a lead, in order, each once. */
export function occurrences(history: Facts, until: Instant): Instant[] {
  const instants = new Set<Instant>();
  for (const { at } of history.changes) if (at !== null && at <= until) instants.add(at);
  for (const { at } of history.activities) if (at <= until) instants.add(at);
  return [...instants].sort((a, b) => a - b);
}
