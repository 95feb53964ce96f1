/** What is wrong with a pact file, and where. */

export type Position = {
  /** From 1. */
  line: number;
  /** From 1, in UTF-16 code units, as editors count. */
  column: number;
};

export type Problem = Position & {
  /** The place in the pact: `profile[3].when.between`; empty for the file as a whole. */
  path: string;
  /** What was found and what was wanted. */
  message: string;
  /** What to do about it. */
  hint?: string;
};

/** Problems shown in full; a file with more says how many more. */
const SHOWN = 50;

/** A pact that cannot be read. `message` lists every problem as `FILE:LINE:COLUMN: found …, wanted …`. */
export class PactError extends Error {
  override readonly name = 'PactError';
  readonly file: string;
  /** In order of position; the first fifty. */
  readonly problems: readonly Problem[];
  /** How many there are in all. */
  readonly count: number;

  constructor(file: string, problems: readonly Problem[]) {
    const shown = problems.toSorted((a, b) => a.line - b.line || a.column - b.column).slice(0, SHOWN);
    const more = problems.length - shown.length;
    const lines = shown.map((problem) => sayProblem(file, problem));
    if (more > 0) lines.push(`${file}: … and ${more} more ${more === 1 ? 'problem' : 'problems'}`);
    super(lines.join('\n'));
    this.file = file;
    this.problems = shown;
    this.count = problems.length;
  }
}

/** One line: `acme.yaml:12:7: found "abc", wanted a number (profile[0].points); what to do`. */
function sayProblem(file: string, { line, column, path, message, hint }: Problem): string {
  const place = path === '' ? '' : ` (${path})`;
  return `${file}:${line}:${column}: ${message}${place}${hint === undefined ? '' : `; ${hint}`}`;
}
