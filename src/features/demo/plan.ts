/** How a handoff was worked: what was done about it and when, by the example's story. Pure. */
import type { WorkCalendar } from '#engine/calendar/calendar.ts';
import { dueAt, elapsed } from '#engine/calendar/clock.ts';
import type { Instant } from '#engine/facts/facts.ts';
import type { Channel } from '#engine/handoff/attempts.ts';
import { type Mover, weekdayAt } from './present.ts';
import type { Random } from './simulation/random.ts';
import type { Handoff } from './simulation/sales.ts';
import type { Told } from './simulation/simulate.ts';
import { BOUGHT_LIST } from './simulation/truths.ts';

export type Step = { at: Instant } & (
  | { kind: 'accept' }
  | { kind: 'touch'; channel: Channel; reached: boolean }
  | { kind: 'return'; reason: string; until: Instant }
  | { kind: 'dispute' }
  | { kind: 'rule'; ruling: 'upheld' | 'overturned' }
  | { kind: 'qualify' }
  | { kind: 'open_deal'; amount: number }
  | { kind: 'close_deal'; outcome: 'won' | 'lost'; reason: string }
);

export type Occasion = {
  told: Told;
  /** Which handoff of this lead it is, from 0. */
  turn: number;
  offeredAt: Instant;
  tier: string;
  calendar: WorkCalendar;
  move: Mover;
  random: Random;
};

const MINUTE = 60_000;
const DAY = 86_400_000;
/** Seen without a talk. */
const AT_ONCE = new Set(['bad_data', 'duplicate', 'not_a_buyer', 'competitor']);
/** What the pact asks for before somebody is called unreachable, and how far apart they are, in working hours. */
const ATTEMPTS = { count: 6, apart: 11 };

/** Everything that is done about a handoff, in order of time; nothing when nobody ever looked at it. */
export function planHandoff(occasion: Occasion): Step[] {
  const worked = storyOf(occasion);
  const { firstTouch, decided } = worked;
  if (firstTouch === null) return [];
  const isAtOnce = worked.decision === 'returned' && AT_ONCE.has(worked.reason);
  const accepted: Step[] = isAtOnce
    ? []
    : [{ kind: 'accept', at: Math.max(occasion.offeredAt + MINUTE / 2, firstTouch - MINUTE) }];
  const touches = touchesOf(occasion, worked, firstTouch);
  if (decided === null) return [...accepted, ...touches];
  const last = touches.at(-1)!.at;
  const end = Math.max(decided, last + MINUTE);
  return [
    ...accepted,
    ...touches,
    ...(worked.decision === 'accepted' ? wonOver : givenBack)(occasion, worked, end),
  ];
}

type Worked = {
  firstTouch: Instant | null;
  channel: Channel;
  attempts: number;
  decision: Handoff['decision'];
  decided: Instant | null;
  reason: string;
};

/** The story of this handoff; one is made up for leads that the pact hands over and the example's marketing did not. */
function storyOf(occasion: Occasion): Worked {
  const { told, turn, offeredAt, calendar, move } = occasion;
  const story = told.handoffs.filter(({ origin }) => origin === 'marketing')[turn];
  if (story === undefined) return madeUp(occasion);
  const after = (at: number | null): Instant | null => {
    if (at === null) return null;
    const minutes = Math.ceil(elapsed(calendar, move(story.at), move(at)) / MINUTE);
    return dueAt(calendar, offeredAt, { days: 0, minutes: Math.max(2, minutes) });
  };
  const { channel, attempts, decision, reason } = story;
  return {
    firstTouch: after(story.firstTouchAt),
    channel: channel === '' ? 'call' : (channel as Channel),
    attempts,
    decision,
    decided: after(story.decidedAt),
    reason,
  };
}

