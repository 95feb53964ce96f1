/**
 * Puts questions to the engine, and writes its answers so that they can be compared to the last bit. Runs wherever the
 * engine does; knows nothing of files, Node or browsers.
 */
import {
  advance,
  digestPact,
  explain,
  judge,
  newLead,
  nextInstant,
  parsePact,
  replay,
} from '#engine/browser.ts';
import type { Facts, Instant } from '#engine/facts/facts.ts';
import type { Pact } from '#engine/pact/pact.ts';
import type { Reason, Verdict } from '#engine/verdict/verdict.ts';

export type Question = { pact: string; facts: Facts; at: Instant };

export type Answer = {
  digest: string;
  verdict: Verdict;
  reasons: Reason[];
  /** Fit, interest and the points of every reason as the bits of a double, in hexadecimal. */
  bits: string[];
  next: Instant | null;
  mql_at: Instant | null;
  stages: [at: Instant, stage: string][];
  /** What the ladder says when the same is told occurrence by occurrence. */
  standing: string | null;
};

const read = new Map<string, Pact>();

function pactOf(text: string): Pact {
  const pact = read.get(text) ?? parsePact(text).pact;
  read.set(text, pact);
  return pact;
}

export function ask({ pact: text, facts, at }: Question): Answer {
  const pact = pactOf(text);
  const verdict = judge(pact, facts, at);
  const reasons = explain(pact, facts, at);
  const track = replay(facts, pact, at);
  const occurrences = [
    ...facts.changes.map((change) => ({ kind: 'attributes' as const, ...change })),
    ...facts.activities.map((activity) => ({ kind: 'activity' as const, ...activity })),
  ];
  let lead = newLead(facts.id);
  for (const occurrence of occurrences) [lead] = advance(lead, occurrence, pact);
  return {
    digest: digestPact(pact),
    verdict,
    reasons,
    bits: [verdict.fit, verdict.interest, ...reasons.map((reason) => reason.points)].map(bitsOf),
    next: nextInstant(pact, facts, at),
    mql_at: track.mql_at,
    stages: track.verdicts.map((one) => [one.at, one.stage]),
    standing: lead.standing?.stage ?? null,
  };
}

function bitsOf(n: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, n);
  return view.getBigUint64(0).toString(16).padStart(16, '0');
}
