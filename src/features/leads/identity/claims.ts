/**
 * Claims that two leads are one, as table `merges` keeps them: each once, with what it weighs. `undone_at` is set while a claim is not believed, `undone_by` when a member undid it.
 */
import type { Instant } from '#engine/facts/facts.ts';
import type { Cause } from '#features/leads/identity/identity.ts';
import { type Claim, compareWeights, type Veto } from '#features/leads/identity/persons.ts';
import type { Scope } from '#features/leads/identity/scope.ts';
import { newId } from '#platform/ids.ts';

export type StoredClaim = Claim & { id: string; undoneAt: Instant | null; undoneBy: string | null };

type Row = {
  id: string;
  from_lead: number;
  into_lead: number;
  at: Date;
  cause: Cause;
  vouched: boolean;
  mark: string;
  undone_at: Date | null;
  undone_by: string | null;
};

const COLUMNS = `id, from_lead, into_lead, at, cause, moved->>'vouched' = 'true' AS vouched,
  coalesce(moved->>'mark', '') AS mark, undone_at, undone_by`;

const readRow = (row: Row): StoredClaim => ({
  id: row.id,
  from: row.from_lead,
  into: row.into_lead,
  cause: row.cause,
  vouched: row.vouched,
  mark: row.mark,
  at: row.at.getTime(),
  undoneAt: row.undone_at?.getTime() ?? null,
  undoneBy: row.undone_by,
});

/** Every claim that begins at one of the leads. */
export async function claimsFrom(scope: Scope, leads: number[]): Promise<StoredClaim[]> {
  const rows = await scope.query<Row>(
    `SELECT ${COLUMNS} FROM merges WHERE workspace_id = $1 AND from_lead = ANY ($2::bigint[])`,
    [scope.workspace, leads],
  );
  return rows.map(readRow);
}

/** Leads and the claims among them. */
export type Neighbourhood = { leads: number[]; claims: StoredClaim[] };

/** More leads than one person has, however many addresses and accounts they use. */
const WIDEST = 100;

/**
 * The claims between known leads that hang together with the given leads, by however many steps. What hangs together
 * with more leads than one person has is not followed to its end: it is `tangled`, and better left as it is.
 */
export async function claimsAround(
  scope: Scope,
  leads: readonly number[],
): Promise<{ clear: Neighbourhood; tangled: Neighbourhood }> {
  const claims = new Map<string, StoredClaim>();
  const clusters = new Clusters(leads);
  for (let edge = [...leads]; edge.length > 0; ) {
    const rows = await scope.query<Row>(
      `SELECT ${COLUMNS} FROM merges
       WHERE workspace_id = $1 AND cause <> 'anonymous' AND (from_lead = ANY ($2::bigint[]) OR into_lead = ANY ($2::bigint[]))`,
      [scope.workspace, edge],
    );
    const met: number[] = [];
    for (const row of rows) {
      claims.set(row.id, readRow(row));
      met.push(...[row.from_lead, row.into_lead].filter((lead) => clusters.add(lead)));
      clusters.join(row.from_lead, row.into_lead);
    }
    edge = met.filter((lead) => clusters.sizeOf(lead) <= WIDEST);
  }
  const isClear = (lead: number): boolean => clusters.sizeOf(lead) <= WIDEST;
  const part = (clear: boolean): Neighbourhood => ({
    leads: clusters.leads().filter((lead) => isClear(lead) === clear),
    claims: [...claims.values()].filter(({ from }) => isClear(from) === clear),
  });
  return { clear: part(true), tangled: part(false) };
}

/** Leads in sets that can be joined. */
class Clusters {
  readonly #clusters = new Map<number, Set<number>>();

  constructor(leads: readonly number[]) {
    for (const lead of leads) this.add(lead);
  }

