/** How a lead's score came about: worked out anew from its ledger, at instants evenly apart. */
import type { z } from 'zod';
import type { ScoreAt, showScoreHistory } from '#contract/lead-page.ts';
import type { Activity, Facts, Instant } from '#engine/facts/facts.ts';
import type { Pact } from '#engine/pact/pact.ts';
import { judge } from '#engine/verdict/judge.ts';
import { numberOf } from '#features/leads/show.ts';
import { rounded } from '#features/leads/summary.ts';
import type { Query } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { versionFor } from './as-of.ts';
import { factsOf, readLedgers } from './ledger.ts';

type History = z.infer<typeof showScoreHistory.reply>;
type Range = {
  from?: Instant | undefined;
  until: Instant;
  version?: number | undefined;
  points: number;
};

/** Activities that are told; each is judged twice. */
const MOST_TOLD = 100;

/** @throws HttpProblem 404 for an unknown lead or version, 409 while no version is in force, 400 for an empty range */
export async function scoreHistory(
  query: Query,
  workspace: string,
  id: string,
  range: Range,
  now: Instant,
): Promise<History> {
  const lead = await numberOf(query, workspace, id);
  const { pact, pact_id, number } = await versionFor(
    query,
    workspace,
    Math.min(range.until, now),
    range.version,
  );
  const ledger = (await readLedgers(query, workspace, [lead])).get(lead)!;
  const facts = factsOf(ledger);
  const from = range.from ?? Math.min(ledger.created_at, range.until - 1);
  if (from >= range.until)
    throw new HttpProblem(
      400,
      'empty_range',
      '"until" must be later than "from": nothing lies between them.',
    );
  return {
    pact_id,
    version: number,
    items: instants(from, range.until, range.points).map((at) => scoreAt(pact, facts, at)),
    activities: moving(pact, facts, from, range.until),
  };
}

/** Evenly apart, both ends included. */
const instants = (from: Instant, until: Instant, points: number): Instant[] =>
  Array.from({ length: points }, (_, i) => Math.round(from + ((until - from) * i) / (points - 1)));

function scoreAt(pact: Pact, facts: Facts, at: Instant): ScoreAt {
  const { verdict, grade, fit, interest, stage } = judge(pact, facts, at);
  return {
    at: new Date(at).toISOString(),
    verdict,
    grade,
    fit: rounded(fit),
    interest: rounded(interest),
    stage,
  };
}

/** The latest activities that changed interest. Those of one instant are told by the first of them. */
function moving(pact: Pact, facts: Facts, from: Instant, until: Instant): History['activities'] {
  const within = facts.activities.filter(({ at }) => at >= from && at <= until);
  const first = new Map<Instant, Activity>(within.toReversed().map((one) => [one.at, one]));
  return [...first.values()]
    .toSorted((a, b) => a.at - b.at)
    .slice(-MOST_TOLD)
    .map(({ at, type }) => ({
      at: new Date(at).toISOString(),
      type,
      before: rounded(judge(pact, facts, at - 1).interest),
      after: rounded(judge(pact, facts, at).interest),
    }))
    .filter(({ before, after }) => before !== after);
}
