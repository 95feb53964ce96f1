/** Lends the database to a library that speaks Kysely: each statement a transaction of its own, at the door. */
import {
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely';
import type { Database } from '#platform/db/database.ts';

export const doorDialect = (database: Database): Dialect => ({
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => driverOf(database),
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
});

const refuse = async (): Promise<never> => {
  throw new Error('Transactions are begun by Database alone.');
};

function driverOf(database: Database): Driver {
  const connection: DatabaseConnection = {
    // A statement that returns nothing tells how many rows it touched nowhere: nobody here asks.
    executeQuery: async ({ sql, parameters }) => {
      const rows = await database.atTheDoor((_, query) => query(sql, [...parameters]));
      return { rows: rows as never[], numAffectedRows: BigInt(rows.length) };
    },
    // biome-ignore lint/correctness/useYield: there is no cursor to read from, and Kysely asks for the method
    async *streamQuery() {
      throw new Error('Rows are not streamed: read them in pages by key.');
    },
  };
  return {
    init: async () => undefined,
    acquireConnection: async () => connection,
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    releaseConnection: async () => undefined,
    destroy: async () => undefined,
  };
}
