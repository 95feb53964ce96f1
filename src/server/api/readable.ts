import { HttpProblem } from '#platform/http/problem.ts';

const DEEPEST = 64;

/**
 * Refuses what no database can keep: NUL and halves of a character in texts, and what is nested beyond reason.
 * Walks without recursion, because what came in may be nested as deep as it is long.
 * @throws HttpProblem 400
 */
export function refuseUnreadable(asked: unknown): void {
  const waiting: [value: unknown, depth: number][] = [[asked, 0]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [value, depth] = next;
    if (typeof value === 'string') refuseText(value);
    if (typeof value !== 'object' || value === null) continue;
    if (depth === DEEPEST) {
      throw new HttpProblem(400, 'too_deep', `The request is nested deeper than ${DEEPEST} levels.`);
    }
    for (const [name, part] of Object.entries(value)) {
      refuseText(name);
      waiting.push([part, depth + 1]);
    }
  }
}

function refuseText(text: string): void {
  if (text.isWellFormed() && !text.includes('\0')) return;
  throw new HttpProblem(
    400,
    'not_text',
    'A text of the request holds a NUL or half a character. Send well-formed Unicode.',
  );
}
