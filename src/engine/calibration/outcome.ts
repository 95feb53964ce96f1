import { fold } from '#engine/criterion/value.ts';
import { absenceOf } from './absence.ts';
import type { Column } from './table.ts';
import { counted, listed } from './words.ts';

/** Row → 1 won, 0 lost, -1 not known. */
export type Outcomes = { of: Int8Array; open: number };

/** Words of a two-valued column. */
const FLAGS: Record<string, 1 | 0> = {
  ...{ '1': 1, '1.0': 1, true: 1, yes: 1, y: 1, t: 1, success: 1, successful: 1, positive: 1 },
  ...{ '0': 0, '0.0': 0, false: 0, no: 0, n: 0, f: 0, failure: 0, unsuccessful: 0, negative: 0 },
};
/** Words that say how a deal or a lead ended; beside them a column may hold stages that are still open. */
const ENDINGS: Record<string, 1 | 0> = {
  ...{ won: 1, 'closed won': 1, closedwon: 1, 'closed - won': 1, 'deal won': 1, win: 1 },
  ...{ converted: 1, 'closed - converted': 1, customer: 1 },
  ...{ lost: 0, 'closed lost': 0, closedlost: 0, 'closed - lost': 0, 'deal lost': 0, loss: 0, 'not won': 0 },
  ...{ 'not converted': 0, 'closed - not converted': 0 },
};

/** The outcome cannot be read; the message says what was found and what to do. */
export class OutcomeError extends Error {
  override name = 'OutcomeError';
}

/**
 * Reads the outcome of each row.
 *
 * With `winner` the rows that hold it won and every other answer lost. Without it the column must speak for itself:
 * yes/no, 1/0, true/false, won/lost and the like, or a deal stage, whose open stages are not known yet. Rows without
 * an answer are not known, unless the column holds nothing but the winning word and empty cells.
 *
 * @throws OutcomeError when the column cannot be read, or tells of one outcome only
 */
export function readOutcome(column: Column, winner?: string): Outcomes {
  const counts = new Int32Array(column.texts.length);
  for (const code of column.codes) counts[code]!++;
  const present = column.texts.flatMap((text, code) => (counts[code]! > 0 ? [{ text, code }] : []));
  const answers = present.filter(({ text }) => absenceOf(text) === null);
  const outcomeOf = winner === undefined ? bySpeech(column, answers) : byWinner(column, answers, winner);

  const meaning = Int8Array.from(column.texts, () => -1);
  for (const { text, code } of answers) meaning[code] = outcomeOf(text);
  const onlyWinners = winner !== undefined && answers.every(({ code }) => meaning[code] === 1);
  if (onlyWinners) for (const { code } of present) if (meaning[code] === -1) meaning[code] = 0;

  const of = Int8Array.from(column.codes, (code) => meaning[code]!);
  const [won, lost, open] = [1, 0, -1].map((outcome) => of.reduce((n, o) => n + (o === outcome ? 1 : 0), 0));
  if (won === 0 || lost === 0) {
    const found = listed(answers.slice(0, 5).map(({ text }) => `"${text}"`)) || 'nothing';
    throw new OutcomeError(
      `column "${column.name}" tells of one outcome only: ${counted(won!, 'lead')} won, ${counted(lost!, 'lead')} lost (it holds ${found}); both kinds are needed to compare them. If every other value means lost, name the winning one, as in "${column.name}=${answers[0]?.text ?? 'VALUE'}"`,
    );
  }
  return { of, open: open! };
}

type Answer = { text: string; code: number };

function byWinner(column: Column, answers: Answer[], winner: string): (text: string) => 0 | 1 {
  const wanted = fold(winner);
  if (!answers.some(({ text }) => fold(text) === wanted)) {
    throw new OutcomeError(`no lead has "${winner}" in column "${column.name}"; it holds ${holds(answers)}`);
  }
  return (text) => (fold(text) === wanted ? 1 : 0);
}

function bySpeech(column: Column, answers: Answer[]): (text: string) => 0 | 1 | -1 {
  const words = [...new Set(answers.map(({ text }) => fold(text)))];
  const meaning = new Map<string, 1 | 0>();
  const told = words.filter((word) => Object.hasOwn(FLAGS, word) || Object.hasOwn(ENDINGS, word));
  for (const word of told) meaning.set(word, (FLAGS[word] ?? ENDINGS[word])!);
  // A flag's opposite may be spelled anyhow; what is not won need not be lost.
  const flag = told.length === 1 ? FLAGS[told[0]!] : undefined;
  if (words.length === 2 && flag !== undefined) {
    meaning.set(words.find((word) => word !== told[0])!, flag === 1 ? 0 : 1);
  }
  const stages = words.some((word) => ENDINGS[word] === 1);
  if (![...meaning.values()].includes(1) || (meaning.size < words.length && !stages)) {
    throw new OutcomeError(
      `column "${column.name}" does not say which leads won: it holds ${holds(answers)}; name the winning value, as in "${column.name}=${answers[0]?.text ?? 'VALUE'}"`,
    );
  }
  return (text) => meaning.get(fold(text)) ?? -1;
}

function holds(answers: Answer[]): string {
  const shown = answers.slice(0, 5).map(({ text }) => `"${text}"`);
  if (answers.length > 5) shown.push(`${answers.length - 5} more values`);
  return listed(shown) || 'nothing but empty cells';
}
