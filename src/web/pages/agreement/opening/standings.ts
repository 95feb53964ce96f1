/** How far two private drafts have come, in words. */
import type { OpeningSummary } from '#contract/openings.ts';
import type { Tone } from '../../../parts/Mark.tsx';

export const standings: Record<OpeningSummary['standing'], [tone: Tone, word: string]> = {
  writing: ['neutral', 'Being written'],
  choosing: ['accent', 'To be chosen'],
  settled: ['good', 'One draft of both'],
};
