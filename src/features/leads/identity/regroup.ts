import {
  claimsAround,
  claimsFrom,
  markClaims,
  type Neighbourhood,
  type StoredClaim,
  vetoesIn,
} from '#features/leads/identity/claims.ts';
import { joinKnown, type Node, ownerOf } from '#features/leads/identity/persons.ts';
import type { Scope } from '#features/leads/identity/scope.ts';

/** More visits under other cookies than one person makes: whoever comes after is left alone. */
const MOST_VISITORS = 1_000;

type Placed = Node & { root: number };

/**
 * Works out anew which persons the given leads belong to, after claims on them, or who vouches for them, have changed.
 * Holds the identity lock.
 * @returns the leads that stood, or now stand, for a person that has changed
 */
export async function regroup(scope: Scope, leads: readonly number[]): Promise<number[]> {
  const { clear, tangled } = await claimsAround(scope, leads);
  const nodes = await readNodes(scope, clear.leads);
  const merged = new Set(clear.claims.flatMap((claim) => (isMerge(claim) ? [claim.from, claim.into] : [])));
  const isKnown = (node: Placed): boolean => node.known || merged.has(node.lead);
  const { known = [], visitors = [] } = Object.groupBy(nodes.values(), (node) =>
    isKnown(node) ? 'known' : 'visitors',
  );

  const claims = clear.claims.filter(({ undoneBy }) => undoneBy === null);
  const roots = joinKnown(known, claims, vetoesIn(clear.claims));
  await markClaims(scope, clear.claims, isOneBy(roots));
  await leaveTangled(scope, tangled);
  await releaseMerged(
    scope,
    known.filter((node) => !node.known),
  );

  const placed = await placeVisitors(scope, visitors, roots);
  const changed = [...roots, ...placed].filter(([lead, root]) => nodes.get(lead)!.root !== root);
  if (changed.length === 0) return [];
  await moveLeads(scope, changed);
  return [...new Set(changed.flatMap(([lead, root]) => [nodes.get(lead)!.root, root]))];
}

const isMerge = ({ cause, undoneBy }: StoredClaim): boolean => cause === 'member' && undoneBy === null;

const isOneBy =
  (roots: ReadonlyMap<number, number>) =>
  ({ from, into }: StoredClaim): boolean =>
    roots.get(from) === roots.get(into);

/** Nothing is moved; a claim is believed where its leads are one already. */
async function leaveTangled(scope: Scope, { leads, claims }: Neighbourhood): Promise<void> {
  if (claims.length === 0) return;
  const nodes = await readNodes(scope, leads);
  const roots = new Map([...nodes.values()].map(({ lead, root }) => [lead, root]));
  await markClaims(scope, claims, isOneBy(roots));
}

/** A visitor whom a member merged goes where the member said, and no longer with whom it was seen. */
async function releaseMerged(scope: Scope, merged: readonly Placed[]): Promise<void> {
  if (merged.length === 0) return;
  const claims = await claimsFrom(
    scope,
    merged.map(({ lead }) => lead),
  );
  await markClaims(
    scope,
    claims.filter(({ cause }) => cause === 'anonymous'),
    () => false,
  );
}

async function readNodes(scope: Scope, leads: number[]): Promise<Map<number, Placed>> {
  const rows = await scope.query<{
    lead: number;
    root: number;
    known: boolean;
    vouched: boolean;
    users: number;
    name: string;
  }>(
    `SELECT l.number AS lead, coalesce(l.merged_into, l.number) AS root,
       count(i.kind) = 0 OR bool_or(i.kind <> 'anonymous') AS known,
       coalesce(bool_or(i.trust <> 'browser' AND i.kind <> 'anonymous'), true) AS vouched,
       count(*) FILTER (WHERE i.kind = 'user') AS users
     FROM leads l LEFT JOIN identities i ON i.workspace_id = l.workspace_id AND i.lead = l.number
     WHERE l.workspace_id = $1 AND l.number = ANY ($2::bigint[])
     GROUP BY l.workspace_id, l.number`,
    [scope.workspace, leads],
  );
  return new Map(rows.map((row) => [row.lead, row]));
}

/** Finds each anonymous visitor's owner; one that has none stands alone. */
async function placeVisitors(
  scope: Scope,
  visitors: readonly Placed[],
  roots: ReadonlyMap<number, number>,
): Promise<[visitor: number, root: number][]> {
  if (visitors.length === 0) return [];
  const claims = await claimsFrom(
    scope,
    visitors.map(({ lead }) => lead),
  );
  const owners = await readNodes(scope, [...new Set(claims.map(({ into }) => into))]);
  const rootOf = (lead: number): number => roots.get(lead) ?? owners.get(lead)!.root;
  const room = await roomAt(scope, [...new Set(claims.map(({ into }) => rootOf(into)))]);
  const kept = new Set(vetoesIn(claims).map(([from, into]) => `${from} ${rootOf(into)}`));
  const isOpen = ({ from, into, undoneBy }: StoredClaim): boolean =>
    undoneBy === null && !kept.has(`${from} ${rootOf(into)}`);

  const open = Map.groupBy(claims.filter(isOpen), ({ from }) => from);
  const believed = new Set<StoredClaim>();
  const placed = visitors.map((visitor): [number, number] => {
    const owner = ownerOf(open.get(visitor.lead) ?? []);
    if (owner === null) return [visitor.lead, visitor.lead];
    const root = rootOf(owner.into);
    const left = room.get(root)!;
    if (visitor.root !== root && left === 0) return [visitor.lead, visitor.lead];
    if (visitor.root !== root) room.set(root, left - 1);
    believed.add(owner);
    return [visitor.lead, root];
  });
  await markClaims(scope, claims, (claim) => believed.has(claim));
  return placed;
}

/** How many more visitors each person may take. */
async function roomAt(scope: Scope, roots: number[]): Promise<Map<number, number>> {
  const rows = await scope.query<{ root: number; taken: number }>(
    `SELECT g.root, (SELECT count(*) FROM (
       SELECT FROM leads l WHERE l.workspace_id = $1 AND l.merged_into = g.root LIMIT ${MOST_VISITORS}) AS few) AS taken
     FROM unnest($2::bigint[]) AS g(root)`,
    [scope.workspace, roots],
  );
  return new Map(rows.map(({ root, taken }) => [root, MOST_VISITORS - taken]));
}

/** Puts leads under their roots; the visitors that belong to them go along. */
async function moveLeads(
  scope: Scope,
  moved: readonly (readonly [lead: number, root: number])[],
): Promise<void> {
  const leads = moved.map(([lead]) => lead);
  const roots = moved.map(([, root]) => root);
  await scope.query(
    `UPDATE leads l SET merged_into = nullif(g.root, g.lead)
     FROM unnest($2::bigint[], $3::bigint[]) AS g(lead, root)
     WHERE l.workspace_id = $1 AND l.number = g.lead`,
    [scope.workspace, leads, roots],
  );
  await scope.query(
    `UPDATE leads l SET merged_into = g.root
     FROM unnest($2::bigint[], $3::bigint[]) AS g(lead, root)
       JOIN merges m ON m.workspace_id = $1 AND m.into_lead = g.lead AND m.cause = 'anonymous' AND m.undone_at IS NULL
     WHERE l.workspace_id = $1 AND l.number = m.from_lead AND l.number <> g.root`,
    [scope.workspace, leads, roots],
  );
}
