/** Who may do what with a handoff just now; and to whom it is not open, why. The server has the last word. */
import type { HandoffReply, HandoffSummary } from '#contract/handoffs.ts';
import type { Me } from '../../app/session.tsx';

export type Deed =
  | 'accept'
  | 'give_back'
  | 'touch'
  | 'qualify'
  | 'dispute'
  | 'rule'
  | 'hold'
  | 'release'
  | 'reassign'
  | 'explain'
  | 'acknowledge';

export type Who = Pick<Me, 'member' | 'party' | 'rank'>;
type Handoff = Pick<HandoffReply, 'standing' | 'owner' | 'answers' | 'holds'>;
type Standing = HandoffReply['standing'];

/** Null when it may be done; else why not, in words; undefined when there is no point in offering it at all. */
type Answer = string | null | undefined;

const isSenior = ({ party, rank }: Who): boolean => party === 'sales' && rank !== 'member';

/** Sales answers what is its own, what is nobody's, and as a lead what is anybody's. */
function ofSales(who: Who, owner: string | null): string | null {
  if (who.party !== 'sales') return 'Sales does this.';
  if (owner === null || owner === who.member || isSenior(who)) return null;
  return 'It is with somebody else of sales: they do this, or a lead of sales gives it to you.';
}

const stands = ({ standing }: Pick<Handoff, 'standing'>, ...wanted: Standing[]): boolean =>
  wanted.includes(standing);

/** The hold that runs at an instant. */
export const runningHold = (
  holds: HandoffReply['holds'],
  now: number,
): HandoffReply['holds'][number] | null =>
  holds.find(
    ({ released_at, until_at }) =>
      released_at === null && (until_at === null || new Date(until_at).getTime() > now),
  ) ?? null;

const rules: Record<Deed, (who: Who, handoff: Handoff, now: number) => Answer> = {
  accept: (who, handoff) => (stands(handoff, 'offered') ? ofSales(who, handoff.owner) : undefined),
  give_back: (who, handoff) =>
    stands(handoff, 'offered', 'accepted') ? ofSales(who, handoff.owner) : undefined,
  touch: (who, handoff) =>
    stands(handoff, 'offered', 'accepted', 'qualified') ? ofSales(who, handoff.owner) : undefined,
  qualify: (who, handoff) => {
    if (stands(handoff, 'accepted')) return ofSales(who, handoff.owner);
    return stands(handoff, 'offered') ? 'Accept it first: only what was accepted is qualified.' : undefined;
  },
  dispute: (who, handoff) => {
    if (!stands(handoff, 'returned') || handoff.answers.dispute !== null) return undefined;
    return who.party === 'marketing' ? null : 'Marketing appeals against a return.';
  },
  rule: (who, { answers }) => {
    if (answers.dispute === null || answers.ruling !== null) return undefined;
    return who.party === null ? null : 'The facilitator rules on disputes.';
  },
  hold: (who, handoff, now) => {
    if (!stands(handoff, 'offered', 'accepted') || runningHold(handoff.holds, now) !== null) return undefined;
    return who.party === null ? 'One of the two parties holds a lead.' : null;
  },
  release: (who, { holds }, now) => {
    const hold = runningHold(holds, now);
    if (hold === null) return undefined;
    return who.party === null || who.party === hold.party
      ? null
      : `It is held by ${hold.party}: they release it, or the facilitator does.`;
  },
  reassign: (who, handoff) => {
    if (!stands(handoff, 'offered', 'accepted')) return undefined;
    return isSenior(who) ? null : 'A lead of sales gives it to somebody else.';
  },
  explain: (who, handoff) => {
    const { lapse } = handoff.answers;
    if (lapse === null || lapse.acknowledged_at !== null) return undefined;
    return ofSales(who, handoff.owner);
  },
  acknowledge: (who, { answers: { lapse } }) => {
    if (lapse === null || lapse.acknowledged_at !== null) return undefined;
    if (lapse.explained_at === null) return 'Nobody has said yet why there was no follow-up.';
    if (!isSenior(who)) return 'A lead or manager of sales takes note of this.';
    return lapse.explained_by === who.member
      ? 'This is your own reason: another lead or manager takes note of it.'
      : null;
  },
};

/** @returns null when it may be done, why not in words, or undefined when it does not come into question. */
export const whyNot = (deed: Deed, who: Who, handoff: Handoff, now: number): Answer =>
  rules[deed](who, handoff, now);

/** What a row of a list says is enough to know whether it may be answered. */
export const mayAnswer = (who: Who, { owner, standing }: HandoffSummary): boolean =>
  ofSales(who, owner) === null && (standing === 'offered' || standing === 'accepted');
