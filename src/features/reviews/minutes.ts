/** The minutes of a review, as Markdown. */
import type { Review } from '#contract/reviews.ts';
import type { Instant } from '#engine/facts/facts.ts';
import type { Query } from '#platform/db/transaction.ts';
import { clauseWords } from './agenda.ts';

const MOST_SAID = 500;

/** Agenda, what was said, what was decided: in words that stand without the app. */
export async function minutesOf(
  query: Query,
  workspace: string,
  review: Review,
  now: Instant,
): Promise<string> {
  const names = await query<{ id: string; name: string }>(
    'SELECT id, name FROM members WHERE workspace_id = $1',
    [workspace],
  );
  const nameOf = new Map(names.map(({ id, name }) => [id, name]));
  const [pact] = await query<{ name: string }>('SELECT name FROM pacts WHERE workspace_id = $1 AND id = $2', [
    workspace,
    review.pact,
  ]);
  const said = await query<{ author_id: string; at: Date; kind: string; body: string }>(
    `SELECT m.author_id, m.at, m.kind, m.body FROM messages m
     JOIN threads t ON t.workspace_id = m.workspace_id AND t.id = m.thread_id
     WHERE m.workspace_id = $1 AND t.review_id = $2 ORDER BY m.at, m.id LIMIT ${MOST_SAID}`,
    [workspace, review.id],
  );
  const decided = review.made.map(({ text, clause, owner, due_on, done_at, draft }) => {
    const became = draft === null ? '' : `; draft: version ${draft.number}`;
    const done = done_at === null ? '' : `; done on ${dayOf(done_at)}`;
    return `- [${done_at === null ? ' ' : 'x'}] ${plain(text)}${clauseWords(clause)} — **${plain(nameOf.get(owner) ?? owner)}**, by ${due_on}${became}${done}`;
  });
  const sections = [
    `# Review of ${plain(pact?.name ?? 'the pact')}`,
    `Held on ${dayOf(review.held_at ?? new Date(now).toISOString())}, by version ${review.version}; looking back on ${dayOf(review.from)} to ${dayOf(review.until)}.`,
    `## What the numbers said\n\n${listed(review.agenda.map((one) => `- ${plain(one.said)}`))}`,
    `## What was said\n\n${listed(said.map(({ author_id, body }) => `- **${plain(nameOf.get(author_id) ?? author_id)}**: ${plain(body)}`))}`,
    `## What was decided\n\n${listed(decided)}`,
  ];
  return `${sections.join('\n\n')}\n`;
}

const listed = (lines: readonly string[]): string => (lines.length === 0 ? 'Nothing.' : lines.join('\n'));

const dayOf = (instant: string): string => instant.slice(0, 10);

/** What people wrote, on one line, as letters and not as Markdown or HTML. */
const plain = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]<>#|]/g, (sign) => `\\${sign}`);
