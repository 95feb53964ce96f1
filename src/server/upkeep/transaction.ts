import type pg from 'pg';

/** A transaction of the owner's own session, which nobody takes turns on. */
export async function inTransaction<T>(
  session: pg.ClientBase,
  mode: 'READ COMMITTED' | 'REPEATABLE READ READ ONLY',
  work: () => Promise<T>,
): Promise<T> {
  await session.query(`BEGIN ISOLATION LEVEL ${mode}`);
  try {
    const result = await work();
    await session.query('COMMIT');
    return result;
  } catch (error) {
    await session.query('ROLLBACK').catch(() => undefined); // a lost session has undone it already
    throw error;
  }
}
