/** Which version of its pact a workspace works by, at any instant. */
import type { Instant } from '#engine/facts/facts.ts';
import type { Version } from '#engine/ladder/in-force.ts';
import type { Pact } from '#engine/pact/pact.ts';
import type { Query } from '#platform/db/transaction.ts';
import { pactsOf } from './texts.ts';

/** A version, from the instant on at which it came into force. One that comes back after an amendment stands twice. */
export type InForceVersion = Version & { pact_id: string; number: number; digest: string };

/** The versions of a workspace by their dates. */
export class Timeline {
  /** As the engine wants them: in order of their dates. Those still to come included. */
  readonly versions: readonly InForceVersion[];

  constructor(versions: readonly InForceVersion[]) {
    this.versions = versions;
  }

  /** The version by which an instant is judged, the first one also before its date; null when there is none at all. */
  at(instant: Instant): InForceVersion | null {
    return this.versions.findLast(({ from }) => from <= instant) ?? this.versions[0] ?? null;
  }

  /** Whether any version is in force yet. */
  hasBegun(now: Instant): boolean {
    return this.versions.length > 0 && this.versions[0]!.from <= now;
  }
}

type Row = { pact_id: string; number: number; digest: string; from: Date; until: Date | null };

/** Reads a workspace's versions. Each text is parsed once in the life of the process. */
export async function readTimeline(query: Query, workspace: string): Promise<Timeline> {
  const rows = await query<Row>(
    `SELECT pact_id, number, digest, in_force_from AS from, in_force_until AS until FROM versions
     WHERE workspace_id = $1 AND in_force_from IS NOT NULL ORDER BY in_force_from, pact_id, number`,
    [workspace],
    'timeline',
  );
  const pacts = await pactsOf(query, workspace, rows);
  return new Timeline(timelineOf(rows.map(spanOf), pacts));
}

/** A version and how long it was agreed to hold; until null, until another comes. */
type Span = { pact_id: string; number: number; digest: string; from: Instant; until: Instant | null };

const spanOf = ({ from, until, ...version }: Row): Span => ({
  ...version,
  from: from.getTime(),
  until: until?.getTime() ?? null,
});

/** At each date the version that came into force last holds, unless its time is over: then the one before it again. */
export function timelineOf(
  spans: readonly Span[],
  pacts: { get(digest: string): Pact | undefined },
): InForceVersion[] {
  const dates = new Set(spans.flatMap(({ from, until }) => (until === null ? [from] : [from, until])));
  const versions: InForceVersion[] = [];
  for (const date of [...dates].sort((a, b) => a - b)) {
    const span = spans.findLast(({ from, until }) => from <= date && (until === null || until > date));
    const last = versions.at(-1);
    if (span === undefined || (last?.pact_id === span.pact_id && last.number === span.number)) continue;
    const { pact_id, number, digest } = span;
    versions.push({ from: date, pact: pacts.get(digest)!, pact_id, number, digest });
  }
  return versions;
}
