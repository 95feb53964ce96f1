import { JUDGEABLE } from './attribute.ts';
import { isAbsent } from './bins.ts';
import type { Evident } from './card.ts';
import { wilson } from './interval.ts';
import type { Warning } from './report.ts';
import { listed, percent, plain } from './words.ts';

/**
 * Attributes whose best bin is "no answer": that is a gap in tracking, not a kind of lead. Said only where the
 * unanswered surely win more often than the average lead.
 */
export function trackingGaps(evidence: readonly Evident[], base: number): Warning[] {
  return evidence.flatMap(({ attribute, binning, tallies }) => {
    const bins = binning.bins.map(({ label, content }, i) => {
      const { n, won } = tallies[i]!;
      const absent = isAbsent(content);
      return { label, absent, n, won, rate: won / n, low: wilson({ n, won })[0] };
    });
    const judged = bins.filter(({ n }) => n >= JUDGEABLE);
    const known = Math.max(...judged.filter(({ absent }) => !absent).map(({ rate }) => rate));
    if (!Number.isFinite(known)) return [];
    const gaps = judged.filter(({ absent, rate, low }) => absent && rate > known && low > base);
    if (gaps.length === 0) return [];
    const said = gaps.map(({ label, n, rate }) => `${label} ${percent(rate)} of ${plain(n)}`);
    return [
      {
        code: 'tracking_gap',
        message: `"${attribute.name}": leads without an answer win most often (${listed(said)}; best known value ${percent(known)}): a gap in tracking, not a kind of lead.`,
      },
    ];
  });
}
