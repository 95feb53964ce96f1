/** The answers that make an accepted lead an SQL, held to the questions both parties agreed on. */
import { fold, readInstant, readNumber } from '#engine/criterion/value.ts';
import type { Question } from '#engine/pact/pact.ts';

export type Answers = Record<string, string | number | boolean>;
/** A place that is at fault: what was found, what was wanted. */
export type Fault = { path: string; message: string };

type Read = (given: unknown, question: Question) => string | number | boolean | null;

/** Reads an answer of each kind; null when it is none. */
const readers: Record<Question['kind'], Read> = {
  text: (given) => (typeof given === 'string' && given.trim() !== '' ? given.trim() : null),
  number: (given) => {
    if (typeof given === 'number') return Number.isFinite(given) ? given : null;
    return typeof given === 'string' ? readNumber(given.trim()) : null;
  },
  date: (given) => {
    const text = typeof given === 'string' ? given.trim() : '';
    return /^\d{4}-\d\d-\d\d$/.test(text) && readInstant(text) !== null ? text : null;
  },
  choice: (given, { options = [] }) =>
    options.find((option) => fold(option) === fold(String(given ?? ''))) ?? null,
  yes_no: (given) => {
    if (typeof given === 'boolean') return given;
    return typeof given === 'string' ? (YES_NO.get(fold(given)) ?? null) : null;
  },
};

const YES_NO = new Map([
  ['yes', true],
  ['true', true],
  ['no', false],
  ['false', false],
]);

const wanted: Record<Question['kind'], (question: Question) => string> = {
  text: () => 'some text',
  number: () => 'a number',
  date: () => 'a date, as 2026-12-24',
  choice: ({ options = [] }) => `one of ${options.join(', ')}`,
  yes_no: () => 'yes or no',
};

/** The answers as they are kept, and everything that is wrong with them. An empty answer is none. */
export function readAnswers(
  questions: readonly Question[],
  given: Record<string, unknown>,
): { answers: Answers; faults: Fault[] } {
  const answers: Answers = {};
  const faults: Fault[] = [];
  const known = new Map(questions.map((question) => [question.id, question]));
  for (const id of Object.keys(given)) {
    if (known.has(id)) continue;
    const ids = [...known.keys()].join(', ');
    faults.push({ path: id, message: `found an answer to ${JSON.stringify(id)}, wanted ones to ${ids}` });
  }
  for (const question of questions) {
    const raw = Object.hasOwn(given, question.id) ? given[question.id] : null;
    const path = question.id;
    if (raw === null || raw === undefined || (typeof raw === 'string' && raw.trim() === '')) {
      if (question.required)
        faults.push({ path, message: `found no answer to "${question.ask}", which is required` });
      continue;
    }
    const answer = readers[question.kind](raw, question);
    if (answer !== null) answers[path] = answer;
    else {
      faults.push({
        path,
        message: `found ${JSON.stringify(raw)} for "${question.ask}", wanted ${wanted[question.kind](question)}`,
      });
    }
  }
  return { answers, faults };
}
