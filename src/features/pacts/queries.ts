import type { Selectable } from 'kysely';
import type { Pact, Version, VersionStanding, VersionSummary } from '#contract/pacts.ts';
import type { Instant } from '#engine/facts/facts.ts';
import type { Signatures, Versions } from '#platform/db/tables.ts';
import type { Tx } from '#platform/db/transaction.ts';
import { noSuchVersion } from './agreeing.ts';
import type { VersionKey } from './drafting.ts';
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
  'proposed_at',
  'in_force_from',
  'in_force_until',
  'withdrawn_at',
] as const;
type SummaryRow = Pick<Row, (typeof summaryColumns)[number]>;

/** All pacts of a workspace. Three queries, however many there are. */
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
  const current = currentOf(versions, now);
  return pacts.map(({ id, name, created_at }) => ({
    id,
    name,
    created_at: created_at.toISOString(),
    versions: versions
      .filter(({ pact_id }) => pact_id === id)
      .map((version) => summarise(version, signaturesOf(version, signatures), current, now)),
  }));
}

/** One version with its text. @throws HttpProblem 404 */
export async function showVersion(
  tx: Tx,
  workspace: string,
  { pact, number }: VersionKey,
  now: Instant,
): Promise<Version> {
  const all = await tx
    .selectFrom('versions')
    .select(summaryColumns)
    .where('workspace_id', '=', workspace)
    .where((of) =>
      of.or([of('in_force_from', 'is not', null), of('pact_id', '=', pact).and('number', '=', number)]),
    )
    .execute();
  const row = await tx
    .selectFrom('versions')
    .select([...summaryColumns, 'text'])
    .where('workspace_id', '=', workspace)
    .where('pact_id', '=', pact)
    .where('number', '=', number)
    .executeTakeFirst();
  if (row === undefined) throw noSuchVersion(number);
  const signatures = await tx
    .selectFrom('signatures')
    .selectAll()
    .where('workspace_id', '=', workspace)
    .where('pact_id', '=', pact)
    .where('version', '=', number)
    .orderBy('signed_at')
    .execute();
  const summary = summarise(row, signatures, currentOf(all, now), now);
  return { ...summary, text: row.text, findings: examine(row.text) };
}

const signaturesOf = ({ pact_id, number }: SummaryRow, all: readonly Selectable<Signatures>[]) =>
  all.filter((one) => one.pact_id === pact_id && one.version === number);

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
  signatures: readonly Selectable<Signatures>[],
  current: SummaryRow | undefined,
  now: Instant,
): VersionSummary {
  const { number, digest, base, note, revision, emergency } = version;
  const instant = (date: Date | null) => date?.toISOString() ?? null;
  const isCurrent = current?.number === number && current.pact_id === version.pact_id;
  return {
    number,
    digest,
    standing: standingOf(version, signatures.length, isCurrent, now),
    base,
    note,
    revision,
    emergency,
    drafted_at: version.drafted_at.toISOString(),
    proposed_at: instant(version.proposed_at),
    in_force_from: instant(version.in_force_from),
    in_force_until: instant(version.in_force_until),
    withdrawn_at: instant(version.withdrawn_at),
    signatures: signatures.map(({ party, member_id, digest, signed_at }) => ({
      party,
      member: member_id,
      digest,
      signed_at: signed_at.toISOString(),
    })),
  };
}

function standingOf(version: SummaryRow, signed: number, isCurrent: boolean, now: Instant): VersionStanding {
  if (version.withdrawn_at !== null) return 'withdrawn';
  if (isCurrent) return 'in_force';
  if (isSince(version.in_force_from, now)) return 'over';
  if (version.proposed_at === null) return 'draft';
  return signed === 2 ? 'agreed' : 'proposed';
}
