/**
 * What Salesforce writes below the rows of a report: its title, a copyright, who made it, of which company. Each is a
 * line of one cell. They are no rows of anybody's, and so are passed over instead of rejected.
 */
import type { Fault } from './records.ts';

const COPYRIGHT = /copyright \(c\).*salesforce/i;
/** The footer begins at most so many lines before its copyright. */
const TITLE_LINES = 4;

/** The faults that are not lines of such a footer, and how many were. */
export function withoutFooter(faults: readonly Fault[]): { faults: readonly Fault[]; passed: number } {
  const copyright = faults.find(({ row }) => COPYRIGHT.test(row));
  if (copyright === undefined) return { faults, passed: 0 };
  const rest = faults.filter(({ line, cells }) => cells !== 1 || line < copyright.line - TITLE_LINES);
  return { faults: rest, passed: faults.length - rest.length };
}
