import type { Selectable } from 'kysely';
import type { Pact, Version, VersionStanding, VersionSummary } from '#contract/pacts.ts';
import type { Instant } from '#engine/facts/facts.ts';
import type { Declines, Signatures, Versions } from '#platform/db/tables.ts';
import type { Tx } from '#platform/db/transaction.ts';
import { behindOf } from './base.ts';
import { noSuchVersion, type VersionKey } from './drafting.ts';
import { examine } from './examining.ts';

type Row = Omit<Selectable<Versions>, 'text' | 'normal'>;

const summaryColumns = [
  'pact_id',
  'number',
  'digest',
  'base',
  'note',
  'revision',
  'emergency',
  'drafted_at',
  'drafted_by',
  'revised_by',
  'proposed_at',
  'effective_from',
  'in_force_from',
  'in_force_until',
  'withdrawn_at',
  'withdrawn_why',
] as const;
type SummaryRow = Pick<Row, (typeof summaryColumns)[number]>;

/** All pacts of a workspace. Four queries, however many there are. */
export async function listPacts(tx: Tx, workspace: string, now: Instant): Promise<Pact[]> {
  const pacts = await tx
    .selectFrom('pacts')
    .select(['id', 'name', 'created_at'])
    .where('workspace_id', '=', workspace)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  const versions = await tx
    .selectFrom('versions')
    .select(summaryColumns)
    .where('workspace_id', '=', workspace)
    .orderBy('number')
    .execute();
  const signatures = await tx
    .selectFrom('signatures')
    .selectAll()
    .where('workspace_id', '=', workspace)
    .orderBy('signed_at')
    .execute();
  const declines = await tx
    .selectFrom('declines')
    .selectAll()
    .where('workspace_id', '=', workspace)
    .orderBy('declined_at')
    .execute();
  const current = currentOf(versions, now);
  const byPact = Map.groupBy(versions, ({ pact_id }) => pact_id);
  return pacts.map(({ id, name, created_at }) => ({
    id,
    name,
    created_at: created_at.toISOString(),
    versions: (byPact.get(id) ?? []).map((version) => {
      const words = { signatures: of(version, signatures), declines: of(version, declines) };
      return summarise(version, words, byPact.get(id)!, current, now);
    }),
  }));
}

/** One version with its text. @throws HttpProblem 404 */
export async function showVersion(
  tx: Tx,
  workspace: string,
  key: VersionKey,
  now: Instant,
): Promise<Version> {
  const summary = await summaryOf(tx, workspace, key, now);
  const { text } = await tx
    .selectFrom('versions')
    .select('text')
    .where('workspace_id', '=', workspace)
    .where('pact_id', '=', key.pact)
    .where('number', '=', key.number)
    .executeTakeFirstOrThrow();
  return { ...summary, text, findings: await examine(text) };
}

/** What has become of one version. @throws HttpProblem 404 */
export async function summaryOf(
  tx: Tx,
  workspace: string,
  { pact, number }: VersionKey,
  now: Instant,
): Promise<VersionSummary> {
  const all = await tx
    .selectFrom('versions')
    .select(summaryColumns)
    .where('workspace_id', '=', workspace)
    .where((of) => of.or([of('in_force_from', 'is not', null), of('pact_id', '=', pact)]))
    .orderBy('number')
    .execute();
  const own = all.filter(({ pact_id }) => pact_id === pact);
  const row = own.find((one) => one.number === number);
  if (row === undefined) throw noSuchVersion(number);
  const wordsFrom = <T extends 'signatures' | 'declines'>(table: T) =>
    tx
      .selectFrom(table as 'signatures')
      .selectAll()
      .where('workspace_id', '=', workspace)
      .where('pact_id', '=', pact)
      .where('version', '=', number)
      .orderBy('party')
      .execute() as unknown as Promise<T extends 'signatures' ? Signature[] : Decline[]>;
  const words = { signatures: await wordsFrom('signatures'), declines: await wordsFrom('declines') };
  return summarise(row, words, own, currentOf(all, now), now);
}

type Signature = Selectable<Signatures>;
type Decline = Selectable<Declines>;
type Words = { signatures: readonly Signature[]; declines: readonly Decline[] };

const of = <T extends { pact_id: string; version: number }>(
  { pact_id, number }: SummaryRow,
  all: readonly T[],
) => all.filter((one) => one.pact_id === pact_id && one.version === number);

/** The one in force now: the last that came, unless its time is over. */
const currentOf = (versions: readonly SummaryRow[], now: Instant): SummaryRow | undefined =>
  versions
    .filter(
      ({ in_force_from, in_force_until }) => isSince(in_force_from, now) && !isSince(in_force_until, now),
    )
    .toSorted((a, b) => a.in_force_from!.getTime() - b.in_force_from!.getTime())
    .at(-1);

const isSince = (date: Date | null, now: Instant): boolean => date !== null && date.getTime() <= now;

function summarise(
  version: SummaryRow,
  { signatures, declines }: Words,
  all: readonly SummaryRow[],
  current: SummaryRow | undefined,
  now: Instant,
): VersionSummary {
  const { number, digest, base, note, revision, emergency, drafted_by, revised_by, withdrawn_why } = version;
  const instant = (date: Date | null) => date?.toISOString() ?? null;
  const isCurrent = current?.number === number && current.pact_id === version.pact_id;
  return {
    number,
    digest,
    standing: standingOf(version, { signatures, declines }, isCurrent, now),
    base,
    behind: behindOf(version, all),
    note,
    revision,
    revised_by,
    emergency,
    drafted_at: version.drafted_at.toISOString(),
    drafted_by,
    proposed_at: instant(version.proposed_at),
    effective_from: instant(version.effective_from),
    in_force_from: instant(version.in_force_from),
    in_force_until: instant(version.in_force_until),
    withdrawn_at: instant(version.withdrawn_at),
    withdrawn_why,
    signatures: signatures.map((one) =>
      showSignature(one, version.withdrawn_at !== null || declines.length > 0),
    ),
    declines: declines.map(({ party, member_id, digest, reason, declined_at }) => ({
      party,
      member: member_id,
      digest,
      reason,
      declined_at: declined_at.toISOString(),
    })),
  };
}

export const showSignature = ({ party, member_id, digest, signed_at }: Signature, isVoid: boolean) => ({
  party,
  member: member_id,
  digest,
  signed_at: signed_at.toISOString(),
  void: isVoid,
});

function standingOf(
  version: SummaryRow,
  { signatures, declines }: Words,
  isCurrent: boolean,
  now: Instant,
): VersionStanding {
  if (version.withdrawn_at !== null) return 'withdrawn';
  if (isCurrent) return 'in_force';
  if (isSince(version.in_force_from, now)) return 'over';
  if (version.proposed_at === null) return 'draft';
  if (declines.length > 0) return 'declined';
  return signatures.length === 2 ? 'agreed' : 'proposed';
}
