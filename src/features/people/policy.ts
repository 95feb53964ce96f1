/** Who asks, and what they may: each slice says which of its verbs whom it lets through; what is not said is refused. */
import type { PartyName } from '#engine/pact/pact.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import type { Entry } from '#platform/journal/journal.ts';

export type Rank = 'member' | 'lead' | 'manager';

/**
 * A member who is signed in, or a program with an API key. A key that was made for a member calls as that member:
 * `via` says by which key, and what it was made for.
 */
export type Caller = { workspace: string } & (
  | { kind: 'member'; id: string; party: PartyName | null; rank: Rank; via?: ActingKey }
  | { kind: 'key'; id: string; party: PartyName | null; scopes: readonly string[] }
);

type ActingKey = { key: string; scopes: readonly string[] };

/** What the key behind a call may be used for; null for somebody who is signed in. */
export const scopesOf = (caller: Caller): readonly string[] | null =>
  caller.kind === 'key' ? caller.scopes : (caller.via?.scopes ?? null);

/** Who is counted: a key apart from the member it acts for. */
export const nameOfCaller = (caller: Caller): string =>
  caller.kind === 'member' && caller.via ? `key:${caller.via.key}` : `${caller.kind}:${caller.id}`;

/** Whether somebody may do something: by who they are, and where it matters, by what it is done to. */
export type Rule = (caller: Caller) => boolean;
export type Policy<Verb extends string> = Readonly<Record<Verb, Rule>>;

/** Anybody of the workspace; a key needs the scope. */
export const anybody =
  (scope: string): Rule =>
  (caller) =>
    caller.kind === 'member' || caller.scopes.includes(scope);

/**
 * Members alone, and of these the ones for whom `rule` holds: what needs a person's word is done by a key only when it
 * was made for that person.
 */
export const aMember =
  (rule: (member: Extract<Caller, { kind: 'member' }>) => boolean = () => true): Rule =>
  (caller) =>
    caller.kind === 'member' && rule(caller);

/** Members who are signed in themselves: what a key could use to get around its own limits. */
export const inPerson = (rule: (member: Extract<Caller, { kind: 'member' }>) => boolean = () => true): Rule =>
  aMember((member) => member.via === undefined && rule(member));

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
  const who = scopesOf(caller) === null ? 'You' : 'This API key';
  throw new HttpProblem(
    403,
    'forbidden',
    `${who} may not do this (${verb}). Ask a manager of the workspace.`,
  );
}

/** The member behind a call, where only a person will do. */
export function memberOf(caller: Caller): string {
  if (caller.kind === 'member') return caller.id;
  throw new HttpProblem(
    403,
    'forbidden',
    'This API key acts for nobody: a member does this, signed in or with a key made for them.',
  );
}

export const actorOf = (caller: Caller): Entry['actor'] => {
  const { kind, id } = caller;
  return kind === 'member' && caller.via ? { kind, id, key: caller.via.key } : { kind, id };
};
