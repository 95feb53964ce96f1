/** Conditions in words, for people who never see the file: differences, explanations, the pact read aloud. */
import type { Condition, DidTest, NumberTest, Operator, Scalar, Test } from '#engine/pact/pact.ts';

type Words = { [O in Operator]-?: (operand: NonNullable<Test[O]>) => string };

const words: Words = {
  is: (operand) => `is ${sayScalar(operand)}`,
  is_not: (operand) => `is not ${sayScalar(operand)}`,
  in: (operands) => `is ${sayList(operands, 'or')}`,
  not_in: (operands) => `is ${operands.length === 1 ? 'not' : 'neither'} ${sayList(operands, 'nor')}`,
  gt: (operand) => `is more than ${sayScalar(operand)}`,
  gte: (operand) => `is at least ${sayScalar(operand)}`,
  lt: (operand) => `is less than ${sayScalar(operand)}`,
  lte: (operand) => `is at most ${sayScalar(operand)}`,
  between: ([low, high]) => `is between ${sayScalar(low)} and ${sayScalar(high)}`,
  contains: (operand) => `contains "${operand}"`,
  not_contains: (operand) => `does not contain "${operand}"`,
  starts_with: (operand) => `starts with ${operand}`,
  ends_with: (operand) => `ends with ${operand}`,
  matches: (operand) => `matches ${operand}`,
  exists: (operand) => (operand ? 'is known' : 'is not known'),
  before: (operand) => `is before ${operand}`,
  after: (operand) => `is after ${operand}`,
};

/** What a test wants, without its subject: "is between 51 and 1,000", "is more than 5 and at most 10". */
export function sayTest(test: Test): string {
  return (Object.keys(test) as Operator[])
    .filter((operator) => test[operator] !== undefined)
    .map((operator) => (words[operator] as (operand: unknown) => string)(test[operator]))
    .map((said, i, all) => (all[i - 1]?.startsWith('is ') ? said.replace(/^is /, '') : said))
    .join(' and ');
}

/** A condition as a clause of a sentence; a compound inside another stands in brackets. */
export function sayCondition(condition: Condition): string {
  if ('all' in condition) return condition.all.map(sayPart).join(' and ');
  if ('any' in condition) return condition.any.map(sayPart).join(' or ');
  if ('not' in condition) return `not ${sayPart(condition.not)}`;
  if ('attribute' in condition) {
    const { attribute, ...test } = condition;
    return `${attribute} ${sayTest(test)}`;
  }
  if ('did' in condition) return sayDid(condition);
  if ('fit' in condition) return `fit ${sayTest(condition.fit)}`;
  if ('interest' in condition) return `interest ${sayTest(condition.interest)}`;
  if ('grade' in condition) return `grade ${sayTest(condition.grade)}`;
  return `stage ${sayTest(condition.stage)}`;
}

function sayPart(condition: Condition): string {
  const compound =
    ('all' in condition && condition.all.length > 1) || ('any' in condition && condition.any.length > 1);
  return compound ? `(${sayCondition(condition)})` : sayCondition(condition);
}

function sayDid({ did, where, times, within }: DidTest): string {
  const often = sayTimes(times);
  return `did ${sayActivity(did, where)}${often && ` ${often}`}${within === undefined ? '' : ` within ${sayDuration(within)}`}`;
}

/** An activity and what its properties must be: "Form Submitted (form is demo)". */
export function sayActivity(did: string, where: Record<string, Test>): string {
  const tests = Object.entries(where).map(([property, test]) => `${property} ${sayTest(test)}`);
  return tests.length === 0 ? did : `${did} (${tests.join(', ')})`;
}

/** How often, in words; empty for "at least once", which goes without saying. */
export function sayTimes(times: NumberTest): string {
  const { gte, ...others } = times;
  if (gte === 1 && Object.values(others).every((operand) => operand === undefined)) return '';
  return `a number of times that ${sayTest(times)}`
    .replace(/^a number of times that is (at least|at most|more than|less than|between) (.+)$/, '$1 $2 times')
    .replace(/^a number of times that is (\d+)$/, 'exactly $1 times')
    .replace(/\b1 times$/, '1 time');
}

const units: Record<string, string> = { m: 'minute', h: 'hour', d: 'day', w: 'week' };

/** A duration in words: `30d` → "30 days". */
export function sayDuration(duration: string): string {
  const match = /^(\d+)([mhdw])$/.exec(duration);
  if (match === null) return duration;
  const [, count, unit] = match;
  return `${count} ${units[unit!]}${count === '1' ? '' : 's'}`;
}

/** A number as people write it, with thousands set apart: 1000 → "1,000". */
export function sayNumber(n: number, decimals = 6): string {
  const [whole = '', fraction] = String(Number(n.toFixed(decimals))).split('.');
  if (whole.includes('e')) return whole;
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

const sayScalar = (scalar: Scalar): string =>
  typeof scalar === 'number' ? sayNumber(scalar) : String(scalar);

function sayList(scalars: readonly Scalar[], last: string): string {
  const said = scalars.map(sayScalar);
  return said.length < 2 ? said.join('') : `${said.slice(0, -1).join(', ')} ${last} ${said.at(-1)}`;
}
