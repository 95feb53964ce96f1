import { fold } from '#engine/criterion/value.ts';

/**
 * The kinds of "no answer", which convert differently and are therefore never put together
 * (methods: what real data taught, lesson 3).
 *
 * - `empty`: the cell is blank; the question may never have been asked.
 * - `placeholder`: the question was shown and nobody picked an answer (`Select`, `-- None --`).
 * - `unknown`: somebody wrote down that it is not known.
 */
export type Absence = 'empty' | 'placeholder' | 'unknown';

const PLACEHOLDERS = new Set([
  ...['select', 'please select', 'select one', 'select an option', 'please select one', 'select...'],
  ...['choose', 'choose one', 'please choose', 'choose an option', 'pick one', 'n/a', 'n.a.', 'not answered'],
]);
/** Answers that are placeholders only between marks: `None` may be an answer, `--None--` is not. */
const MARKED_PLACEHOLDERS = new Set([...PLACEHOLDERS, 'none', 'no selection', '']);
const UNKNOWN = new Set([
  ...['unknown', '(unknown)', 'not known', 'not provided', '(not provided)', 'not set', '(not set)'],
  ...['not specified', '(not specified)', 'unspecified', 'undefined', 'undisclosed', 'not available'],
  ...['not disclosed', 'null', '(null)', 'nan', '#n/a', '\\n', '(blank)', '(empty)', '?', '??', '???'],
]);
const MARKS = /^[-–—_.<[(*\s]+|[-–—_.>\])*…\s]+$/g;

/** Which kind of "no answer" a text is, or null when it is an answer. */
export function absenceOf(text: string): Absence | null {
  const folded = fold(text);
  if (folded === '') return 'empty';
  if (folded.length > 24) return null;
  if (PLACEHOLDERS.has(folded)) return 'placeholder';
  if (UNKNOWN.has(folded)) return 'unknown';
  const bare = folded.replace(MARKS, '');
  return bare !== folded && MARKED_PLACEHOLDERS.has(bare) ? 'placeholder' : null;
}
