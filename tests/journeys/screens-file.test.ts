/** A list as a file, over HTTP. */
import { expect, test } from 'vitest';
import { withApi } from '#tests/support/api.ts';
import { withDatabase } from '#tests/support/db.ts';

const db = withDatabase();
const api = withApi(db);

test('a list of leads is handed out as a file, whatever its size, and refused in words', async () => {
  const workspace = await db.newWorkspace();
  await db.database.inWorkspace(workspace, (_, query) =>
    query(
      `INSERT INTO leads (workspace_id, number, id, created_at, email)
       SELECT $1, n, gen_random_uuid(), now(), 'l' || n || '@buyer.example' FROM generate_series(1, 2500) n`,
      [workspace],
    ),
  );
  const origin = await api.listen();
  const headers = await api.key(workspace, ['leads:read']);
  const reply = await fetch(`${origin}/api/leads.csv`, { headers });
  expect(reply.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(reply.headers.get('content-disposition')).toBe('attachment; filename="leads.csv"');
  const lines = (await reply.text()).trimEnd().split('\n');
  expect(lines).toHaveLength(2_501);
  expect(new Set(lines).size).toBe(2_501);

  const refused = await fetch(`${origin}/api/leads.csv?sort=colour`, { headers });
  expect([refused.status, refused.headers.get('content-type')]).toEqual([
    400,
    'application/problem+json; charset=utf-8',
  ]);
});
