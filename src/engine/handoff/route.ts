/**
 * Who gets a handoff. A dry run is this same function: it says who it would be and why, and nothing is written.
 *
 * The first rule that holds says where it goes, else the pact's `otherwise`. In a queue whoever can take it now is
 * chosen by turn or by load; everybody who was considered is named, with why or why not.
 */
import { compileCondition, compilePact, holds } from '#engine/criterion/compile.ts';
import { sayCondition } from '#engine/criterion/say.ts';
import { fold } from '#engine/criterion/value.ts';
import type { Facts, Instant } from '#engine/facts/facts.ts';
import type { Condition, Pact, Routing, RoutingTarget } from '#engine/pact/pact.ts';
import { Sight } from '#engine/verdict/decide.ts';
import { PlainAnswers } from '#engine/verdict/judge.ts';
import type { Truth } from '#engine/verdict/verdict.ts';

/** A member as routing sees them at the moment. */
export type Standing = {
  id: string;
  email: string;
  name: string;
  sales: boolean;
  left: boolean;
  /** Until when they are away; null when they are here. */
  awayUntil: Instant | null;
  /** Whether their working hours are open, in their own zone. */
  atWork: boolean;
  /** Handoffs that are open with them. */
  load: number;
};

/** How far each person of a queue is ahead in the round, by folded address. */
export type Turns = Record<string, number>;

type Candidate = {
  /** As the pact names them. */
  person: string;
  member: string | null;
  chosen: boolean;
  why: string;
};

export type RoutingDecision = {
  rule: string | null;
  queue: string | null;
  member: string | null;
  reason: string;
  candidates: Candidate[];
  /** The queue's turns after this decision; null when nobody's turn moved. */
  turns: Turns | null;
};

export type RouteInput = {
  pact: Pact;
  facts: Facts;
  members: readonly Standing[];
  /** By queue. */
  turns: Readonly<Record<string, Turns>>;
  at: Instant;
  /** Who had it and is not to get it again. */
  except?: readonly string[];
};

type Queue = Routing['queues'][string];
type QueueMember = Queue['members'][number];

/** Says who gets the handoff, or in which queue it waits. Deterministic: the same input gives the same answer. */
export function route(input: RouteInput): RoutingDecision {
  const { routing } = input.pact.handoff;
  const rule = routing.rules.find(({ when }) => ruleHolds(input, when) === true);
  const target = rule?.to ?? routing.otherwise;
  const why = rule === undefined ? 'No rule took it' : `Rule ${rule.id}: ${sayCondition(rule.when)}`;
  if (target === undefined) {
    const reason = `${why}, and the pact names no other place: it waits for a lead of sales.`;
    return { rule: null, queue: null, member: null, reason, candidates: [], turns: null };
  }
  return { rule: rule?.id ?? null, ...sentTo(target, why, input) };
}

/** The queue that a handoff would be looked for in; null when it goes to a person or nowhere. */
export function queueFor({ pact, facts, at }: Pick<RouteInput, 'pact' | 'facts' | 'at'>): string | null {
  const { routing } = pact.handoff;
  const rule = routing.rules.find(({ when }) => ruleHolds({ pact, facts, at }, when) === true);
  const target = rule?.to ?? routing.otherwise;
  return target !== undefined && 'queue' in target ? target.queue : null;
}

/** A rule on something unknown does not hold. */
function ruleHolds({ pact, facts, at }: Pick<RouteInput, 'pact' | 'facts' | 'at'>, when: Condition): Truth {
  const compiled = compileCondition(when, compilePact(pact));
  return holds(compiled.when, new Sight(compiled.rules, new PlainAnswers(compiled.rules, facts, at)));
}

function sentTo(target: RoutingTarget, why: string, input: RouteInput): Omit<RoutingDecision, 'rule'> {
  if ('queue' in target) return throughQueue(target.queue, why, input);
  const only = consider({ person: target.person, weight: 1 }, input);
  const member = only.against === null ? only.standing!.id : null;
  const reason =
    member === null
      ? `${why}, to ${target.person}, who ${only.against}: it waits for a lead of sales.`
      : `${why}, to ${target.person}.`;
  const candidate = { person: target.person, member: only.standing?.id ?? null, chosen: member !== null };
  const candidates = [{ ...candidate, why: only.against ?? 'named by the pact' }];
  return { queue: null, member, reason, candidates, turns: null };
}

