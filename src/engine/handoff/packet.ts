/** What travels with a lead when it is handed over: all that sales wants to know before the first call. */
import { fold } from '#engine/criterion/value.ts';
import type { Activity, Facts, Instant } from '#engine/facts/facts.ts';
import { attributesAt, propertyOf } from '#engine/facts/seen.ts';
import type { Pact, PartyName, Question } from '#engine/pact/pact.ts';
import { ago } from '#engine/verdict/explain.ts';
import type { Reason, Verdict } from '#engine/verdict/verdict.ts';
import type { Term } from './deadlines.ts';
import { type Worth, worthOf } from './priority.ts';

/** One thing the lead did, and what it was about where the activity says. */
type Deed = { at: Instant; type: string; about: string | null };
/** Something the lead read about, how often and when last. */
type Topic = { topic: string; times: number; last: Instant };

/** Plain data, frozen at the moment of the handoff; nothing that happens later changes it. */
export type Packet = {
  at: Instant;
  /** Sentences, the most telling first. */
  why_now: string[];
  /** The attributes that the pact wants known, as they were written. */
  lead: Record<string, string>;
  grade: string;
  fit: number;
  interest: number;
  /** Criteria and clauses by what they came to. Unknown is neither. */
  met: Reason[];
  not_met: Reason[];
  unknown: Reason[];
  /** The latest first. */
  timeline: Deed[];
  /** What was read most first. */
  topics: Topic[];
  /** What is asked of sales: by when, and the questions that make it an SQL. */
  asked: { by: Record<Term, Instant>; questions: Question[] };
  worth: Worth;
};

/** How a handoff came about. */
export type Origin =
  | { kind: 'mql' }
  | { kind: 'fast_lane'; lane: string }
  | { kind: 'exception'; by: PartyName; reason: string };

export type PacketInput = {
  pact: Pact;
  facts: Facts;
  verdict: Verdict;
  reasons: readonly Reason[];
  origin: Origin;
  by: Record<Term, Instant>;
  at: Instant;
};

/** A handoff that is not made, by a name for programs and a sentence for people. */
export type Incomplete = { refused: 'packet_incomplete'; missing: string[]; because: string };

const LONGEST_TIMELINE = 50;
const MOST_TOPICS = 10;
const TELLING = 3;

/** The packet, or why there is none: an attribute that the pact wants in it is not known. */
export function packetOf(input: PacketInput): Packet | Incomplete {
  const { pact, facts, verdict, reasons, by, at } = input;
  const missing = missingFrom(pact, facts, at);
  if (missing.length > 0) return incomplete(missing);
  const values = attributesAt(facts, at);
  const deeds = facts.activities.filter((activity) => activity.at <= at);
  return {
    at,
    why_now: whyNow(input, deeds),
    lead: Object.fromEntries(pact.handoff.packet.map((name) => [name, values.get(fold(name))!.text])),
    grade: verdict.grade,
    fit: verdict.fit,
    interest: verdict.interest,
    met: reasons.filter(({ holds }) => holds === true),
    not_met: reasons.filter(({ holds }) => holds === false),
    unknown: reasons.filter(({ holds }) => holds === null),
    timeline: deeds.slice(-LONGEST_TIMELINE).reverse().map(deedOf),
    topics: topicsOf(deeds),
    asked: { by, questions: pact.sql.questions },
    worth: worthOf(pact.economics),
  };
}

/** The attributes that a packet lacks. */
export function missingFrom(pact: Pact, facts: Facts, at: Instant): string[] {
  const values = attributesAt(facts, at);
  return pact.handoff.packet.filter((name) => !values.has(fold(name)));
}

/** The refusal, in words: `packet_incomplete: account.name`. */
export const incomplete = (missing: string[]): Incomplete => ({
  refused: 'packet_incomplete',
  missing,
  because: `packet_incomplete: ${missing.join(', ')}`,
});

function whyNow({ reasons, origin, at }: PacketInput, deeds: readonly Activity[]): string[] {
  const because = (criterion: string, kind: Reason['kind']): string[] =>
    reasons.filter((one) => one.kind === kind && one.criterion === criterion).map((one) => one.because);
  const first: Record<Origin['kind'], () => string[]> = {
    mql: () => because('mql', 'mql'),
    fast_lane: () => (origin.kind === 'fast_lane' ? because(origin.lane, 'fast_lane') : []),
    exception: () =>
      origin.kind === 'exception'
        ? [`Handed over outside the definition by ${origin.by}: ${origin.reason}`]
        : [],
  };
  const behaviour = reasons
    .filter(({ kind, holds, points }) => kind === 'interest' && holds === true && points > 0)
    .sort((a, b) => b.points - a.points)
    .slice(0, TELLING)
    .map((one) => one.because);
  const last = deeds.at(-1);
  return [
    ...first[origin.kind](),
    ...behaviour,
    ...(last ? [`Last: ${sayDeed(deedOf(last))}, ${ago(at - last.at)}`] : []),
  ];
}

const sayDeed = ({ type, about }: Deed): string => (about === null ? type : `${type} (${about})`);

/** Properties that say what an activity was about, the most telling first. */
const ABOUT = ['topic', 'title', 'form', 'name', 'path', 'url'];

const deedOf = (activity: Activity): Deed => ({
  at: activity.at,
  type: activity.type,
  about: firstOf(activity, ABOUT),
});

/** What a page or a document was about. Only what names its topic, or a page by its title or path, has one. */
function topicsOf(deeds: readonly Activity[]): Topic[] {
  const topics = new Map<string, Topic>();
  for (const deed of deeds) {
    const names = fold(deed.type) === 'page' ? ['topic', 'category', 'title', 'path'] : ['topic', 'category'];
    const topic = firstOf(deed, names);
    if (topic === null) continue;
    const known = topics.get(fold(topic));
    if (known === undefined) topics.set(fold(topic), { topic, times: 1, last: deed.at });
    else Object.assign(known, { times: known.times + 1, last: deed.at });
  }
  return [...topics.values()].sort((a, b) => b.times - a.times || b.last - a.last).slice(0, MOST_TOPICS);
}

function firstOf(activity: Activity, names: readonly string[]): string | null {
  for (const name of names) {
    const value = propertyOf(activity, fold(name));
    if (value !== null) return value.text;
  }
  return null;
}
