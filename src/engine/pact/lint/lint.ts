import type { Pact } from '#engine/pact/pact.ts';
import type { Finding } from './finding.ts';
import { checkHandingOver } from './handing-over.ts';
import { checkLadder } from './ladder.ts';
import { checkPromises } from './promises.ts';
import { checkScores } from './scores.ts';
import { study } from './study.ts';

export type { Finding } from './finding.ts';

/**
 * What reads well in a pact and does not mean what its writers want: places that nobody can reach, criteria that
 * count twice, promises that nobody can measure. Errors first, then in the order of the checks.
 *
 * Golden leads are judged apart, by `checkGolden`.
 */
export function lintPact(pact: Pact): Finding[] {
  const studied = study(pact);
  const findings = [
    ...checkLadder(studied),
    ...checkScores(studied),
    ...checkHandingOver(studied),
    ...checkPromises(pact),
  ];
  return [
    ...findings.filter(({ level }) => level === 'error'),
    ...findings.filter(({ level }) => level === 'warning'),
  ];
}
