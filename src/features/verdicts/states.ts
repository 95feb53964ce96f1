/** Leads' states and passages, as rows. */
import type { Instant } from '#engine/facts/facts.ts';
import type { Timeline } from '#features/pacts/timeline.ts';
import type { Query } from '#platform/db/transaction.ts';
import { isUuid, newId } from '#platform/ids.ts';
import type { Carried, Folded } from './fold.ts';
import type { KeptLead } from './kept.ts';

/** A lead that is held by this transaction. */
export type Held = {
  lead: number;
  revision: number;
  /** What its last fold left. */
  carried: Carried | null;
  /** The fold itself, where it is kept. */
  kept: KeptLead | null;
  /** Merged into another, or erased. */
  gone: boolean;
  /** When a lead that could not be folded is tried again; null when it no longer is, undefined when all is well. */
  retry_at?: Date | null;
};

type Row = {
  lead: number;
  revision: number;
  fold: Omit<Carried, 'mql_at'> | Record<string, never> | null;
  gone: boolean;
  mql_at: Date | null;
  stuck: boolean;
  retry_at: Date | null;
};

const HOLD = `SELECT s.lead, s.revision, CASE WHEN s.revision = k.revision THEN NULL ELSE s.fold END AS fold, s.mql_at,
    (SELECT l.merged_into IS NOT NULL OR l.erased_at IS NOT NULL FROM leads l
     WHERE l.workspace_id = $1 AND l.number = s.lead) AS gone,
    x.lead IS NOT NULL AS stuck, x.retry_at
  FROM unnest($2::bigint[], $3::bigint[]) AS k (lead, revision) JOIN lead_states s ON s.lead = k.lead
    LEFT JOIN stuck_leads x ON x.workspace_id = s.workspace_id AND x.lead = s.lead
  WHERE s.workspace_id = $1 AND s.lead = ANY ($2::bigint[])
  ORDER BY s.lead FOR UPDATE OF s SKIP LOCKED`;

/**
 * Holds those of the leads that nobody else holds; those that have no state yet get one.
 * @param kept leads whose fold is at hand; what they carry is read only if they were written since.
 */
export async function hold(
  query: Query,
  workspace: string,
  leads: readonly number[],
  kept: ReadonlyMap<number, KeptLead>,
): Promise<Held[]> {
  if (leads.length === 0) return [];
  const held = (some: readonly number[]) =>
    query<Row>(HOLD, [workspace, some, some.map((lead) => kept.get(lead)?.revision ?? null)], 'states-hold');
  const rows = await held(leads);
  if (rows.length < leads.length) {
    // The others are held by somebody else, or new.
    const found = new Set(rows.map(({ lead }) => lead));
    const made = await query<{ lead: number }>(
      `INSERT INTO lead_states (workspace_id, lead)
       SELECT $1, lead FROM unnest($2::bigint[]) AS given (lead) ORDER BY lead
       ON CONFLICT DO NOTHING RETURNING lead`,
      [workspace, leads.filter((lead) => !found.has(lead))],
      'states-ensure',
    );
    if (made.length > 0) rows.push(...(await held(made.map(({ lead }) => lead))));
  }
  return rows.map(({ lead, revision, fold, mql_at, gone, stuck, retry_at }) => {
    const mine = fold === null ? kept.get(lead)! : null;
    const read =
      fold !== null && 'taken' in fold ? { ...(fold as Carried), mql_at: mql_at?.getTime() ?? null } : null;
    const carried = mine === null ? read : mine.folded.carried;
    return { lead, revision, carried, kept: mine, gone, ...(stuck && { retry_at }) };
  });
}

/** A lead that was folded, and its id for the world outside. */
export type Changed = { held: Held; id: string; folded: Folded };

/** Writes the states of leads. @throws Error when a state was written by somebody else meanwhile. */
export async function writeStates(
  query: Query,
  workspace: string,
  timeline: Timeline,
  changed: readonly Changed[],
  now: Instant,
): Promise<void> {
  if (changed.length === 0) return;
  const rows = changed.map((one) => stateOf(one, timeline, now));
  const written = await query(
    `UPDATE lead_states s SET
       pact_id = n.pact_id, version = n.version, judged_at = n.judged_at, verdict = n.verdict, stage = n.stage,
       stage_since = n.stage_since, grade = n.grade, fit = n.fit, interest = n.interest, fast_lane = n.fast_lane,
       mql_at = n.mql_at, pass = n.pass, last_activity_at = n.last_activity_at, next_at = n.next_at, fold = n.fold,
       revision = s.revision + 1
     FROM jsonb_to_recordset($2::jsonb) AS n (lead bigint, revision bigint, pact_id uuid, version int,
       judged_at timestamptz, verdict text, stage text, stage_since timestamptz, grade text, fit float8,
       interest float8, fast_lane text, mql_at timestamptz, pass int, last_activity_at timestamptz,
       next_at timestamptz, fold jsonb)
     WHERE s.workspace_id = $1 AND s.lead = ANY ($3::bigint[]) AND s.lead = n.lead AND s.revision = n.revision
     RETURNING s.lead`,
    [workspace, JSON.stringify(rows), rows.map(({ lead }) => lead)],
    'states-write',
  );
  if (written.length < rows.length)
    throw new Error(
      `${rows.length - written.length} of ${rows.length} leads were folded by another worker meanwhile.`,
    );
}

