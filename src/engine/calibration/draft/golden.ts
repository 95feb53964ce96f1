import type { GoldenLead, Scalar } from '#engine/pact/pact.ts';
import type { Content } from '../bins.ts';
import type { Profile } from './profile.ts';
import { isSayable } from './sayable.ts';

/**
 * Two leads of the file that guard the meaning of a draft: the one of highest and the one of lowest fit. They carry
 * what the clauses ask for and nothing else, so that nobody is recognised by them.
 *
 * @param extra attributes that every golden lead needs to be a lead at all
 */
export function goldenOf(
  profile: Profile,
  fit: Float64Array,
  bar: number,
  activities: ReadonlyMap<string, string>,
  extra: Record<string, Scalar>,
): GoldenLead[] {
  const highest = fit.reduce((best, f, row) => (f > fit[best]! ? row : best), 0);
  const lowest = fit.reduce((best, f, row) => (f < fit[best]! ? row : best), 0);
  const of = (row: number, expect: 'mql' | 'not_mql', text: string): GoldenLead => ({
    ...factsOf(profile, row, activities, extra),
    expect,
    text,
  });
  return [
    of(highest, 'mql', 'A lead of the file with the highest fit.'),
    ...(fit[lowest]! < bar ? [of(lowest, 'not_mql', 'A lead of the file with the lowest fit.')] : []),
  ];
}

function factsOf(
  { lines }: Profile,
  row: number,
  activities: ReadonlyMap<string, string>,
  extra: Record<string, Scalar>,
): Pick<GoldenLead, 'lead' | 'activities'> {
  const lead: Record<string, Scalar> = { ...extra };
  const done: GoldenLead['activities'] = [];
  for (const { attribute, binning } of lines) {
    const code = attribute.codes[row]!;
    const activity = activities.get(attribute.name);
    if (activity === undefined) {
      const { text } = attribute.levels[attribute.levelOf[code]!]!;
      if (text !== '' && isSayable(text)) lead[attribute.name] = text;
      continue;
    }
    const { content } = binning.bins[binning.binOf[code]!]!;
    for (let times = fewestIn(content); times > 0; times--) done.push({ type: activity });
  }
  return { lead, activities: done };
}

/** The smallest count that a bin of counts takes in. */
function fewestIn(content: Content): number {
  if (content.is === 'value') return content.number;
  if (content.is !== 'range') return 0;
  if (content.gte !== undefined) return Math.ceil(content.gte);
  return content.gt === undefined ? 0 : Math.floor(content.gt) + 1;
}
