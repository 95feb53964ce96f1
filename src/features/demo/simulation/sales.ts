import { COUNTRIES, type Country } from './accounts.ts';
import { type Activity, behaviourLogOdds, secondVisit } from './behaviour.ts';
import type { Person } from './people.ts';
import { fitPoints, handedOverAt, type Tier } from './practice.ts';
import type { Random } from './random.ts';
import { addWorkingMinutes, DAY, END, MINUTE, weekday } from './time.ts';
import * as truth from './truths.ts';

/** One row of the handoffs file: an offer to sales, or a lead that sales found itself. */
export type Handoff = {
  at: number;
  origin: 'marketing' | 'sales';
  tier: Tier;
  owner: string;
  firstTouchAt: number | null;
  channel: string;
  attempts: number;
  decision: 'accepted' | 'returned' | '';
  decidedAt: number | null;
  /** An id of the pact's reasons; empty unless returned. */
  reason: string;
};
/** One row of the deals file. */
type Deal = {
  outcome: 'won' | 'lost' | 'open';
  amount: number;
  createdAt: number;
  closedAt: number | null;
  reason: string;
  owner: string;
};
export type Story = {
  activities: Activity[];
  handoffs: Handoff[];
  deal: Deal | null;
  /** Empty while nothing is decided. */
  outcome: 'won' | 'lost' | '';
};

/** A lead of which nothing is heard this long after it came is lost. */
const SILENCE = 150 * DAY;

const TERRITORIES: Record<string, Country[]> = {
  central: ['Germany', 'Austria', 'Switzerland'],
  south: ['France', 'Italy', 'Turkey'],
  north: ['Netherlands', 'Sweden', 'United Kingdom'],
  overseas: ['United States', 'India', 'Brazil'],
};
const REPS: Record<string, string[]> = {
  central: ['Jana Winter', 'Tobias Rehm', 'Katrin Sommer'],
  south: ['Chiara Moretti'],
  north: ['Erik Lindqvist'],
  overseas: ['Dana Whitfield', 'Marcus Oyelaran'],
};
const territory = (country: Country): string =>
  Object.keys(TERRITORIES).find((name) => TERRITORIES[name]!.includes(country))!;

/** What became of a lead: handed over or not, answered, dealt with, won or lost. */
export function story(random: Random, person: Person, firstActivities: Activity[]): Story {
  const owner = random.pick(REPS[territory(person.account.country)]!);
  const offered = handedOverAt(person, firstActivities);
  // Here and there the hand-over was forgotten.
  const handed = offered && random.chance(0.95) ? offered : null;
  const handoff = handed && offer(random, handed, owner);
  const odds = logOdds(person, firstActivities) + (handed ? waitLogOdds(handoff!) : foundLogOdds(person));
  const buys = random.chance(1 / (1 + Math.exp(-odds))) && (!handed || handoff!.firstTouchAt !== null);
  if (!handed) return notHandedOver(random, person, firstActivities, owner, buys);

  if (handoff!.firstTouchAt === null) return close(random, person, firstActivities, [handoff!], false);
  if (person.source !== truth.BOUGHT_LIST && person.role !== 'Student' && random.chance(0.08)) {
    return tooEarly(random, person, firstActivities, handoff!, buys);
  }
  const accepted = buys || random.chance(acceptance(person));
  return close(random, person, firstActivities, [decide(random, person, handoff!, accepted)], buys);
}

/** The log-odds of winning a lead, before sales' part. */
function logOdds(person: Person, activities: Activity[]): number {
  const { account } = person;
  if (account.competitor) return Number.NEGATIVE_INFINITY;
  return (
    truth.BASE_LOG_ODDS +
    truth.INDUSTRIES[account.industry].logOdds +
    truth.sizeLogOdds(account.industry, account.size) +
    truth.ROLES[person.role].logOdds +
    truth.SOURCES[person.source].logOdds +
    truth.PUMPS[person.pumps].logOdds +
    (COUNTRIES[account.country].served ? 0 : truth.UNSERVED_LOG_ODDS) +
    behaviourLogOdds(activities)
  );
}

const foundLogOdds = (person: Person): number =>
  // The region's own people call on small machine builders anyway.
  truth.isShutOut(person.account.industry, person.account.size) ? 0 : truth.FOUND_BY_SALES_LOG_ODDS;

function waitLogOdds(handoff: Handoff & { waited: number }): number {
  return truth.WAIT_LOG_ODDS.find(([hours]) => handoff.waited / 60 >= hours)![1];
}

/** The offer and the first touch. On Fridays the phones are put down early. */
function offer(
  random: Random,
  handed: { at: number; tier: Tier },
  owner: string,
): Handoff & { waited: number } {
  const at = handed.at + (2 + random.int(20)) * MINUTE;
  const friday = weekday(at) === 5;
  const typical = handed.tier === 'hot' ? 35 : 130;
  const waited = Math.ceil(random.logNormal(friday ? typical * 6 : typical, 0.9));
  const touched = addWorkingMinutes(at, waited);
  const never = random.chance(friday ? 0.09 : 0.03) || touched >= END;
  return {
    at,
    origin: 'marketing',
    tier: handed.tier,
    owner,
    firstTouchAt: never ? null : touched,
    channel: never ? '' : random.weighted({ call: 62, mail: 30, meeting: 8 }),
    attempts: never ? 0 : 1 + random.int(4),
    decision: '',
    decidedAt: null,
    reason: '',
    waited,
  };
}