function stateOf({ held, folded }: Changed, timeline: Timeline, now: Instant) {
  const { standing, mql_at, before, next, taken } = folded.carried;
  const own = { lead: held.lead, revision: held.revision, next_at: dateOf(folded.next) };
  const fold = { standing, before, next, taken };
  const last = folded.walk.ledger.findLast(({ kind, at }) => kind === 'activity' && at !== null && at <= now);
  const seen = { last_activity_at: dateOf(last?.at ?? null), mql_at: dateOf(mql_at), fold };
  if (standing === null) {
    return { ...own, ...seen, verdict: 'visitor', stage: 'visitor', fit: 0, interest: 0, pass: 1 };
  }
  const { verdict, stage, since, pass } = standing;
  const version = timeline.at(verdict.at)!;
  return {
    ...own,
    ...seen,
    pact_id: version.pact_id,
    version: version.number,
    judged_at: dateOf(verdict.at),
    verdict: verdict.verdict,
    stage,
    stage_since: dateOf(since),
    grade: verdict.grade,
    fit: verdict.fit,
    interest: verdict.interest,
    fast_lane: verdict.fast_lane,
    pass,
  };
}

/**
 * Writes passages. Where a ledger was folded again, those that were found again stay as they are; the others no longer
 * count, and the new ones take their place.
 */
export async function writeMoves(
  query: Query,
  workspace: string,
  timeline: Timeline,
  changed: readonly Changed[],
  now: Instant,
): Promise<void> {
  const again = changed.filter(({ folded }) => folded.again).map(({ held }) => held.lead);
  const passages = changed.flatMap((one) => movesOf(one, timeline));
  const ids = passages.map(() => newId(now)).sort();
  const rows = passages.map((passage, i) => ({ id: ids[i], ...passage }));
  const given =
    again.length === 0 ? [workspace, JSON.stringify(rows)] : [workspace, JSON.stringify(rows), again];
  const columns = `id uuid, lead bigint, at timestamptz, from_stage text, to_stage text, pass int, cause text,
    cause_id uuid, pact_id uuid, version int, grade text, fit float8, interest float8`;
  const same = `m.workspace_id = $1 AND m.lead = ANY ($3::bigint[]) AND m.replaced_at IS NULL AND m.lead = n.lead AND m.at = n.at
    AND m.from_stage IS NOT DISTINCT FROM n.from_stage AND m.to_stage = n.to_stage AND m.pass = n.pass
    AND m.pact_id = n.pact_id AND m.version = n.version AND m.fit = n.fit AND m.interest = n.interest`;
  if (again.length > 0) {
    await query(
      `UPDATE moves m SET replaced_at = $4 WHERE m.workspace_id = $1 AND m.lead = ANY ($3::bigint[])
         AND m.replaced_at IS NULL AND NOT EXISTS (SELECT FROM jsonb_to_recordset($2::jsonb) AS n (${columns}) WHERE ${same})`,
      [...given, new Date(now)],
      'moves-replace',
    );
  }
  if (rows.length === 0) return;
  await query(
    `INSERT INTO moves (workspace_id, id, lead, at, from_stage, to_stage, pass, cause, cause_id, pact_id, version,
       grade, fit, interest)
     SELECT $1, n.* FROM jsonb_to_recordset($2::jsonb) AS n (${columns})
     ${again.length === 0 ? '' : `WHERE NOT EXISTS (SELECT FROM moves m WHERE ${same})`}`,
    given,
    again.length === 0 ? 'moves-write' : 'moves-write-again',
  );
}

const movesOf = ({ held, folded }: Changed, timeline: Timeline) =>
  folded.passages.map(({ move, verdict }) => {
    const { at, from, to, pass, cause } = move;
    const version = timeline.at(at)!;
    return {
      lead: held.lead,
      at: dateOf(at),
      from_stage: from,
      to_stage: to,
      pass,
      cause: cause.kind,
      cause_id: cause.id !== undefined && isUuid(cause.id) ? cause.id : null,
      pact_id: version.pact_id,
      version: version.number,
      grade: verdict.grade,
      fit: verdict.fit,
      interest: verdict.interest,
    };
  });

const dateOf = (at: Instant | null): string | null => (at === null ? null : new Date(at).toISOString());