type Considered = { entry: QueueMember; standing: Standing | null; against: string | null };

function throughQueue(name: string, why: string, input: RouteInput): Omit<RoutingDecision, 'rule'> {
  const queue = input.pact.handoff.routing.queues[name]!;
  const considered = queue.members.map((entry) => consider(entry, input));
  const able = considered.filter(({ against }) => against === null);
  // Outside of everybody's hours the clock stands still anyway: then it waits with whose turn it is.
  const atWork = able.filter(({ standing }) => standing!.atWork);
  const eligible = atWork.length > 0 ? atWork : able;
  const turns = input.turns[name] ?? {};
  const choice = eligible.length === 0 ? null : choices[queue.by](eligible, turns);
  const candidates = considered.map((one): Candidate => {
    const { entry, standing, against } = one;
    const chosen = choice?.chosen === one;
    const asleep = !eligible.includes(one) ? 'is outside of working hours' : null;
    return {
      person: entry.person,
      member: standing?.id ?? null,
      chosen,
      why: against ?? asleep ?? choice!.why(one),
    };
  });
  if (choice === null) {
    const reason = `${why}, to queue ${name}, where nobody can take it now: it waits there.`;
    return { queue: name, member: null, reason, candidates, turns: null };
  }
  const reason = `${why}, to queue ${name}, ${choice.chosen.entry.person}: ${choice.why(choice.chosen)}.`;
  return { queue: name, member: choice.chosen.standing!.id, reason, candidates, turns: choice.turns };
}

/** Why somebody cannot take it at all; null when they can. */
function consider(entry: QueueMember, { members, except = [] }: RouteInput): Considered {
  const standing = members.find(({ email }) => fold(email) === fold(entry.person)) ?? null;
  const against = (): string | null => {
    if (standing === null) return 'is no member of the workspace';
    if (standing.left) return 'has left';
    if (!standing.sales) return 'is not of sales';
    if (standing.awayUntil !== null) return 'is away';
    if (except.includes(standing.id)) return 'had it and did not answer';
    if (entry.cap !== undefined && standing.load >= entry.cap)
      return `has ${standing.load} open, and a cap of ${entry.cap}`;
    return null;
  };
  return { entry, standing, against: against() };
}

type Choice = { chosen: Considered; why: (one: Considered) => string; turns: Turns | null };

const choices: Record<Queue['by'], (eligible: readonly Considered[], turns: Turns) => Choice> = {
  /** Smooth weighted round robin: everybody gains their weight, who is furthest ahead gets it and pays for all. */
  round_robin: (eligible, turns) => {
    const total = eligible.reduce((sum, { entry }) => sum + entry.weight, 0);
    const ahead = new Map(
      eligible.map((one) => [one, (turns[fold(one.entry.person)] ?? 0) + one.entry.weight] as const),
    );
    const chosen = eligible.reduce((best, one) => (ahead.get(one)! > ahead.get(best)! ? one : best));
    const moved = eligible.map((one) => [
      fold(one.entry.person),
      ahead.get(one)! - (one === chosen ? total : 0),
    ]);
    const why = (one: Considered): string =>
      one === chosen ? 'it is their turn' : `not their turn (weight ${one.entry.weight})`;
    return { chosen, why, turns: { ...turns, ...Object.fromEntries(moved) } };
  },
  /** The fewest open handoffs for their weight; equals in the pact's order. */
  least_load: (eligible) => {
    const loadOf = ({ entry, standing }: Considered): number => standing!.load / entry.weight;
    const chosen = eligible.reduce((best, one) => (loadOf(one) < loadOf(best) ? one : best));
    const why = (one: Considered): string =>
      `${one === chosen ? 'the least load, ' : ''}${one.standing!.load} open at weight ${one.entry.weight}`;
    return { chosen, why, turns: null };
  },
};
