/** Who is here, and where. */
import { useSuspenseQuery } from '@tanstack/react-query';
import { type Standing, showSession } from '#contract/door.ts';
import { knock } from './api/call.ts';

/** The question of who is signed in. */
export const whoIsHere = {
  queryKey: [showSession.path],
  queryFn: () => knock(showSession),
  staleTime: 60_000,
  retry: false,
};

export type Me = Standing['person'] & {
  workspace: { id: string; name: string };
  member: string;
  /** Null: the neutral facilitator. */
  party: 'marketing' | 'sales' | null;
  rank: 'member' | 'lead' | 'manager';
};

/** The person signed in, as a member of the workspace that is open. Inside the app there is always one. */
export function useMe(): Me {
  const { data } = useSuspenseQuery(whoIsHere);
  const [first] = data.workspaces;
  if (first === undefined) throw new Error('You are not a member of any workspace: ask for an invitation.');
  const { id, name, member, party, rank } = first;
  return { ...data.person, workspace: { id, name }, member, party, rank };
}
