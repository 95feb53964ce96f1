/**
 * Pacts as they are judged by, from the texts in the database. A text is parsed again instead of its normal form being
 * read back: the order of a stage's levels means something, and `jsonb` does not keep it.
 */
import { digestPact } from '#engine/pact/digest.ts';
import type { Pact } from '#engine/pact/pact.ts';
import type { Query } from '#platform/db/transaction.ts';
import { readAhead, readPact } from './reading/reading.ts';

/** A version by its key, with the digest that was signed. */
type Named = { pact_id: string; number: number; digest: string };

/** By digest: the same pact whoever's it is. One object per pact, so that what is compiled from it is kept with it. */
const parsed = new Map<string, Pact>();
const MOST = 500;

/** The pacts of versions, by digest. @throws Error when a text is not the one that was signed. */
export async function pactsOf(
  query: Query,
  workspace: string,
  versions: readonly Named[],
): Promise<Map<string, Pact>> {
  const missing = versions.filter(({ digest }) => !parsed.has(digest));
  if (missing.length > 0) {
    const rows = await query<Named & { text: string }>(
      `SELECT v.pact_id, v.number, v.digest, v.text FROM versions v
       JOIN unnest($2::uuid[], $3::int[]) AS wanted (pact_id, number) USING (pact_id, number)
       WHERE v.workspace_id = $1`,
      [workspace, missing.map(({ pact_id }) => pact_id), missing.map(({ number }) => number)],
    );
    await readAhead(...rows.map(({ text }) => text));
    for (const { number, digest, text } of rows) parsed.set(digest, readSigned(text, number, digest));
  }
  const pacts = new Map(versions.map(({ digest }) => [digest, parsed.get(digest)!]));
  for (const digest of parsed.keys()) {
    if (parsed.size <= MOST) break;
    parsed.delete(digest);
  }
  return pacts;
}

function readSigned(text: string, number: number, digest: string): Pact {
  const pact = readPact(text);
  const found = digestPact(pact);
  if (found !== digest)
    throw new Error(`The text of version ${number} has digest ${found}; what was signed has ${digest}.`);
  return pact;
}
