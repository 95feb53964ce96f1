/** Where the gap between what was agreed and what came is from (methods: leak split). */
import type { Reason } from '#engine/pact/pact.ts';

export type Step = {
  step: string;
  /** The rate both teams agreed on. */
  agreed: number;
  /** The rate there was; null when nobody came so far: then it is taken as agreed, for nothing was lost there. */
  actual: number | null;
};

export type Part = {
  step: string;
  /** Its share of the gap; null when there is no gap to share. */
  share: number | null;
  /** Its amount. All of them add up to the gap. */
  amount: number;
};

/**
 * Splits a gap by the logarithms of the steps' ratios: exact, and the same whichever step is looked at first. Where a
 * step let nobody through, all of it is that step's. Agreed .80 .57 .60 .25, actual .70 .57 .50 .25, 500 MQLs at
 * 10,000: a gap of 92,625, of which the first step has 39,159 and the third 53,466.
 */
export function splitLeak(
  steps: readonly Step[],
  leads: number,
  amount: number,
): { gap: number; parts: Part[] } {
  const full = steps.map(({ step, agreed, actual }) => ({ step, agreed, actual: actual ?? agreed }));
  const [wanted, got] = [
    product(full.map(({ agreed }) => agreed)),
    product(full.map(({ actual }) => actual)),
  ];
  const worth = leads * amount;
  const gap = (wanted - got) * worth;
  const blocked = full.findIndex(({ actual }) => actual === 0);
  if (wanted === 0 || blocked >= 0) {
    const parts = full.map(({ step }, i) => ({
      step,
      share: gap === 0 ? null : i === blocked ? 1 : 0,
      amount: i === blocked ? gap : 0,
    }));
    return { gap, parts };
  }
  const scale = logarithmicMean(wanted, got) * worth;
  const parts = full.map(({ step, agreed, actual }) => {
    const part = scale * Math.log(agreed / actual);
    return { step, share: gap === 0 ? null : part / gap, amount: part };
  });
  return { gap, parts };
}

const product = (rates: readonly number[]): number => rates.reduce((all, rate) => all * rate, 1);

/** The mean by which a difference becomes a logarithm of a ratio: (a − b) / ln(a / b). */
const logarithmicMean = (a: number, b: number): number => (a === b ? a : (a - b) / Math.log(a / b));

/** Who can mend it: the definition belongs to both, and the market to nobody. */
export type LeakOwner = 'definition' | 'marketing' | 'sales' | 'market';

/** By the clause that a reason accuses; any other is a criterion's, and so the definition's. */
const OWNERS: Readonly<Record<string, LeakOwner>> = {
  lead: 'marketing',
  handoff: 'marketing',
  sql: 'market',
};

/** Who owns a return. Untouched and unanswered leads have no reason: they are sales'. */
export function ownerOf(reason: Pick<Reason, 'clause' | 'ask'> | null): LeakOwner {
  if (reason === null) return 'sales';
  if (reason.ask === 'attempts') return 'market';
  return OWNERS[reason.clause ?? ''] ?? 'definition';
}
