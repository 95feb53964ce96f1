/**
 * From sightings to leads. Every identity stands for a lead of its own from the first time it is seen, and always for
 * the same one (those that somebody vouches for together, at first sight, share one). Which leads are one person is a
 * second question, answered from the claims between them (`persons.ts`): no row of what a lead did has ever to be moved.
 */
import type { Raw } from '#engine/facts/facts.ts';
import { statedOfAccount } from '#features/leads/accounts/settle.ts';
import { saysNothingNew } from '#features/leads/attributes.ts';
import { rootsOf } from '#features/leads/family.ts';
import { assignLeads } from '#features/leads/identity/assign.ts';
import { claimsFrom, keepClaims } from '#features/leads/identity/claims.ts';
import { type Gathered, gather, type Seen } from '#features/leads/identity/gather.ts';
import { nameOf, type Sighting } from '#features/leads/identity/identity.ts';
import { type Known, KnownIdentities } from '#features/leads/identity/known.ts';
import { lockIdentity } from '#features/leads/identity/lock.ts';
import { type Claim, compareWeights } from '#features/leads/identity/persons.ts';
import { regroup } from '#features/leads/identity/regroup.ts';
import type { Scope } from '#features/leads/identity/scope.ts';
import { findIdentities, improveIdentities, makeIdentities } from '#features/leads/identity/store.ts';
import { takeNumbers } from '#features/leads/numbers.ts';
import { settleLeads } from '#features/leads/settle.ts';
import { addStatements, type LeadStatement } from '#features/leads/statements.ts';
import type { Database } from '#platform/db/database.ts';

/** What is known before the transaction, so that in it little has to be read. */
export type Prepared = {
  gathered: Gathered;
  known: Map<string, Known>;
  /** Lead numbers for identities that are new. */
  numbers: number[];
};

export type Recognised = {
  /** For each sighting, the lead that its first identity stands for: what happened is recorded under it. */
  leads: number[];
  /** Leads that stood, or now stand, for a person that has changed. */
  moved: number[];
  /** To be called after the commit, and only then: keeps what was learned for the next time. */
  remember: () => void;
};

export class Recognition {
  readonly #database: Database;
  readonly #cache = new KnownIdentities();

  constructor(database: Database) {
    this.#database = database;
  }

  /** Looks up who is in the sightings. Not to be called inside a transaction. */
  async prepare(workspace: string, sightings: readonly Sighting[]): Promise<Prepared> {
    const gathered = gather(sightings);
    const known = new Map<string, Known>();
    const unknown: Seen[] = [];
    for (const [name, seen] of gathered.seen) {
      const found = this.#cache.get(workspace, name);
      if (found === null) unknown.push(seen);
      else known.set(name, found);
    }
    if (unknown.length === 0) return { gathered, known, numbers: [] };
    return this.#database.inWorkspace(workspace, async (_, query) => {
      const scope = { query, workspace, now: 0 };
      const found = await findIdentities(scope, unknown);
      await addClaims(scope, found, gathered);
      for (const [name, one] of found) {
        known.set(name, one);
        this.#cache.learn(workspace, name, one);
      }
      const missing = unknown.length - found.size;
      return { gathered, known, numbers: missing > 0 ? await takeNumbers(scope, missing) : [] };
    });
  }

  /**
   * Takes the sightings in: makes the identities and leads that are new, adds what was stated to the ledger, and works
   * out who is who as far as that has changed.
   * @param source what the statements came with: "ingest", "import"
   */
  async recognise(
    scope: Scope,
    sightings: readonly Sighting[],
    { gathered, known: before, numbers }: Prepared,
    source: string,
  ): Promise<Recognised> {
    const known = new Map(before);
    const { learned, grown } = await makeMissing(scope, gathered, known, numbers);
    const leadOf = (name: string): number => known.get(name)!.lead;
    const leads = sightings.map(({ identities }) => leadOf(nameOf(identities[0]!)));
    const statements = sightings.flatMap(({ at, trust, values }, i): LeadStatement[] =>
      values === null ? [] : [{ lead: leads[i]!, at, trust, values }],
    );
    if (statements.length > 0) await addStatements(scope, statements, source);

    const improved = [...gathered.seen.values()].filter((seen) => improves(seen, known.get(seen.name)!));
    const claims = newClaims(gathered, known);
    const moved =
      improved.length + claims.length + statements.length + grown.length > 0
        ? await settle(scope, { improved, claims, statements, grown, known })
        : [];
    const remember = (): void => {
      for (const name of learned) this.#cache.learn(scope.workspace, name, known.get(name)!);
      for (const seen of improved) improve(seen, known.get(seen.name)!);
      rememberClaims(gathered, known);
    };
    return { leads, moved, remember };
  }
}

/** @returns the names that were not known before, and the leads that were there and are now known by one more */
async function makeMissing(
  scope: Scope,
  gathered: Gathered,
  known: Map<string, Known>,
  numbers: readonly number[],
): Promise<{ learned: string[]; grown: number[] }> {
  const { made, fresh } = assignLeads(gathered, known, numbers);
  if (made.length === 0) return { learned: [], grown: [] };
  const mine = await makeIdentities(scope, made, fresh);
  const others = made.map(({ seen }) => seen).filter(({ name }) => !mine.has(name));
  const theirs = others.length > 0 ? await findIdentities(scope, others) : new Map<string, Known>();
  for (const [name, one] of [...mine, ...theirs]) known.set(name, one);
  return {
    learned: made.map(({ seen }) => seen.name),
    grown: [...mine.values()].map(({ lead }) => lead).filter((lead) => !fresh.has(lead)),
  };
}