/** How likely sales takes a lead that will not buy: it takes the better looking ones. */
function acceptance(person: Person): number {
  if (person.source === truth.BOUGHT_LIST) return 0.3;
  if (person.role === 'Student') return 0;
  return fitPoints(person) >= 60 ? 0.8 : 0.65;
}

function decide(random: Random, person: Person, handoff: Handoff, accepted: boolean): Handoff {
  const decidedAt = addWorkingMinutes(handoff.firstTouchAt!, random.exponential(400));
  if (decidedAt >= END) return handoff;
  const reason = accepted ? '' : reasonToReturn(random, person);
  // "Unreachable" wants six attempts; half of the time it is said after fewer.
  const attempts = reason === 'unreachable' ? 2 + random.int(8) : handoff.attempts;
  return { ...handoff, attempts, decision: accepted ? 'accepted' : 'returned', decidedAt, reason };
}

function reasonToReturn(random: Random, person: Person): string {
  if (person.source === truth.BOUGHT_LIST) {
    return random.weighted({ no_need: 60, bad_data: 20, unreachable: 20 });
  }
  if (person.role === 'Student') return 'not_a_buyer';
  if (['Consultant', 'Marketing'].includes(person.role))
    return random.weighted({ not_a_buyer: 60, not_fit: 40 });
  return random.weighted({
    not_fit: 22,
    no_need: 34,
    no_budget: 12,
    unreachable: 24,
    duplicate: 4,
    bad_data: 4,
  });
}

/** Real, but later: returned with a date, and for some a second pass through the ladder. */
function tooEarly(
  random: Random,
  person: Person,
  firstActivities: Activity[],
  first: Handoff,
  buys: boolean,
): Story {
  const returned = decide(random, person, first, false);
  const handoffs = [returned.decision ? { ...returned, reason: 'timing' } : returned];
  const again = first.firstTouchAt! + (75 + random.int(60)) * DAY;
  const comesBack = random.chance(0.6) && again + 12 * DAY < END;
  if (!comesBack)
    return { activities: firstActivities, handoffs, deal: null, outcome: verdictOfTime(person) };
  const activities = [...firstActivities, ...secondVisit(random, person, again)].sort((a, b) => a.at - b.at);
  const second = offer(random, { at: again + 9 * DAY, tier: 'standard' }, first.owner);
  if (second.firstTouchAt === null) return close(random, person, activities, [...handoffs, second], false);
  return close(random, person, activities, [...handoffs, decide(random, person, second, true)], buys);
}

/** Nobody handed it over; sales finds those who buy, and some who do not. */
function notHandedOver(
  random: Random,
  person: Person,
  activities: Activity[],
  owner: string,
  buys: boolean,
): Story {
  if (!buys && !random.chance(0.03))
    return { activities, handoffs: [], deal: null, outcome: verdictOfTime(person) };
  const last = activities[activities.length - 1]!.at;
  const at = addWorkingMinutes(last, 200 + random.exponential(2400));
  if (at >= END - DAY) return { activities, handoffs: [], deal: null, outcome: verdictOfTime(person) };
  const found: Handoff = {
    ...{ at, origin: 'sales', tier: 'standard', owner, firstTouchAt: at, channel: 'call', attempts: 1 },
    ...{ decision: 'accepted', decidedAt: at, reason: '' },
  };
  return close(random, person, activities, [found], buys);
}

/** The deal that an accepted lead becomes, if it does. */
function close(
  random: Random,
  person: Person,
  activities: Activity[],
  handoffs: Handoff[],
  buys: boolean,
): Story {
  const last = handoffs[handoffs.length - 1]!;
  const outcome = verdictOfTime(person);
  if (last.decision !== 'accepted') {
    return { activities, handoffs, deal: null, outcome: last.decision === 'returned' ? 'lost' : outcome };
  }
  if (!buys && !random.chance(0.6)) return { activities, handoffs, deal: null, outcome };
  const createdAt = addWorkingMinutes(last.decidedAt!, random.exponential(1600));
  const cycle = random.logNormal(42, 0.45) * DAY;
  const earliest = Math.max(createdAt + cycle, activities[activities.length - 1]!.at + DAY);
  const closedAt = addWorkingMinutes(earliest, random.int(400));
  if (createdAt >= END) return { activities, handoffs, deal: null, outcome };
  const big = person.account.size === 'large' || person.account.size === 'giant';
  const amount = Math.round((random.logNormal(12_500, 0.55) * (big ? 1.8 : 1)) / 50) * 50;
  const reason = random.weighted({ price: 34, competitor: 24, no_decision: 30, requirements: 12 });
  const open = closedAt >= END;
  const deal: Deal = {
    outcome: open ? 'open' : buys ? 'won' : 'lost',
    amount,
    createdAt,
    closedAt: open ? null : closedAt,
    reason: open || buys ? '' : reason,
    owner: last.owner,
  };
  return { activities, handoffs, deal, outcome: deal.outcome === 'open' ? '' : deal.outcome };
}

/** Young leads are undecided; old ones of whom nothing was heard are lost. */
const verdictOfTime = (person: Person): 'lost' | '' => (person.createdAt < END - SILENCE ? 'lost' : '');
