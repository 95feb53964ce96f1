import type pg from 'pg';
import type { Columns } from '#engine/replay/columns.ts';
import { pointsOf, QUESTION } from './question.ts';

const PORTION = 50_000;

/** The same activities in PostgreSQL, which is given one process and memory to sort in. @returns what asks it */
export async function askPostgres(
  owner: pg.Client,
  { activities: { starts, instants, codes, signatures } }: Columns,
): Promise<() => Promise<unknown>> {
  await owner.query('CREATE TEMP TABLE activities (lead int, instant bigint, code int)');
  await owner.query('CREATE TEMP TABLE signatures (code int, points float8)');
  const leadOf = new Uint32Array(instants.length);
  for (let lead = 0; lead + 1 < starts.length; lead++) leadOf.fill(lead, starts[lead], starts[lead + 1]);
  for (let from = 0; from < instants.length; from += PORTION) {
    const some = <A extends Uint32Array | Float64Array>(array: A) => [
      ...array.subarray(from, from + PORTION),
    ];
    await owner.query('INSERT INTO activities SELECT * FROM unnest($1::int[], $2::bigint[], $3::int[])', [
      some(leadOf),
      some(instants),
      some(codes),
    ]);
  }
  await owner.query('INSERT INTO signatures SELECT * FROM unnest($1::int[], $2::float8[])', [
    [...signatures.keys()],
    signatures.map(pointsOf),
  ]);
  await owner.query('ANALYZE activities');
  await owner.query('ANALYZE signatures');
  await owner.query("SET work_mem = '1GB'");
  await owner.query('SET max_parallel_workers_per_gather = 0');
  return () => owner.query(QUESTION);
}
