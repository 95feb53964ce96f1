/** A version as a document: clause by clause, with what became of each in the handoffs that it made. */
import type { z } from 'zod';
import type { ClauseShown, compareVersions, showClauses } from '#contract/pact-page.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { diffPacts } from '#engine/pact/diff/diff.ts';
import type { Pact } from '#engine/pact/pact.ts';
import { readAloud, type SpokenClause } from '#engine/pact/read-aloud.ts';
import type { Query, Tx } from '#platform/db/transaction.ts';
import { noSuchVersion, type VersionKey } from './drafting.ts';
import { listPacts } from './queries.ts';
import { pactsOf } from './texts.ts';

type Page = z.infer<typeof showClauses.reply>;
type Period = { from: Instant; until: Instant };
type Filter = Record<string, string>;

/** What was said of a clause: by its name, or by the reason that was given. */
type Said = { accused: number; right: number; wrong: number };
type Counts = {
  handoffs: number;
  held: Map<string, number>;
  clauses: Map<string, Said>;
  reasons: Map<string, Said>;
};

/** @throws HttpProblem 404 */
export async function showPage(
  { tx, query }: { tx: Tx; query: Query },
  workspace: string,
  key: VersionKey,
  period: Period,
  now: Instant,
): Promise<Page> {
  const pact = await pactBy(query, workspace, key);
  const { name, versions } = (await listPacts(tx, workspace, now)).find(({ id }) => id === key.pact)!;
  const version = versions.find(({ number }) => number === key.number)!;
  const members = await namesOf(
    query,
    workspace,
    version.signatures.map(({ member }) => member),
  );
  const [from, until] = [new Date(period.from).toISOString(), new Date(period.until).toISOString()];
  const made: Filter = {
    standing: 'any',
    pact: key.pact,
    version: `${key.number}`,
    offered_from: from,
    offered_until: until,
  };
  const counts = await countsOf(query, workspace, key, { from, until });
  return {
    pact: key.pact,
    name,
    number: key.number,
    digest: version.digest,
    from,
    until,
    handoffs: { n: counts.handoffs, filter: made },
    clauses: readAloud(pact).map((clause) => shown(clause, counts, made)),
    signatures: version.signatures.map(({ party, member, digest, signed_at }) => ({
      party,
      member,
      name: members.get(member) ?? '',
      digest,
      signed_at,
    })),
    history: versions
      .toReversed()
      .map(({ number, standing, note, drafted_at, drafted_by, in_force_from, in_force_until }) => ({
        number,
        standing,
        note,
        drafted_at,
        drafted_by,
        in_force_from,
        in_force_until,
      })),
  };
}

const NOTHING: Said = { accused: 0, right: 0, wrong: 0 };
/** Parts whose criteria a packet tells one by one. */
const IN_PACKETS: readonly string[] = ['profile', 'interest', 'mql', 'fast_lanes'];

function shown({ name, ...clause }: SpokenClause, counts: Counts, made: Filter): ClauseShown {
  const { id, part } = clause;
  const isReason = part === 'reasons' && id !== part;
  const said = (isReason ? counts.reasons : counts.clauses).get(name) ?? NOTHING;
  const about: Filter = { ...made, ...(isReason ? { reason: name } : { clause: name }) };
  const isTold = IN_PACKETS.includes(part) && (id !== part || part === 'mql');
  return {
    ...clause,
    held: isTold ? { n: counts.held.get(name) ?? 0, filter: { ...made, held: name } } : null,
    accused: { n: said.accused, filter: about },
    right: { n: said.right, filter: { ...about, dispute: 'overturned' } },
    wrong: { n: said.wrong, filter: { ...about, dispute: 'upheld' } },
  };
}

const MADE = `h.workspace_id = $1 AND h.pact_id = $2 AND h.version = $3
  AND h.offered_at >= $4::timestamptz AND h.offered_at < $5::timestamptz`;

/** Three statements, however many clauses. */
async function countsOf(
  query: Query,
  workspace: string,
  { pact, number }: VersionKey,
  { from, until }: { from: string; until: string },
): Promise<Counts> {
  const given = [workspace, pact, number, from, until];
  const [all] = await query<{ n: number }>(`SELECT count(*)::int AS n FROM handoffs h WHERE ${MADE}`, given);
  const held = await query<{ name: string; n: number }>(
    `SELECT m ->> 'criterion' AS name, count(DISTINCT h.id)::int AS n
     FROM handoffs h, jsonb_array_elements(h.packet -> 'met') m WHERE ${MADE} GROUP BY 1`,
    given,
  );
  const said = await query<Said & { clause: string | null; reason: string }>(
    `SELECT r.clause, r.reason, count(*)::int AS accused,
       count(*) FILTER (WHERE u.ruling = 'overturned')::int AS right,
       count(*) FILTER (WHERE u.ruling = 'upheld')::int AS wrong
     FROM handoffs h JOIN returns r ON r.workspace_id = $1 AND r.handoff_id = h.id
       LEFT JOIN rulings u ON u.workspace_id = $1 AND u.handoff_id = h.id
     WHERE ${MADE} AND h.decision = 'return' GROUP BY r.clause, r.reason`,
    given,
  );
  const by = (name: (row: (typeof said)[number]) => string | null): Map<string, Said> => {
    const sums = new Map<string, Said>();
    for (const row of said) {
      const key = name(row);
      if (key === null) continue;
      const sum = sums.get(key) ?? NOTHING;
      sums.set(key, {
        accused: sum.accused + row.accused,
        right: sum.right + row.right,
        wrong: sum.wrong + row.wrong,
      });
    }
    return sums;
  };
  return {
    handoffs: all!.n,
    held: new Map(held.map(({ name, n }) => [name, n])),
    clauses: by(({ clause }) => clause),
    reasons: by(({ reason }) => reason),
  };
}

async function namesOf(query: Query, workspace: string, members: string[]): Promise<Map<string, string>> {
  const rows = await query<{ id: string; name: string }>(
    'SELECT id, name FROM members WHERE workspace_id = $1 AND id = ANY ($2::uuid[])',
    [workspace, members],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** What changes from one version to another, in sentences. @throws HttpProblem 404 */
export async function compare(
  query: Query,
  workspace: string,
  { pact, number, other }: VersionKey & { other: number },
): Promise<z.infer<typeof compareVersions.reply>> {
  const before = await pactBy(query, workspace, { pact, number });
  const after = await pactBy(query, workspace, { pact, number: other });
  return { from: number, to: other, changes: diffPacts(before, after) };
}

async function pactBy(query: Query, workspace: string, { pact, number }: VersionKey): Promise<Pact> {
  const [row] = await query<{ digest: string }>(
    'SELECT digest FROM versions WHERE workspace_id = $1 AND pact_id = $2 AND number = $3',
    [workspace, pact, number],
  );
  if (row === undefined) throw noSuchVersion(number);
  const pacts = await pactsOf(query, workspace, [{ pact_id: pact, number, digest: row.digest }]);
  return pacts.get(row.digest)!;
}
