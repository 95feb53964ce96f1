/** The reminder of a review by mail. */
import type { Query } from '#platform/db/transaction.ts';
import type { Letter } from '#platform/mail/letter.ts';

/** @returns null once the review was held */
export async function reviewLetter(
  query: Query,
  workspace: string,
  review: string,
  { to, publicUrl }: { to: Letter['to']; publicUrl: string },
): Promise<Letter | null> {
  const [row] = await query<{ due_on: string; name: string }>(
    `SELECT r.due_on::text, p.name FROM reviews r JOIN pacts p ON p.workspace_id = r.workspace_id AND p.id = r.pact_id
     WHERE r.workspace_id = $1 AND r.id = $2 AND r.held_at IS NULL`,
    [workspace, review],
  );
  if (row === undefined) return null;
  return {
    to,
    subject: `Review of ${row.name}: due on ${row.due_on}`,
    parts: [
      { kind: 'text', text: `Both teams look at ${row.name} together; the review is due on ${row.due_on}.` },
      { kind: 'text', text: 'Its agenda is drawn from the numbers and is there to be read beforehand.' },
      { kind: 'action', label: 'Open the review', url: `${publicUrl}/reviews/${review}` },
    ],
  };
}
