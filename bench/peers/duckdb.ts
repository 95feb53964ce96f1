import { DuckDBInstance } from '@duckdb/node-api';
import type { Columns } from '#engine/replay/columns.ts';
import { pointsOf, QUESTION } from './question.ts';

/** The same activities in DuckDB, in memory, with the points of each signature beside them. @returns what asks it */
export async function askDuck(
  { activities: { starts, instants, codes, signatures } }: Columns,
  threads: number,
): Promise<() => Promise<unknown>> {
  const database = await DuckDBInstance.create(':memory:', { threads: String(threads) });
  const connection = await database.connect();
  await connection.run('CREATE TABLE activities (lead INTEGER, instant BIGINT, code INTEGER)');
  await connection.run('CREATE TABLE signatures (code INTEGER, points DOUBLE)');
  const appender = await connection.createAppender('activities');
  for (let lead = 0; lead + 1 < starts.length; lead++) {
    for (let i = starts[lead]!; i < starts[lead + 1]!; i++) {
      appender.appendInteger(lead);
      appender.appendBigInt(BigInt(instants[i]!));
      appender.appendInteger(codes[i]!);
      appender.endRow();
    }
  }
  appender.closeSync();
  const points = await connection.createAppender('signatures');
  for (const [code, signature] of signatures.entries()) {
    points.appendInteger(code);
    points.appendDouble(pointsOf(signature));
    points.endRow();
  }
  points.closeSync();
  return () => connection.runAndReadAll(QUESTION);
}
