import { JUDGEABLE } from '../attribute.ts';
import type { Bin } from '../bins.ts';
import type { Tally } from '../evidence.ts';
import { percent, plain, wordsOf } from '../words.ts';

/** So many answers are named in a clause; the condition names them all. */
const MOST_NAMED = 6;

/** A bin as a clause of a pact says it: who it speaks of, then how often such leads win. */
export function sentenceOf(subject: string, tally: Tally, base: number): string {
  const { n, won } = tally;
  const counts = `${plain(won)} of ${plain(n)}`;
  if (n < JUDGEABLE) return `${subject}: too few to say (${counts}), taken as average.`;
  return `${subject}: closes ${timesAsOften(won / n / base)} (${counts}, ${percent(won / n)}).`;
}

function timesAsOften(ratio: number): string {
  if (ratio >= 0.95 && ratio < 1.05) return 'as often as average';
  return `${ratio >= 10 ? ratio.toFixed(0) : ratio.toFixed(1)} times as often as average`;
}

/** How a value of an attribute of such a name is spoken of; else it is quoted beside the name. */
const PHRASES: [words: RegExp, phrase: (value: string) => string][] = [
  [/\b(source|channel|origin|medium|campaign)$/, (value) => `Came through ${value}`],
  [/\b(country|city|region|state|location|territory)$/, (value) => `Is in ${value}`],
  [/\b(industry|sector|vertical)$/, (value) => `Is in ${value}`],
  [/\b(employees|employee count|company size|headcount)$/, (value) => `Has ${value} employees`],
];

/** Who the bins of an attribute speak of: one of any kind, or several answers. */
export function attributeSubject(name: string, bins: Bin[]): string {
  const { label, content } = bins[0]!;
  switch (content.is) {
    case 'missing':
      return `“${name}” not known`;
    case 'other':
      return `Any other “${name}”`;
    case 'level':
      if (content.absence) return `“${name}” without an answer (“${content.text}”)`;
      return phrase(name, either(bins.map((bin) => bin.label)));
    default:
      return phrase(name, label);
  }
}

function phrase(name: string, value: string): string {
  const words = wordsOf(name);
  const said = PHRASES.find(([pattern]) => pattern.test(words))?.[1];
  return said ? said(value) : `“${name}” is ${value}`;
}

/** `a, b or c`; a long list is cut. */
function either(values: string[]): string {
  const [shown, rest] = [values.slice(0, MOST_NAMED), values.length - MOST_NAMED];
  if (rest > 0) return `${shown.join(', ')} or one of ${rest} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}`;
}

/** Who a bin of a behaviour speaks of. */
export function behaviourSubject(activity: string, { label, content }: Bin): string {
  if (content.is === 'value' && content.number === 0) return `Never did “${activity}”`;
  return `Did “${activity}” ${label} ${label === '1' ? 'time' : 'times'}`;
}
