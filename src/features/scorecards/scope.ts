/** What a report looks at: which period, whose leads, and by which version promises are held. */
import type * as z from 'zod';
import type { Period, scope as scopeContract } from '#contract/measures.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { calendarOf } from '#features/handoffs/calendars.ts';
import { type InForceVersion, readTimeline, type Timeline } from '#features/pacts/timeline.ts';
import type { Query } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { type OpenTime, openTimeOf } from './open-time.ts';

/** As it is asked for. */
export type Wanted = { [Name in keyof typeof scopeContract]?: z.infer<(typeof scopeContract)[Name]> };

type Filter = {
  team: string | null;
  source: string | null;
  region: string | null;
  tier: string | null;
  version: number | null;
};

export type Scope = {
  query: Query;
  workspace: string;
  /** When it is worked out. */
  now: Instant;
  from: Instant;
  to: Instant;
  zone: string;
  filter: Filter;
  /** The numbers of the leads it is narrowed down to by their source and region; null when it is not. */
  people: readonly number[] | null;
  timeline: Timeline;
  /** The version whose promises the period is held to; null while there is none. */
  version: InForceVersion | null;
  /** The open time of that version's calendar over the period and since; null without one. */
  open: OpenTime | null;
  /** Measures that are no longer reported. */
  retired: ReadonlySet<string>;
  notes: string[];
};

const DAY = 86_400_000;

/** @throws HttpProblem 400 for a period that ends before it begins. */
export async function readScope(
  { query, workspace, now }: Pick<Scope, 'query' | 'workspace' | 'now'>,
  wanted: Wanted,
): Promise<Scope> {
  const timeline = await readTimeline(query, workspace);
  const present = timeline.hasBegun(now) ? timeline.at(now) : null;
  const zone = present?.pact.calendar.zone ?? (await zoneOf(query, workspace));
  const { from, to } = periodOf(wanted, zone, now);
  const version = versionFor(timeline, wanted.version, Math.min(to - 1, now));
  const rows = await query<{ measure: string }>(
    'SELECT measure FROM measure_cards WHERE workspace_id = $1 AND retired_at IS NOT NULL',
    [workspace],
  );
  const { team = null, tier = null } = wanted;
  const [source, region] = [folded(wanted.source ?? null), folded(wanted.region ?? null)];
  return {
    query,
    workspace,
    now,
    from,
    to,
    zone,
    filter: { team, source, region, tier, version: wanted.version ?? null },
    people: await peopleOf({ query, workspace }, source, region),
    timeline,
    version,
    open: version === null ? null : openTimeOf(await calendarOf(version.pact), from, Math.max(to, now) + DAY),
    retired: new Set(rows.map(({ measure }) => measure)),
    notes: notesOf(timeline, version, { from, to, now }),
  };
}

/** As sources and countries are compared. */
const folded = (text: string | null): string | null => text?.trim().toLowerCase().slice(0, 200) ?? null;

/** Looked up once a report: what was booked under a lead that was merged is its person's. */
async function peopleOf(
  { query, workspace }: Pick<Scope, 'query' | 'workspace'>,
  source: string | null,
  region: string | null,
): Promise<number[] | null> {
  if (source === null && region === null) return null;
  const wanted =
    'merged_into IS NULL AND ($2::text IS NULL OR measured_source = $2) AND ($3::text IS NULL OR measured_region = $3)';
  const rows = await query<{ numbers: number[] | null }>(
    `SELECT array_agg(number) AS numbers FROM (
       SELECT number FROM leads WHERE workspace_id = $1 AND ${wanted}
       UNION ALL SELECT o.number FROM leads o WHERE o.workspace_id = $1 AND o.merged_into IN (SELECT number FROM leads WHERE workspace_id = $1 AND ${wanted})) f`,
    [workspace, source, region],
  );
  return rows[0]?.numbers ?? [];
}

async function zoneOf(query: Query, workspace: string): Promise<string> {
  const [row] = await query<{ zone: string }>('SELECT zone FROM workspaces WHERE workspace_id = $1', [
    workspace,
  ]);
  return row?.zone ?? 'UTC';
}

function periodOf({ from, to }: Wanted, zone: string, now: Instant): { from: Instant; to: Instant } {
  const quarter = quarterAt(now, zone);
  const begin = from === undefined ? quarter.from : momentOf(from, zone);
  const end = to === undefined ? Math.max(quarter.to, begin + 1) : momentOf(to, zone);
  if (begin < end) return { from: begin, to: end };
  const message = `found ${from ?? 'the running quarter'} to ${to}, wanted an end after the beginning`;
  throw new HttpProblem(400, 'period', `This is no period: ${message}.`, {
    errors: [{ path: 'query.to', message }],
  });
}

/** A day begins at its midnight in the zone, be it that clocks are changed that night. */
function momentOf(text: string, zone: string): Instant {
  if (text.includes('T')) return Date.parse(text);
  return Temporal.PlainDate.from(text).toZonedDateTime(zone).epochMilliseconds;
}

/** The day of an instant in a zone. */
export const dayAt = (at: Instant, zone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();

/** The quarter that an instant falls in. */
export function quarterAt(at: Instant, zone: string): { from: Instant; to: Instant; name: string } {
  const { year, month } = dayAt(at, zone);
  return quarterNamed(`${year}-Q${Math.ceil(month / 3)}`, zone);
}

/** @param name `2026-Q2` */
export function quarterNamed(name: string, zone: string): { from: Instant; to: Instant; name: string } {
  const [year, quarter] = name.split('-Q').map(Number) as [number, number];
  const first = Temporal.PlainDate.from({ year, month: quarter * 3 - 2, day: 1 });
  const begin = (day: Temporal.PlainDate) => day.toZonedDateTime(zone).epochMilliseconds;
  return { name, from: begin(first), to: begin(first.add({ months: 3 })) };
}

/** @throws HttpProblem 404 when a version is named that never was in force. */
function versionFor(timeline: Timeline, number: number | undefined, at: Instant): InForceVersion | null {
  if (number === undefined) return timeline.hasBegun(at) ? timeline.at(at) : null;
  const found = timeline.versions.findLast((version) => version.number === number);
  if (found !== undefined) return found;
  throw new HttpProblem(404, 'no_such_version', `No version ${number} has come into force here.`);
}

function notesOf(
  timeline: Timeline,
  version: InForceVersion | null,
  { from, to, now }: Pick<Scope, 'from' | 'to' | 'now'>,
): string[] {
  const notes: string[] = [];
  if (version === null) {
    notes.push(
      'No pact was in force in this period: nothing was promised, and there is no working calendar to count by.',
    );
  } else if (timeline.versions.filter((one) => one.from > from && one.from < Math.min(to, now)).length > 0) {
    notes.push(
      `The pact changed in this period. Promises are held to version ${version.number}, every row to the version then in force.`,
    );
  }
  if (from > now) notes.push('This period has not begun yet.');
  return notes;
}

/** What every report begins with. */
export const headOf = ({ from, to, zone, filter, now, notes }: Scope) => ({
  period: {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    zone,
    over: to <= now,
  } satisfies Period,
  read: filter,
  at: new Date(now).toISOString(),
  notes,
});

/** The period before, of the same length. */
export const before = (scope: Scope): Scope => ({
  ...scope,
  from: scope.from - (scope.to - scope.from),
  to: scope.from,
});
