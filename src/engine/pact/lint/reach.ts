/** How high fit and interest can climb under a pact. */
import type { Rules } from '#engine/criterion/compile.ts';
import type { Bands } from './bands.ts';

/** The most points a lead can have; Infinity where nothing bounds them. Never less than the truth. */
export type Reach = { fit: number; interest: number };

export const reachOf = (rules: Rules, bands: readonly Bands[]): Reach => ({
  fit: mostFit(rules, bands),
  interest: mostInterest(rules),
});

/** Bands over one attribute exclude each other: only the best lot of them that one value gives is counted. */
function mostFit({ profile }: Rules, bands: readonly Bands[]): number {
  const points = (criteria: readonly number[]): number =>
    criteria.reduce((sum, i) => sum + profile[i]!.points, 0);
  const inBands = new Set(bands.flatMap(({ criteria }) => criteria));
  const others = profile.flatMap((criterion, i) => (inBands.has(i) ? [] : [Math.max(0, criterion.points)]));
  const best = bands.map(({ together }) =>
    together.reduce((most, criteria) => Math.max(most, points(criteria)), 0),
  );
  return [...others, ...best].reduce((sum, n) => sum + n, 0);
}

function mostInterest({ interest }: Rules): number {
  return interest.reduce((most, { points, cap }) => (points > 0 ? most + cap : most), 0);
}
