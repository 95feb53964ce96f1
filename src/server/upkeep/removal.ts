import type pg from 'pg';
import { readTables, unwatched } from './tables.ts';
import { inTransaction } from './transaction.ts';

/** Removes the demo workspace with everything in it, and the people who only were there. @returns its id, or null */
export function removeDemo(owner: pg.ClientBase): Promise<string | null> {
  return inTransaction(owner, 'READ COMMITTED', async () => {
    const tables = await readTables(owner);
    return unwatched(owner, tables, async () => {
      const { rows } = await owner.query<{ id: string }>(
        'SELECT workspace_id AS id FROM workspaces WHERE demo LIMIT 1',
      );
      const id = rows[0]?.id;
      if (id === undefined) return null;
      const people = await owner.query<{ person_id: string }>(
        `SELECT person_id FROM members WHERE workspace_id = $1 AND person_id IS NOT NULL AND person_id NOT IN
           (SELECT person_id FROM members WHERE workspace_id <> $1 AND person_id IS NOT NULL)`,
        [id],
      );
      for (const { name, isTenant } of [...tables].reverse())
        if (isTenant) await owner.query(`DELETE FROM ${name} WHERE workspace_id = $1`, [id]);
      const persons = people.rows.map(({ person_id }) => person_id);
      await owner.query('DELETE FROM people.persons WHERE id = ANY ($1::uuid[])', [persons]);
      return id;
    });
  });
}