/** On Fridays the phones are put down early. */
function madeUp({ told, tier, offeredAt, calendar, random }: Occasion): Worked {
  const isFriday = weekdayAt(offeredAt) === 5;
  const typical = (tier === 'hot' ? 35 : 130) * (isFriday ? 6 : 1);
  const waited = Math.ceil(random.logNormal(typical, 0.9));
  const isNever = random.chance(isFriday ? 0.09 : 0.03);
  const firstTouch = isNever ? null : dueAt(calendar, offeredAt, { days: 0, minutes: waited });
  const isBought = told.person.source === BOUGHT_LIST;
  const isAccepted = hasDeal(told) || random.chance(isBought ? 0.3 : 0.6);
  const minutes = 5 + Math.ceil(random.exponential(400));
  return {
    firstTouch,
    channel: random.weighted({ call: 62, mail: 30, meeting: 8 }),
    attempts: 1 + random.int(4),
    decision: isAccepted ? 'accepted' : 'returned',
    decided: firstTouch === null ? null : dueAt(calendar, firstTouch, { days: 0, minutes }),
    reason: isAccepted
      ? ''
      : random.weighted({ not_fit: 25, no_need: 40, no_budget: 10, unreachable: 20, timing: 5 }),
  };
}

const hasDeal = ({ deal }: Told): boolean => deal !== null;

function touchesOf({ calendar, random }: Occasion, worked: Worked, first: Instant): Step[] {
  const isUnreachable = worked.reason === 'unreachable';
  const count = isUnreachable ? ATTEMPTS.count : Math.max(1, worked.attempts);
  const other: Channel = worked.channel === 'call' ? 'mail' : 'call';
  const touches: Step[] = [];
  let at = first;
  for (let i = 0; i < count; i++) {
    const isLast = i === count - 1;
    if (!isUnreachable && i > 0 && worked.decided !== null && at >= worked.decided) break;
    const channel = i % 2 === 0 ? worked.channel : other;
    touches.push({ kind: 'touch', at, channel, reached: !isUnreachable && (isLast || random.chance(0.3)) });
    const hours = isUnreachable ? ATTEMPTS.apart : 2 + random.int(9);
    at = dueAt(calendar, at, { days: 0, minutes: hours * 60 });
  }
  return touches;
}

/** Sales says it is an SQL, and what came of it; or that it looked like one and was none. */
function wonOver({ told, turn, calendar, move, random }: Occasion, _: Worked, end: Instant): Step[] {
  const handoffs = told.handoffs.filter(({ origin }) => origin === 'marketing').length;
  const { deal } = told;
  if (deal === null || turn !== Math.max(0, handoffs - 1)) {
    const at = dueAt(calendar, end, { days: 1 + random.int(4), minutes: random.int(300) });
    if (random.chance(0.3)) return [{ kind: 'qualify', at }];
    const reason = random.weighted({ no_need: 55, timing: 30, no_budget: 15 });
    return [{ kind: 'return', at, reason, until: at + (45 + random.int(90)) * DAY }];
  }
  const opened = Math.max(end + 10 * MINUTE, move(deal.createdAt));
  const open: Step[] = [
    { kind: 'qualify', at: end },
    { kind: 'open_deal', at: opened, amount: deal.amount },
  ];
  if (deal.closedAt === null || deal.outcome === 'open') return open;
  const { outcome, reason } = deal;
  const closed = Math.max(opened + DAY, move(deal.closedAt));
  return [...open, { kind: 'close_deal', at: closed, outcome, reason: reason || 'best_fit' }];
}

/** Given back, and now and then marketing sees it otherwise. */
function givenBack({ calendar, random }: Occasion, { reason }: Worked, end: Instant): Step[] {
  const back: Step = { kind: 'return', at: end, reason, until: end + (60 + random.int(60)) * DAY };
  if (!['not_fit', 'no_need'].includes(reason) || !random.chance(0.18)) return [back];
  const disputed = dueAt(calendar, end, { days: 1, minutes: random.int(200) });
  const ruled = dueAt(calendar, disputed, { days: 2 + random.int(3), minutes: random.int(300) });
  const ruling = random.chance(0.35) ? 'overturned' : 'upheld';
  return [back, { kind: 'dispute', at: disputed }, { kind: 'rule', at: ruled, ruling }];
}
