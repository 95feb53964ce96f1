/** Checks on points: criteria that count twice, or for nothing, or without end; grades that cannot be reached. */
import { sayNumber } from '#engine/criterion/say.ts';
import { parseElapsed } from '#engine/pact/duration.ts';
import type { DidTest, InterestCriterion, Pact } from '#engine/pact/pact.ts';
import { type Finding, warning } from './finding.ts';
import { isTrue } from './possible.ts';
import type { Study } from './study.ts';

export function checkScores(study: Study): Finding[] {
  return [
    ...checkPoints(study.pact),
    ...checkProfile(study),
    ...study.pact.interest.flatMap(checkInterest),
    ...checkSameBehaviour(study.pact.interest),
    ...checkGrades(study),
  ];
}

function checkPoints(pact: Pact): Finding[] {
  return (['profile', 'interest'] as const).flatMap((kind) =>
    pact[kind].flatMap(({ id, points }, i) => {
      if (points !== 0) return [];
      const message = `"${id}" adds 0 points`;
      return [warning('no_points', `${kind}[${i}].points`, message, 'give it points, or take it out')];
    }),
  );
}

/** Profile criteria that can never hold, and those that can hold together with an earlier one and so count twice. */
function checkProfile({ pact, rules, bands, possible }: Study): Finding[] {
  const banded = new Map(
    bands.flatMap(({ criteria, together }) => criteria.map((i) => [i, together] as const)),
  );
  const first = new Map<string, number>();
  return pact.profile.flatMap(({ id, when }, i) => {
    const path = `profile[${i}].when`;
    const together = banded.get(i);
    const canHold = together
      ? together.some((some) => some.includes(i))
      : possible([isTrue(rules.profile[i]!.when)]);
    if (!canHold) {
      const message = `no lead can ever get the points of "${id}"`;
      return [warning('criterion_never', path, message, 'look for two parts that exclude each other')];
    }
    const asked = JSON.stringify(when);
    const repeated = first.get(asked);
    if (repeated !== undefined) {
      const message = `"${id}" asks the same as "${pact.profile[repeated]!.id}": its points are given twice`;
      return [warning('criterion_repeated', path, message, 'take one of them out')];
    }
    first.set(asked, i);
    const rival = together && firstRival(i, together);
    if (rival === undefined) return [];
    const message = `"${id}" overlaps with "${pact.profile[rival]!.id}": a lead in both bands gets the points of both`;
    return [warning('bands_overlap', path, message, 'end one band before the other begins')];
  });
}

/** The first of the criteria before `i` that can hold together with it. */
function firstRival(i: number, together: readonly number[][]): number | undefined {
  const rivals = together.filter((some) => some.includes(i)).map(([rival]) => rival!);
  const rival = rivals.reduce((least, one) => Math.min(least, one), i);
  return rival < i ? rival : undefined;
}

function checkInterest({ id, points, half_life, cap, within }: InterestCriterion, i: number): Finding[] {
  const path = `interest[${i}]`;
  const findings: Finding[] = [];
  if (half_life === undefined && cap === undefined && within === undefined) {
    const message = `"${id}" has no half-life and no cap: somebody who comes back often enough passes every bound`;
    findings.push(warning('interest_unbounded', path, message, 'add half_life, such as 14d, or a cap'));
  }
  if (cap !== undefined && points !== 0 && Math.abs(cap) < Math.abs(points)) {
    const message = `"${id}" is capped at ${sayNumber(cap)}, less than the ${sayNumber(points)} points of one activity`;
    findings.push(warning('cap_below_points', `${path}.cap`, message, 'raise the cap, or lower the points'));
  }
  if (half_life !== undefined && within !== undefined && parseElapsed(half_life) > parseElapsed(within)) {
    const message = `"${id}" loses half its points in ${half_life}, and all of them after ${within}`;
    const hint = 'a window shorter than the half-life makes points vanish from one day to the next';
    findings.push(warning('window_before_half_life', `${path}.within`, message, hint));
  }
  return findings;
}

/** The same activity under two criteria counts twice. */
function checkSameBehaviour(interest: InterestCriterion[]): Finding[] {
  const first = new Map<string, string>();
  return interest.flatMap(({ id, when }, i) => {
    const same = didsOf(when).map(({ did, where }) => JSON.stringify([did.toLowerCase(), where]));
    const other = same.map((did) => first.get(did)).find((found) => found !== undefined);
    for (const did of same) first.set(did, first.get(did) ?? id);
    if (other === undefined) return [];
    const message = `"${id}" counts the same activities as "${other}": each is counted twice`;
    return [warning('criterion_repeated', `interest[${i}].when`, message, 'join the two criteria')];
  });
}

const didsOf = (when: InterestCriterion['when']): DidTest[] => ('any' in when ? when.any : [when]);

function checkGrades({ pact, reach }: Study): Finding[] {
  return (['fit', 'interest'] as const).flatMap((axis) => {
    const most = reach[axis];
    const bounds: [string, number][] = Object.entries(pact.grades[axis]);
    const outOfReach = bounds.filter(([, bound]) => bound > most).map(([name]) => name);
    if (outOfReach.length === 0) return [];
    const message = `no lead can be ${outOfReach.join(' or ')}: ${axis} reaches at most ${sayNumber(most)}`;
    const hint = 'lower the bounds, or add criteria';
    return [warning('grade_unreachable', `grades.${axis}`, message, hint)];
  });
}
