import { readInstant } from '#engine/criterion/value.ts';
import type { Attribute } from './attribute.ts';
import { percent } from './words.ts';

const DAY = 86_400_000;
/** The share of dates on or after the close from which a column is said to follow the outcome. */
const MOSTLY = 0.5;

/**
 * What a column of dates gives away: that it was written when the deal closed, or later. Null where it does not, or
 * where no close is known.
 */
export function writtenAfterClose(attribute: Attribute, closedAt: Float64Array | null): string | null {
  if (attribute.kind !== 'date' || closedAt === null) return null;
  const instants = attribute.levels.map(({ text }) => readInstant(text));
  let [known, after] = [0, 0];
  attribute.codes.forEach((code, row) => {
    const at = instants[attribute.levelOf[code]!]!;
    if (at === null || Number.isNaN(closedAt[row]!)) return;
    known++;
    if (at >= Math.floor(closedAt[row]! / DAY) * DAY) after++;
  });
  if (known === 0 || after < MOSTLY * known) return null;
  return `holds dates, ${percent(after / known)} of them on or after the day the deal closed: it follows the outcome`;
}
