/** The rungs of the ladder (methods: waterfall names), and which of them a lead went past. */
import type { Pact } from '#engine/pact/pact.ts';
import type { Standing } from './standing.ts';

const SALES = ['mql', 'sal', 'sql', 'opportunity', 'won'];

/** From `conversion` up to `won`; exits (bad lead, recycled, disqualified, lost) are not on it. */
const rungsOf = (pact: Pact): string[] => ['conversion', ...pact.stages.map(({ id }) => id), ...SALES];

/** The rung of a stage: a level stands on its stage's. */
export const rungOf = (stage: string): string => stage.split('/', 1)[0]!;

/** How far up sales has it; -1 on marketing's part of the ladder. */
export const salesRank = (stage: string): number => SALES.indexOf(stage);

/** The rungs below the highest it reached in this pass on which it never stood. */
export function skippedRungs(standing: Pick<Standing, 'stood'>, pact: Pact): string[] {
  const rungs = rungsOf(pact);
  const highest = Math.max(...standing.stood.map((rung) => rungs.indexOf(rung)));
  return rungs.slice(1, Math.max(0, highest)).filter((rung) => !standing.stood.includes(rung));
}
