import { type Attribute, JUDGEABLE } from './attribute.ts';
import { type Tally, weightOfEvidence } from './evidence.ts';

/** What the roundness of an amount says of the outcome: an estimate is round, an invoiced sum is not. */
export type Roundness = { iv: number; round: Tally; odd: Tally };

/** Amounts only: smaller numbers are round by nature. */
const AMOUNT = 1000;

/**
 * Compares round amounts (whole hundreds) with the others, in the lower and in the upper half of the amounts alike, so
 * that a large sum is not taken for a round one; the smaller of the two information values counts. Null where the
 * attribute does not hold amounts.
 */
export function roundnessOf(attribute: Attribute, won: Uint8Array): Roundness | null {
  if (attribute.kind !== 'number' || attribute.values.length < JUDGEABLE) return null;
  const perValue = Array.from(attribute.values, () => ({ n: 0, won: 0 }));
  let amounts = 0;
  attribute.codes.forEach((code, row) => {
    const value = attribute.valuePlace[code]!;
    if (value < 0 || attribute.values[value]! < AMOUNT) return;
    perValue[value]!.n++;
    perValue[value]!.won += won[row]!;
    amounts++;
  });
  if (amounts < 4 * JUDGEABLE) return null;

  const halves = [
    { round: { n: 0, won: 0 }, odd: { n: 0, won: 0 } },
    { round: { n: 0, won: 0 }, odd: { n: 0, won: 0 } },
  ] as const;
  let below = 0;
  perValue.forEach((tally, value) => {
    const half = halves[below < amounts / 2 ? 0 : 1];
    add(attribute.values[value]! % 100 === 0 ? half.round : half.odd, tally);
    below += tally.n;
  });
  const enough = halves.every(({ round, odd }) => round.n >= JUDGEABLE && odd.n >= JUDGEABLE);
  if (!enough) return null;
  const [lower, upper] = halves.map(({ round, odd }) => weightOfEvidence([round, odd]).iv);
  const total = { iv: Math.min(lower!, upper!), round: { n: 0, won: 0 }, odd: { n: 0, won: 0 } };
  for (const half of halves) {
    add(total.round, half.round);
    add(total.odd, half.odd);
  }
  return total;
}

function add(sum: Tally, tally: Tally): void {
  sum.n += tally.n;
  sum.won += tally.won;
}