/** What is already claimed of those identities that something is claimed of now. */
async function addClaims(scope: Scope, found: Map<string, Known>, { claims }: Gathered): Promise<void> {
  const byLead = new Map(
    claims.flatMap(({ from }) => {
      const known = found.get(from);
      return known === undefined ? [] : [[known.lead, known] as const];
    }),
  );
  if (byLead.size === 0) return;
  for (const claim of await claimsFrom(scope, [...byLead.keys()])) {
    const { at, vouched, mark } = claim;
    byLead.get(claim.from)!.claims.set(claimKey(claim), { at, vouched, mark });
  }
}

const claimKey = ({ into, cause }: Pick<Claim, 'into' | 'cause'>): string => `${into} ${cause}`;

/** What is claimed between leads that was not claimed before, or weighs more now. */
function newClaims({ claims }: Gathered, known: ReadonlyMap<string, Known>): Claim[] {
  const made = new Map<string, Claim>();
  for (const { from: named, into: other, ...claim } of claims) {
    const [from, into] = [known.get(named)!, known.get(other)!];
    if (from.lead === into.lead) continue;
    const key = claimKey({ into: into.lead, cause: claim.cause });
    const before = made.get(`${from.lead} ${key}`) ?? from.claims.get(key);
    if (before === undefined || compareWeights(claim, before) < 0)
      made.set(`${from.lead} ${key}`, { ...claim, from: from.lead, into: into.lead });
  }
  return [...made.values()];
}

function rememberClaims({ claims }: Gathered, known: ReadonlyMap<string, Known>): void {
  for (const { from: named, into: other, cause, at, vouched, mark } of claims) {
    const [from, into] = [known.get(named)!, known.get(other)!];
    if (from.lead === into.lead) continue;
    const key = claimKey({ into: into.lead, cause });
    const before = from.claims.get(key);
    const claim = { at, vouched, mark };
    if (before === undefined || compareWeights(claim, before) < 0) from.claims.set(key, claim);
  }
}

const improves = ({ at, vouchedAt }: Seen, known: Known): boolean =>
  at < known.firstSeen || (vouchedAt !== null && vouchedAt < (known.vouchedAt ?? Number.POSITIVE_INFINITY));

function improve({ at, vouchedAt }: Seen, known: Known): void {
  known.firstSeen = Math.min(known.firstSeen, at);
  if (vouchedAt !== null) known.vouchedAt = Math.min(known.vouchedAt ?? vouchedAt, vouchedAt);
}

type News = {
  improved: readonly Seen[];
  claims: readonly Claim[];
  statements: readonly LeadStatement[];
  grown: readonly number[];
  known: ReadonlyMap<string, Known>;
};

/** Works out what follows from what has changed. @returns the leads whose persons have changed */
async function settle(scope: Scope, { improved, claims, statements, grown, known }: News): Promise<number[]> {
  await lockIdentity(scope);
  if (improved.length > 0) await improveIdentities(scope, improved);
  const changed = claims.length > 0 ? await keepClaims(scope, claims) : [];
  const leadOf = ({ name }: Seen): number => known.get(name)!.lead;
  const vouched = improved.filter(
    ({ name, vouchedAt }) => vouchedAt !== null && known.get(name)!.vouchedAt === null,
  );
  const affected = new Set([
    ...grown,
    ...changed.flatMap(({ from, into, cause }) => (cause === 'anonymous' ? [from] : [from, into])),
    ...vouched.filter(({ identity }) => identity.kind !== 'anonymous').map(leadOf),
  ]);
  const moved = affected.size > 0 ? await regroup(scope, [...affected]) : [];
  const telling = statements.length > 0 ? await leadsWithNews(scope, statements) : [];
  const older = await rootsOf(scope, improved.map(leadOf));
  await settleLeads(scope, [...new Set([...moved, ...telling, ...older.values()])]);
  return moved;
}

/** The leads, by those that stand for them, of which more is now stated than is held already. */
async function leadsWithNews(
  { query, workspace }: Scope,
  statements: readonly LeadStatement[],
): Promise<number[]> {
  const rows = await query<{ lead: number; root: number; attributes: Held; account: Held | null }>(
    `SELECT l.number AS lead, r.number AS root, r.attributes, a.attributes AS account
     FROM leads l JOIN leads r ON r.workspace_id = l.workspace_id AND r.number = CASE WHEN l.merged_into IS NULL THEN l.number ELSE l.merged_into END
       LEFT JOIN accounts a ON a.workspace_id = r.workspace_id AND a.id = r.account_id
     WHERE l.workspace_id = $1 AND l.number = ANY ($2::bigint[])`,
    [workspace, [...new Set(statements.map(({ lead }) => lead))]],
  );
  const held = new Map(rows.map((row) => [row.lead, row]));
  const telling = statements.filter(({ lead, values }) => {
    const { attributes, account } = held.get(lead)!;
    if (!saysNothingNew(values, new Map(Object.entries(attributes)))) return true;
    const stated = statedOfAccount(values);
    return stated !== null && !saysNothingNew(stated.attributes, new Map(Object.entries(account ?? {})));
  });
  return [...new Set(telling.map(({ lead }) => held.get(lead)!.root))];
}

type Held = Record<string, Raw>;
