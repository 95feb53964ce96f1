/** Entity tags: which state of a thing somebody has read, so that two who edit it do not overwrite each other. */
import { hash } from 'node:crypto';
import { HttpProblem } from '#platform/http/problem.ts';

/** The tag of an answer: its revision where it has one, for some of what it shows moves on with the clock; else equal
 * answers have equal tags. */
export const etagOf = (reply: unknown): string =>
  hasRevision(reply)
    ? `"r${reply.revision}"`
    : `"${hash('sha256', JSON.stringify(reply, sorted)).slice(0, 32)}"`;

const sorted = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

const hasRevision = (reply: unknown): reply is { revision: number } =>
  typeof reply === 'object' && reply !== null && 'revision' in reply && Number.isInteger(reply.revision);

/** Whether a header that lists tags names this one, or any. */
export const isNamed = (header: string, tag: string): boolean =>
  header.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === tag);

/** @throws HttpProblem 412 when the caller read another state than the present one. */
export function requireMatch(ifMatch: string | null, present: unknown): void {
  if (ifMatch === null || isNamed(ifMatch, etagOf(present))) return;
  throw new HttpProblem(
    412,
    'changed_meanwhile',
    'Somebody else changed it since you read it. Read it again, then say what to change.',
  );
}
