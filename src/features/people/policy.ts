/** Who asks, and what they may: each slice says which of its verbs whom it lets through; what is not said is refused. */
import type { PartyName } from '#engine/pact/pact.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import type { Entry } from '#platform/journal/journal.ts';

export type Rank = 'member' | 'lead' | 'manager';

/** A member who is signed in, or a program with an API key. */
export type Caller = { workspace: string } & (
  | { kind: 'member'; id: string; party: PartyName | null; rank: Rank }
  | { kind: 'key'; id: string; party: PartyName | null; scopes: readonly string[] }
);

/** Whether somebody may do something: by who they are, and where it matters, by what it is done to. */
export type Rule = (caller: Caller) => boolean;
export type Policy<Verb extends string> = Readonly<Record<Verb, Rule>>;

/** Anybody of the workspace; a key needs the scope. */
export const anybody =
  (scope: string): Rule =>
  (caller) =>
    caller.kind === 'member' || caller.scopes.includes(scope);

/** Members alone, and of these the ones for whom `rule` holds: what needs a person's word is not done by a key. */
export const aMember =
  (rule: (member: Extract<Caller, { kind: 'member' }>) => boolean = () => true): Rule =>
  (caller) =>
    caller.kind === 'member' && rule(caller);

/** Leads and managers of either party, and the facilitator. */
export const isSenior = ({ party, rank }: { party: PartyName | null; rank: Rank }): boolean =>
  rank !== 'member' || party === null;

/** Callers about whom a policy was asked, so that a route that asks none is found out. */
const asked = new WeakSet<Caller>();
export const wasAsked = (caller: Caller): boolean => asked.has(caller);

/** @throws HttpProblem when the policy does not let the caller do it. */
export function allow<Verb extends string>(policy: Policy<Verb>, verb: Verb, caller: Caller): void {
  asked.add(caller);
  if (Object.hasOwn(policy, verb) && policy[verb](caller)) return;
  const who = caller.kind === 'key' ? 'This API key' : 'You';
  throw new HttpProblem(
    403,
    'forbidden',
    `${who} may not do this (${verb}). Ask a manager of the workspace.`,
  );
}

/** The member behind a call, where only a person will do. */
export function memberOf(caller: Caller): string {
  if (caller.kind === 'member') return caller.id;
  throw new HttpProblem(403, 'forbidden', 'An API key cannot do this: a member does it, signed in.');
}

export const actorOf = ({ kind, id }: Caller): Entry['actor'] => ({ kind, id });
