/** On which real leads the two definitions do not agree: a sample, judged under both by the one judge. */

import type { Instant } from '#engine/facts/facts.ts';
import { judge } from '#engine/verdict/judge.ts';
import { someLeads } from '#features/leads/some.ts';
import { factsOf, readLedgers } from '#features/verdicts/ledger.ts';
import type { Query } from '#platform/db/transaction.ts';
import type { Sides } from './sides.ts';

/** Enough to see the kinds of leads on which the sides part; a replay counts all. */
const MOST = 400;

export async function differingLeads(
  query: Query,
  workspace: string,
  id: string,
  { marketing, sales }: Sides['pacts'],
  { now, limit }: { now: Instant; limit: number },
) {
  const { leads, of } = await someLeads(query, workspace, MOST, id);
  const ledgers = await readLedgers(
    query,
    workspace,
    leads.map(({ number }) => number),
  );
  const judged = leads.map(({ number, id, name }) => {
    const facts = factsOf(ledgers.get(number)!);
    const verdicts = {
      marketing: judge(marketing, facts, now).verdict,
      sales: judge(sales, facts, now).verdict,
    };
    return { id, name, ...verdicts };
  });
  const differing = judged.filter((one) => one.marketing !== one.sales);
  const count = (holds: (one: (typeof judged)[number]) => boolean) => judged.filter(holds).length;
  return {
    judged: judged.length,
    of,
    mqls: {
      marketing: count(({ marketing }) => marketing === 'mql'),
      sales: count(({ sales }) => sales === 'mql'),
      both: count(({ marketing, sales }) => marketing === 'mql' && sales === 'mql'),
    },
    differing: differing.length,
    items: differing.slice(0, limit),
  };
}
