/** What a version says of a lead on any day, opened into its reasons. */
import type { Distance } from '#contract/lead-page.ts';
import type { Verdict } from '#contract/verdicts.ts';
import type { Facts, Instant } from '#engine/facts/facts.ts';
import { distance } from '#engine/verdict/distance.ts';
import { explain } from '#engine/verdict/explain.ts';
import { judge } from '#engine/verdict/judge.ts';
import { numberOf } from '#features/leads/show.ts';
import { rounded } from '#features/leads/summary.ts';
import { pactsOf } from '#features/pacts/texts.ts';
import { type InForceVersion, readTimeline } from '#features/pacts/timeline.ts';
import type { Query } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { factsOf, readLedgers } from './ledger.ts';

export type AsOf = {
  at: Instant;
  /** Its number, of the pact in force at that instant; undefined for the version in force itself. */
  version?: number | undefined;
};

/**
 * The verdict that `leadpact score --explain` gives on the same facts.
 * @throws HttpProblem 404 for an unknown lead or version, 409 while no version is in force
 */
export async function verdictAsOf(
  query: Query,
  workspace: string,
  id: string,
  { at, version: number }: AsOf,
): Promise<Verdict> {
  const lead = await numberOf(query, workspace, id);
  const version = await versionFor(query, workspace, at, number);
  const ledger = (await readLedgers(query, workspace, [lead])).get(lead)!;
  const emergency = await isAmendment(query, workspace, version);
  return { ...said(factsOf(ledger), id, version, at), emergency };
}

/** What is missing to an MQL on a day, under a version. @throws HttpProblem as `verdictAsOf` */
export async function distanceAsOf(
  query: Query,
  workspace: string,
  id: string,
  { at, version: number }: AsOf,
): Promise<Distance> {
  const lead = await numberOf(query, workspace, id);
  const version = await versionFor(query, workspace, at, number);
  const ledger = (await readLedgers(query, workspace, [lead])).get(lead)!;
  const { verdict, words, shutOutBy, ways, couldBring } = distance(version.pact, factsOf(ledger), at);
  return {
    version: version.number,
    at: new Date(at).toISOString(),
    verdict,
    words,
    shut_out_by: shutOutBy,
    ways: ways.map((missing) => ({ missing })),
    could_bring: couldBring,
  };
}

/** Whether one party alone stands for a version. */
async function isAmendment(query: Query, workspace: string, { pact_id, number }: Named): Promise<boolean> {
  const rows = await query(
    `SELECT FROM versions WHERE workspace_id = $1 AND pact_id = $2 AND number = $3
       AND emergency AND in_force_until IS NOT NULL`,
    [workspace, pact_id, number],
  );
  return rows.length > 0;
}

function said(
  facts: Facts,
  id: string,
  { pact, pact_id, number, digest }: Named,
  at: Instant,
): Omit<Verdict, 'emergency'> {
  const { verdict, grade, fit, interest, stage, fast_lane } = judge(pact, facts, at);
  const reasons = explain(pact, facts, at).map((one) => ({ ...one, points: rounded(one.points) }));
  const score = { verdict, grade, fit: rounded(fit), interest: rounded(interest), stage, fast_lane };
  return {
    pact: pact.pact,
    pact_id,
    version: number,
    digest,
    at: new Date(at).toISOString(),
    id,
    ...score,
    reasons,
  };
}

type Named = Omit<InForceVersion, 'from'>;

/** The version in force at an instant, or another of the same pact. */
export async function versionFor(
  query: Query,
  workspace: string,
  at: Instant,
  number?: number,
): Promise<Named> {
  const timeline = await readTimeline(query, workspace);
  const inForce = timeline.at(at);
  if (inForce === null)
    throw new HttpProblem(
      409,
      'no_pact',
      'No version of a pact is in force yet: there is nothing to judge by.',
    );
  if (number === undefined || number === inForce.number) return inForce;
  const [other] = await query<{ pact_id: string; number: number; digest: string }>(
    'SELECT pact_id, number, digest FROM versions WHERE workspace_id = $1 AND pact_id = $2 AND number = $3',
    [workspace, inForce.pact_id, number],
  );
  if (other === undefined) throw new HttpProblem(404, 'not_found', `The pact has no version ${number}.`);
  const pacts = await pactsOf(query, workspace, [other]);
  return { ...other, pact: pacts.get(other.digest)! };
}
