/** Whether leads of late differ from those before: criterion by criterion, and in fit as a whole. */
import type { Instant } from '#engine/facts/facts.ts';
import type { Pact } from '#engine/pact/pact.ts';
import { ENOUGH_TO_COMPARE, type Stability, stabilityIndex, stabilityOf } from '../drift.ts';
import { counted, percent } from '../words.ts';
import type { StudiedLead } from './lessons.ts';

export type Drifted = {
  /** `profile.size`; null for fit as a whole, and where there are too few leads to say. */
  clause: string | null;
  said: string;
  index: number | null;
  verdict: Stability | 'too few';
  /** Leads of late that meet it, and all of late; null where it is no share. */
  part: number | null;
  of: number;
};

/** What moved, the farthest first; or that there are too few leads on a side to say. */
export function changed(pact: Pact, leads: readonly StudiedLead[], since: Instant): Drifted[] {
  const before = leads.filter(({ createdAt }) => createdAt < since);
  const after = leads.filter(({ createdAt }) => createdAt >= since);
  const few = Math.min(before.length, after.length) < ENOUGH_TO_COMPARE;
  if (few) {
    const said = `Too few to say whether leads have changed: ${counted(before.length, 'lead')} before and ${plainly(after.length)} since, and ${ENOUGH_TO_COMPARE} on each side are needed.`;
    return [{ clause: null, said, index: null, verdict: 'too few', part: null, of: after.length }];
  }
  const found = pact.profile.map(({ id }, i): Drifted => {
    const index = stabilityIndex(answers(before, i), answers(after, i));
    const [was, is] = [meeting(before, i), meeting(after, i)];
    const [old, now] = [was / before.length, is / after.length];
    const said = `${now < old ? 'Fewer' : 'More'} leads meet ${id}: ${percent(old)} before, ${percent(now)} since (drift index ${index.toFixed(2)}: ${stabilityOf(index)}).`;
    return {
      clause: `profile.${id}`,
      said,
      index,
      verdict: stabilityOf(index),
      part: is,
      of: after.length,
    };
  });
  const index = stabilityIndex(letters(pact, before), letters(pact, after));
  const [old, now] = [good(pact, before), good(pact, after)];
  const whole: Drifted = {
    clause: null,
    said: `Fit as a whole has moved: ${percent(old / before.length)} of leads before were an A or a B, ${percent(now / after.length)} since (drift index ${index.toFixed(2)}: ${stabilityOf(index)}).`,
    index,
    verdict: stabilityOf(index),
    part: now,
    of: after.length,
  };
  return [whole, ...found]
    .filter(({ verdict }) => verdict !== 'stable')
    .sort((a, b) => (b.index ?? 0) - (a.index ?? 0));
}

const plainly = (n: number): string => n.toLocaleString('en');

const meeting = (leads: readonly StudiedLead[], i: number): number =>
  leads.filter(({ holds }) => holds[i] === true).length;

/** How many meet it, do not, and are not known to. */
const answers = (leads: readonly StudiedLead[], i: number): number[] =>
  [true, false, null].map((truth) => leads.filter(({ holds }) => (holds[i] ?? null) === truth).length);

const fitOf = ({ profile }: Pact, { holds }: StudiedLead): number =>
  profile.reduce((sum, { points }, i) => sum + (holds[i] === true ? points : 0), 0);

/** Leads by the letter of their fit. */
const letters = (pact: Pact, leads: readonly StudiedLead[]): number[] => {
  const { A, B, C } = pact.grades.fit;
  const counts = [0, 0, 0, 0];
  for (const lead of leads) {
    const fit = fitOf(pact, lead);
    counts[fit >= A ? 0 : fit >= B ? 1 : fit >= C ? 2 : 3]!++;
  }
  return counts;
};
const good = (pact: Pact, leads: readonly StudiedLead[]): number =>
  letters(pact, leads)
    .slice(0, 2)
    .reduce((sum, n) => sum + n, 0);