  /** Whether it is new. */
  add(lead: number): boolean {
    if (this.#clusters.has(lead)) return false;
    this.#clusters.set(lead, new Set([lead]));
    return true;
  }

  join(one: number, other: number): void {
    const [a, b] = [this.#clusters.get(one)!, this.#clusters.get(other)!];
    if (a === b) return;
    const [small, large] = a.size < b.size ? [a, b] : [b, a];
    for (const lead of small) {
      large.add(lead);
      this.#clusters.set(lead, large);
    }
  }

  sizeOf(lead: number): number {
    return this.#clusters.get(lead)?.size ?? 0;
  }

  leads(): number[] {
    return [...this.#clusters.keys()];
  }
}

/**
 * Adds claims that are new, and gives those that are there the greater weight they have come to.
 * @returns those that changed anything
 */
export async function keepClaims(scope: Scope, given: readonly Claim[]): Promise<Claim[]> {
  const stored = await claimsFrom(scope, [...new Set(given.map(({ from }) => from))]);
  const known = new Map(
    stored.filter(({ cause }) => cause !== 'member').map((claim) => [pairOf(claim), claim]),
  );
  const unknown = given.filter((claim) => !known.has(pairOf(claim)));
  const crowded = await crowdedAmong(scope, [...new Set(unknown.flatMap(({ from, into }) => [from, into]))]);
  const made = unknown.filter(({ from, into }) => !crowded.has(from) && !crowded.has(into));
  const improved = given.flatMap((claim) => {
    const before = known.get(pairOf(claim));
    if (before === undefined) return [];
    const { at, vouched, mark } = claim;
    return compareWeights(claim, before) < 0 ? [{ ...before, at, vouched, mark }] : [];
  });
  if (made.length > 0) await insertClaims(scope, made);
  if (improved.length > 0) {
    await scope.query(
      `UPDATE merges m SET at = g.at, moved = jsonb_build_object('vouched', g.vouched, 'mark', g.mark)
       FROM unnest($2::uuid[], $3::timestamptz[], $4::boolean[], $5::text[]) AS g(id, at, vouched, mark)
       WHERE m.workspace_id = $1 AND m.id = g.id`,
      [
        scope.workspace,
        improved.map(({ id }) => id),
        improved.map(({ at }) => new Date(at).toISOString()),
        improved.map(({ vouched }) => vouched),
        improved.map(({ mark }) => mark),
      ],
    );
  }
  return [...made, ...improved];
}

const pairOf = ({ from, into, cause }: Claim): string => `${from} ${into} ${cause}`;

/** So many claims are made on a shared login or a mistake, not on a person: no more are kept. */
const CROWD = 2_000;

async function crowdedAmong(scope: Scope, leads: number[]): Promise<Set<number>> {
  if (leads.length === 0) return new Set();
  const rows = await scope.query<{ lead: number }>(
    `SELECT g.lead FROM unnest($2::bigint[]) AS g(lead)
     WHERE (SELECT count(*) FROM (SELECT FROM merges m WHERE m.workspace_id = $1 AND m.into_lead = g.lead LIMIT $3) AS few) = $3
        OR (SELECT count(*) FROM (SELECT FROM merges m WHERE m.workspace_id = $1 AND m.from_lead = g.lead LIMIT $3) AS few) = $3`,
    [scope.workspace, leads, CROWD],
  );
  return new Set(rows.map(({ lead }) => lead));
}

async function insertClaims(scope: Scope, claims: readonly Claim[]): Promise<void> {
  await scope.query(
    `INSERT INTO merges (workspace_id, id, from_lead, into_lead, at, cause, moved)
     SELECT $1, g.id, g.from_lead, g.into_lead, g.at, g.cause, jsonb_build_object('vouched', g.vouched, 'mark', g.mark)
     FROM unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::timestamptz[], $6::text[], $7::boolean[], $8::text[])
       AS g(id, from_lead, into_lead, at, cause, vouched, mark)`,
    [
      scope.workspace,
      claims.map(() => newId(scope.now)),
      claims.map(({ from }) => from),
      claims.map(({ into }) => into),
      claims.map(({ at }) => new Date(at).toISOString()),
      claims.map(({ cause }) => cause),
      claims.map(({ vouched }) => vouched),
      claims.map(({ mark }) => mark),
    ],
  );
}

/** Writes down which claims are believed from now on and which are not any more. What a member undid stays undone. */
export async function markClaims(
  scope: Scope,
  claims: readonly StoredClaim[],
  isBelieved: (claim: StoredClaim) => boolean,
): Promise<void> {
  const turned = claims.filter(
    (claim) => claim.undoneBy === null && isBelieved(claim) !== (claim.undoneAt === null),
  );
  if (turned.length === 0) return;
  await scope.query(
    `UPDATE merges m SET undone_at = CASE WHEN g.believed THEN NULL ELSE $4::timestamptz END
     FROM unnest($2::uuid[], $3::boolean[]) AS g(id, believed)
     WHERE m.workspace_id = $1 AND m.id = g.id`,
    [scope.workspace, turned.map(({ id }) => id), turned.map(isBelieved), new Date(scope.now).toISOString()],
  );
}

/** The leads that members keep apart: undone by a member, and not merged by one since. */
export function vetoesIn(claims: readonly StoredClaim[]): Veto[] {
  const mergedAt = new Map<string, Instant>();
  for (const claim of claims) {
    if (claim.cause !== 'member' || claim.undoneBy !== null) continue;
    mergedAt.set(unordered(claim), Math.max(claim.at, mergedAt.get(unordered(claim)) ?? 0));
  }
  return claims
    .filter((claim) => claim.undoneBy !== null && (mergedAt.get(unordered(claim)) ?? 0) <= claim.undoneAt!)
    .map(({ from, into }) => [from, into]);
}

const unordered = ({ from, into }: Claim): string => `${Math.min(from, into)} ${Math.max(from, into)}`;
