import type { Condition, ProfileCriterion } from '#engine/pact/pact.ts';
import { JUDGEABLE } from '../attribute.ts';
import type { Card, Line } from '../card.ts';
import type { Tally } from '../evidence.ts';
import { SCALE } from '../points.ts';
import { wordsOf } from '../words.ts';
import { attributeTest, behaviourTest } from './conditions.ts';
import { canBeSaid, isSayable } from './sayable.ts';
import { attributeSubject, behaviourSubject, sentenceOf } from './sentences.ts';

/** What the best possible lead comes to. */
const FULL = 100;

/** A card as clauses of a pact. */
export type Profile = {
  criteria: ProfileCriterion[];
  /** The lines of the card that have clauses, and for each the points of its bins. */
  lines: Line[];
  points: number[][];
  /** Points of this scale that double the odds. */
  doubling: number;
};

/**
 * The card's points turned so that the worst bin of each attribute has none and the best possible lead has about 100:
 * a lead of which nothing is known then stands at the bottom rather than in the middle, and no sum is below 0.
 *
 * @param activities attributes that count behaviour → the activity they count
 */
export function profileOf(card: Card, base: number, activities: ReadonlyMap<string, string>): Profile {
  const lines = card.lines.filter(
    ({ beta, attribute: { name } }) => beta > 0 && isSayable(activities.get(name) ?? name),
  );
  const weights = lines.map(({ beta, woe, tallies }) =>
    woe.map((weight, bin) => (tallies[bin]!.n >= JUDGEABLE ? SCALE.factor * beta * weight : 0)),
  );
  const spread = weights.reduce((sum, line) => sum + Math.max(...line) - Math.min(...line), 0);
  const scale = spread > 0 ? FULL / spread : 0;
  const points = weights.map((line) =>
    line.map((weight) => Math.round((weight - Math.min(...line)) * scale)),
  );
  const ids = new Set<string>();
  const criteria = lines.flatMap((line, i) =>
    groupsOf(line, points[i]!).flatMap((group) => {
      const when = conditionOf(line, group, activities);
      if (when === null) return [];
      const { bins } = line.binning;
      const id = newId(`${line.attribute.name} ${bins[group[0]!]!.label}`, ids);
      const text = sentenceOf(subjectOf(line, group, activities), sumOf(line, group), base);
      return [{ id, text, when, points: points[i]![group[0]!]!, owner: 'both' as const }];
    }),
  );
  return { criteria, lines, points, doubling: SCALE.factor * Math.LN2 * scale };
}

/** The bins that make a clause: each its own, but answers that are worth the same share one. Bins without points have none. */
function groupsOf({ binning }: Line, points: number[]): number[][] {
  const groups: number[][] = [];
  const answers = new Map<number, number[]>();
  points.forEach((worth, bin) => {
    const { content } = binning.bins[bin]!;
    if (worth === 0 || !canBeSaid(content)) return;
    const shared = content.is === 'level' && !content.absence ? answers.get(worth) : undefined;
    if (shared) shared.push(bin);
    else {
      const group = [bin];
      groups.push(group);
      if (content.is === 'level' && !content.absence) answers.set(worth, group);
    }
  });
  return groups;
}

const sumOf = ({ tallies }: Line, group: number[]): Tally =>
  group.reduce((sum, bin) => ({ n: sum.n + tallies[bin]!.n, won: sum.won + tallies[bin]!.won }), {
    n: 0,
    won: 0,
  });

/** Null where every lead meets it. */
function conditionOf(
  { attribute, binning }: Line,
  group: number[],
  activities: ReadonlyMap<string, string>,
): Condition | null {
  const contents = group.map((bin) => binning.bins[bin]!.content);
  const activity = activities.get(attribute.name);
  if (activity !== undefined) return behaviourTest(activity, contents[0]!);
  return { attribute: attribute.name, ...attributeTest(contents) };
}

function subjectOf(
  { attribute, binning }: Line,
  group: number[],
  activities: ReadonlyMap<string, string>,
): string {
  const bins = group.map((bin) => binning.bins[bin]!);
  const activity = activities.get(attribute.name);
  return activity === undefined
    ? attributeSubject(attribute.name, bins)
    : behaviourSubject(activity, bins[0]!);
}

/** An id in plain letters, unlike all before it. */
function newId(text: string, taken: Set<string>): string {
  const plain = wordsOf(text).replaceAll(' ', '_').slice(0, 56).replace(/_+$/, '') || 'criterion';
  let id = plain;
  for (let n = 2; taken.has(id); n++) id = `${plain}_${n}`;
  taken.add(id);
  return id;
}

/** The fit of each lead under these clauses. */
export function fitOf({ lines, points }: Profile, rows: number): Float64Array {
  const fit = new Float64Array(rows);
  lines.forEach(({ attribute: { codes }, binning }, i) => {
    for (let row = 0; row < rows; row++) fit[row]! += points[i]![binning.binOf[codes[row]!]!] ?? 0;
  });
  return fit;
}
