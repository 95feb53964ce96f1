/**
 * Puts questions to an engine, and writes its answers so that they can be compared to the last bit. Runs wherever the
 * engine does; knows nothing of files, Node or browsers.
 */
import type * as engine from '#engine/browser.ts';
import type { Facts, Instant } from '#engine/facts/facts.ts';
import type { Reason, Verdict } from '#engine/verdict/verdict.ts';

export type Engine = typeof engine;

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

export function ask(engine: Engine, { pact: text, facts, at }: Question): Answer {
  const { pact } = engine.parsePact(text);
  const verdict = engine.judge(pact, facts, at);
  const reasons = engine.explain(pact, facts, at);
  const track = engine.replay(facts, pact, at);
  const occurrences = [
    ...facts.changes.map((change) => ({ kind: 'attributes' as const, ...change })),
    ...facts.activities.map((activity) => ({ kind: 'activity' as const, ...activity })),
  ];
  const [lead] = engine.advanceAll(engine.newLead(facts.id), occurrences, pact);
  return {
    digest: engine.digestPact(pact),
    verdict,
    reasons,
    bits: [verdict.fit, verdict.interest, ...reasons.map((reason) => reason.points)].map(bitsOf),
    next: engine.nextInstant(pact, facts, at),
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
