/** For whom a transaction looks: what one party may not see of the other yet, the database itself keeps from it. */
import type { PartyName } from '#engine/pact/pact.ts';
import { type Caller, memberOf } from '#features/people/policy.ts';
import type { Query } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';

const LOOK: Record<PartyName, string> = {
  marketing: "SET LOCAL app.party = 'marketing'",
  sales: "SET LOCAL app.party = 'sales'",
};

/** From here on to its end, the transaction sees what is this party's own; of neither party, nothing of either. */
export async function lookFor(query: Query, { party }: Pick<Caller, 'party'>): Promise<void> {
  if (party !== null) await query(LOOK[party]);
}

/** The party a member speaks for, and who it is. @throws HttpProblem for somebody of neither */
export function speakerOf(caller: Caller): { party: PartyName; member: string } {
  if (caller.party !== null) return { party: caller.party, member: memberOf(caller) };
  throw new HttpProblem(
    403,
    'forbidden',
    'Marketing and sales do this, each for itself; a facilitator does not.',
  );
}
