/** Who may do what with a handoff. Only sales answers, only marketing appeals, only the facilitator rules. */
import type { PartyName } from '#engine/pact/pact.ts';
import { aMember, anybody, type Caller, type Policy, type Rule } from '#features/people/policy.ts';
import { HttpProblem } from '#platform/http/problem.ts';

const of = (party: PartyName): Rule => aMember((member) => member.party === party);
const seniorOf = (party: PartyName): Rule =>
  aMember((member) => member.party === party && member.rank !== 'member');

export type HandoffVerb =
  | 'read'
  | 'accept'
  | 'give_back'
  | 'touch'
  | 'qualify'
  | 'explain'
  | 'acknowledge'
  | 'reassign'
  | 'dispute'
  | 'rule'
  | 'except'
  | 'hold'
  | 'release'
  | 'undo';

export const handoffPolicy: Policy<HandoffVerb> = {
  read: anybody('handoffs:read'),
  accept: of('sales'),
  give_back: of('sales'),
  touch: of('sales'),
  qualify: of('sales'),
  explain: of('sales'),
  acknowledge: seniorOf('sales'),
  reassign: seniorOf('sales'),
  dispute: of('marketing'),
  rule: aMember(({ party }) => party === null),
  except: aMember(({ party }) => party !== null),
  hold: aMember(({ party }) => party !== null),
  release: aMember(),
  // Whose word it was is looked at with the word itself.
  undo: aMember(),
};

/** A handoff is answered by whose it is, by a lead of sales, or, while it is nobody's, by anyone of sales. */
export function allowOwn(caller: Caller, { owner_id }: { owner_id: string | null }): void {
  if (owner_id === null || caller.id === owner_id || seniorOf('sales')(caller)) return;
  throw new HttpProblem(
    403,
    'not_yours',
    'This handoff is with somebody else of sales: they answer it, or a lead of sales gives it to you.',
  );
}
