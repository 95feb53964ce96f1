import type { Warning } from './report.ts';
import { counted, plain } from './words.ts';

/** Below this many won or lost leads a fitted card is worse than quoting the base rate. */
const LEAST_OF_EACH = 25;
/** Below this many of either the figures are shaky. */
const COMFORTABLE = 150;
/** Leads old enough to have an outcome that a proposal needs. */
const LEAST_MATURE = 100;

/** What stands in the way of fitting a card at all; null when nothing does. */
export function tooFew(won: number, lost: number, mature: number): Warning | null {
  const lacking: string[] = [];
  if (won < LEAST_OF_EACH) lacking.push(`${counted(LEAST_OF_EACH - won, 'more won lead')}`);
  if (lost < LEAST_OF_EACH) lacking.push(`${counted(LEAST_OF_EACH - lost, 'more lost lead')}`);
  if (mature < LEAST_MATURE)
    lacking.push(`${counted(LEAST_MATURE - mature, 'more lead')} old enough to have an outcome`);
  if (lacking.length === 0) return null;
  return {
    code: 'too_few',
    message: `Not enough evidence yet: ${counted(won, 'won lead')} and ${plain(lost)} lost. A proposal needs ${lacking.join(' and ')}; until then the base rate is the better guide.`,
  };
}

/** A word of caution about small samples, or null. */
export function shaky(won: number, lost: number): Warning | null {
  const least = Math.min(won, lost);
  if (least >= COMFORTABLE) return null;
  return {
    code: 'few',
    message: `Only ${counted(least, won <= lost ? 'won lead' : 'lost lead')}: the figures are shaky below about ${COMFORTABLE}; look at the interval, not at the number.`,
  };
}
