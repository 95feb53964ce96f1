import type { Position, Problem } from '#engine/pact/problem.ts';

/** What is wrong with a calendar, and where in the pact: a `Problem` that does not know its line. */
export type CalendarFault = Omit<Problem, keyof Position>;

/** A calendar that no clock can run on. `message` lists every fault, one a line. */
export class CalendarError extends Error {
  override readonly name = 'CalendarError';
  readonly faults: readonly CalendarFault[];

  constructor(faults: readonly CalendarFault[]) {
    super(
      faults
        .map(({ path, message, hint }) => `${message} (${path})${hint === undefined ? '' : `; ${hint}`}`)
        .join('\n'),
    );
    this.faults = faults;
  }
}
