import { allow, aMember, anybody, type Caller, isSenior, type Policy } from '#features/people/policy.ts';
import { HttpProblem } from '#platform/http/problem.ts';

/** Figures are for everybody. Who answers for them and what is expected is said by leads, managers and the facilitator; what was spent, by marketing, or a program with the scope. */
export const measurePolicy: Policy<'read' | 'change' | 'expect' | 'spend'> = {
  read: anybody('measures:read'),
  change: aMember(isSenior),
  expect: aMember(isSenior),
  spend: (caller) =>
    caller.kind === 'key' ? caller.scopes.includes('measures:write') : caller.party !== 'sales',
};

/** Each team says what it expects itself; what articles say is anybody's to mend. @throws HttpProblem 403 */
export function allowExpecting(caller: Caller, party: 'marketing' | 'sales' | 'article'): void {
  allow(measurePolicy, 'expect', caller);
  if (party === 'article' || caller.party === party) return;
  throw new HttpProblem(403, 'not_your_party', `What ${party} expects, ${party} says itself.`);
}
