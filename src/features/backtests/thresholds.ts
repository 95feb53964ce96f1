/** The numbers in a pact that fit and interest are held against: found, and moved. */
import type { Threshold } from '#contract/backtests.ts';
import type { Condition, NumberTest, Pact } from '#engine/pact/pact.ts';
import { parsePact } from '#engine/pact/parse.ts';
import { PactError } from '#engine/pact/problem.ts';
import { writePact } from '#engine/pact/write.ts';
import { HttpProblem } from '#platform/http/problem.ts';

/** A number where it stands: it can be put in place of what is there. */
type Place = Threshold & { put: (value: number) => void };

export const thresholdsOf = (pact: Pact): Threshold[] =>
  placesIn(structuredClone(pact)).map(({ path, of, value }) => ({ path, of, value }));

/**
 * The pact with other numbers in some places.
 * @throws HttpProblem 422 for a place that is not there, and for numbers that do not make a pact
 */
export function moved(pact: Pact, moves: readonly { path: string; value: number }[]): Pact {
  if (moves.length === 0) return pact;
  const copy = structuredClone(pact);
  const places = new Map(placesIn(copy).map((place) => [place.path, place]));
  for (const { path, value } of moves) {
    const place = places.get(path);
    if (place === undefined) {
      throw new HttpProblem(
        422,
        'no_such_threshold',
        `There is no threshold ${JSON.stringify(path)} in the pact; there are ${[...places.keys()].join(', ')}.`,
      );
    }
    place.put(value);
  }
  try {
    return parsePact(writePact(copy)).pact;
  } catch (error) {
    if (!(error instanceof PactError)) throw error;
    const errors = error.problems.map(({ path, message }) => ({ path, message }));
    throw new HttpProblem(422, 'not_a_pact', 'With these thresholds it is no pact: see "errors".', {
      errors,
    });
  }
}

function placesIn({ mql, stages, fast_lanes, bad_leads, grades }: Pact): Place[] {
  const letters = (['A', 'B', 'C'] as const).map((letter) =>
    place(`grades.fit.${letter}`, 'fit', grades.fit, letter),
  );
  const digits = ([1, 2, 3] as const).map((digit) =>
    place(`grades.interest.${digit}`, 'interest', grades.interest, digit),
  );
  return [
    ...within('mql.when', mql.when),
    ...stages.flatMap(({ when, levels }, i) => [
      ...within(`stages[${i}].when`, when),
      ...Object.entries(levels).flatMap(([name, level]) => within(`stages[${i}].levels.${name}`, level)),
    ]),
    ...fast_lanes.flatMap(({ when }, i) => within(`fast_lanes[${i}].when`, when)),
    ...bad_leads.flatMap(({ when }, i) => within(`bad_leads[${i}].when`, when)),
    ...letters,
    ...digits,
  ];
}

function within(path: string, condition: Condition): Place[] {
  if ('all' in condition) return condition.all.flatMap((one, i) => within(`${path}.all[${i}]`, one));
  if ('any' in condition) return condition.any.flatMap((one, i) => within(`${path}.any[${i}]`, one));
  if ('not' in condition) return within(`${path}.not`, condition.not);
  if ('fit' in condition) return inTest(`${path}.fit`, 'fit', condition.fit);
  return 'interest' in condition ? inTest(`${path}.interest`, 'interest', condition.interest) : [];
}

const BOUNDS = ['gt', 'gte', 'lt', 'lte'] as const;

function inTest(path: string, of: Threshold['of'], test: NumberTest): Place[] {
  const bounds = BOUNDS.filter((bound) => typeof test[bound] === 'number');
  const places = bounds.map((bound) =>
    place<string>(`${path}.${bound}`, of, test as Record<string, number>, bound),
  );
  const { between } = test;
  if (between?.every((bound) => typeof bound === 'number')) {
    const ends = between as [number, number];
    places.push(place(`${path}.between[0]`, of, ends, 0), place(`${path}.between[1]`, of, ends, 1));
  }
  return places;
}

function place<K extends string | number>(
  path: string,
  of: Threshold['of'],
  holder: { [key in K]: number },
  key: K,
): Place {
  return {
    path,
    of,
    value: holder[key],
    put: (value) => {
      holder[key] = value;
    },
  };
}
