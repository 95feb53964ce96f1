/**
 * Which leads are one person. Worked out from every claim that two of them are, and from nothing else: whichever order
 * the claims came in, the same persons come out.
 *
 * A lead is *known* when it has a user id, an e-mail address or an external id, else it is an anonymous visitor.
 * It is *vouched for* when anybody but a browser named it.
 */
import type { Instant } from '#engine/facts/facts.ts';
import type { Cause } from '#features/leads/identity/identity.ts';

export type Node = {
  lead: number;
  known: boolean;
  vouched: boolean;
  /** How many user ids it has. */
  users: number;
};

/** How much a claim weighs: of all the times it was made, what stands is the one that weighs most. */
export type Weight = {
  /** Whether somebody answers for it. */
  vouched: boolean;
  /** When it was first made, by somebody who answers for it where anybody does. */
  at: Instant;
  /** What decides when nothing else does: a mark of the two identities it was made of. */
  mark: string;
};

export type Claim = Weight & { from: number; into: number; cause: Cause };

/** Less than nought where `a` weighs more: vouched for before not, older before younger. */
export const compareWeights = (a: Weight, b: Weight): number =>
  Number(b.vouched) - Number(a.vouched) || a.at - b.at || compare(a.mark, b.mark);

/** Two leads that a member said are not one. */
export type Veto = readonly [lead: number, other: number];

/** More user ids than a person has: from here on it is taken for a shared mailbox, or a mistake. */
const MOST_USERS = 8;

/**
 * Joins known leads into persons.
 *
 * 1. What members merged is merged.
 * 2. Claims that somebody vouches for are believed, oldest first, up to eight user ids.
 * 3. A browser's claim may bring a lead nobody vouches for to a person; it never joins two that are vouched for, nor,
 *    unless it is an alias, two user ids.
 *
 * A veto keeps two leads apart through all of this.
 *
 * @returns for each lead the lead that stands for its person: the one that was there first (has the lowest number),
 *   but not one that a member merged into another
 */
export function joinKnown(
  nodes: readonly Node[],
  claims: readonly Claim[],
  vetoes: readonly Veto[],
): Map<number, number> {
  const groups = new Map(nodes.map((node) => [node.lead, new Group(node)]));
  for (const claim of claims.toSorted(compareClaims)) {
    const [from, into] = [groups.get(claim.from), groups.get(claim.into)];
    if (from === undefined || into === undefined || from === into) continue;
    if (!believed(claim, from, into) || vetoes.some((veto) => from.isKeptFrom(into, veto))) continue;
    const joined = from.join(into, claim.cause === 'member' ? claim.from : null);
    for (const { lead } of joined.nodes) groups.set(lead, joined);
  }
  return new Map(nodes.map(({ lead }) => [lead, groups.get(lead)!.root()]));
}

/**
 * Whom an anonymous visitor belongs to: the first claim, one that is vouched for before one that is not. Who comes
 * later, on the same device, does not take over what another did.
 */
export function ownerOf<C extends Claim>(claims: readonly C[]): C | null {
  return claims.toSorted(compareClaims)[0] ?? null;
}

const believed = (claim: Claim, from: Group, into: Group): boolean => {
  if (claim.cause === 'member') return true;
  if (from.users + into.users > MOST_USERS) return false;
  if (claim.vouched) return true;
  if (from.vouched && into.vouched) return false;
  return claim.cause === 'alias' || from.users === 0 || into.users === 0;
};

const compareClaims = (a: Claim, b: Claim): number =>
  Number(b.cause === 'member') - Number(a.cause === 'member') || compareWeights(a, b);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Leads that were joined so far. */
class Group {
  readonly nodes: Node[];
  readonly users: number;
  readonly vouched: boolean;
  /** Those a member merged into another. */
  readonly #given: ReadonlySet<number>;

  constructor(node: Node, nodes: Node[] = [node], given: ReadonlySet<number> = new Set()) {
    this.nodes = nodes;
    this.users = nodes.reduce((sum, { users }) => sum + users, 0);
    this.vouched = nodes.some(({ vouched }) => vouched);
    this.#given = given;
  }

  join(other: Group, given: number | null): Group {
    const all = new Set([...this.#given, ...other.#given, ...(given === null ? [] : [given])]);
    return new Group(this.nodes[0]!, [...this.nodes, ...other.nodes], all);
  }

  isKeptFrom(other: Group, [a, b]: Veto): boolean {
    return (this.#has(a) && other.#has(b)) || (this.#has(b) && other.#has(a));
  }

  root(): number {
    const standing = this.nodes.filter(({ lead, known }) => known && !this.#given.has(lead));
    const candidates = standing.length > 0 ? standing : this.nodes;
    return Math.min(...candidates.map(({ lead }) => lead));
  }

  #has(lead: number): boolean {
    return this.nodes.some((node) => node.lead === lead);
  }
}
