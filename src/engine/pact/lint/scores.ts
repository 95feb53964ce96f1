/** Checks on points: criteria that count twice, or for nothing, or without end; grades that cannot be reached. */
import { sayNumber } from '#engine/criterion/say.ts';
import { parseElapsed } from '#engine/pact/duration.ts';
import type { DidTest, InterestCriterion, Pact } from '#engine/pact/pact.ts';
import { type Finding, warning } from './finding.ts';
import { isTrue } from './possible.ts';
import { onlyAttribute } from './reach.ts';
import type { Study } from './study.ts';

export function checkScores(study: Study): Finding[] {
  return [
    ...checkPoints(study.pact),
    ...checkBands(study),
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

/** Profile criteria that can never hold, and pairs over one attribute that can hold together and so count twice. */
function checkBands({ pact, rules, possible }: Study): Finding[] {
  const findings: Finding[] = [];
  const earlier = new Map<string, number[]>();
  for (const [i, { id, when }] of pact.profile.entries()) {
    const path = `profile[${i}].when`;
    const node = rules.profile[i]!.when;
    if (!possible([isTrue(node)])) {
      const hint = 'look for two parts that exclude each other';
      findings.push(warning('criterion_never', path, `no lead can ever get the points of "${id}"`, hint));
      continue;
    }
    // Conditions over one attribute are compared with each other, all others only for being the same.
    const subject = onlyAttribute(rules, node) ?? JSON.stringify(when);
    const rivals = earlier.get(subject) ?? [];
    earlier.set(subject, [...rivals, i]);
    for (const rival of rivals) {
      if (!possible([isTrue(node), isTrue(rules.profile[rival]!.when)])) continue;
      const other = pact.profile[rival]!;
      const same = JSON.stringify(other.when) === JSON.stringify(when);
      const message = same
        ? `"${id}" asks the same as "${other.id}": its points are given twice`
        : `"${id}" overlaps with "${other.id}": a lead in both bands gets the points of both`;
      const hint = same ? 'take one of them out' : 'end one band before the other begins';
      findings.push(warning(same ? 'criterion_repeated' : 'bands_overlap', path, message, hint));
    }
  }
  return findings;
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
