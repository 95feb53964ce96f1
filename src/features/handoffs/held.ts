/** A handoff, locked for whoever changes it, with the version it was made by. */
import type { Instant } from '#engine/facts/facts.ts';
import type { Packet } from '#engine/handoff/packet.ts';
import type { Pact } from '#engine/pact/pact.ts';
import { requireMatch } from '#features/etag.ts';
import { pactsOf } from '#features/pacts/texts.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import type { Deed } from './deed.ts';

/** What has become of it. Derived from its answer and its decision, never kept by hand. */
export type HandoffStanding = 'offered' | 'accepted' | 'qualified' | 'returned' | 'lapsed' | 'withdrawn';

export type HandoffRow = {
  id: string;
  lead: number;
  /** The lead it was merged into since, or itself: whose ladder the answer counts for. */
  survivor: number;
  /** The survivor's id, for the world outside. */
  lead_id: string;
  pass: number;
  pact_id: string;
  version: number;
  digest: string;
  tier: string;
  origin: 'mql' | 'fast_lane' | 'exception';
  fast_lane: string | null;
  packet: Packet;
  offered_at: Date;
  accept_by: Date;
  queue: string | null;
  owner_id: string | null;
  follows: string | null;
  answer: 'acceptance' | 'return' | 'lapse' | 'withdrawal' | null;
  answered_at: Date | null;
  decision: 'qualification' | 'return' | null;
  decided_at: Date | null;
  revision: number;
};
export type Held = HandoffRow & { pact: Pact; standing: HandoffStanding };

/** What a lead `s` is called. */
export const LEAD_NAME = `coalesce(s.attributes ->> 'name',
  nullif(btrim(concat_ws(' ', s.attributes ->> 'first_name', s.attributes ->> 'last_name')), ''))`;

/**
 * The lead `s` that a lead `l` has become. Under row-level security an index is not looked into by the result of
 * `coalesce`, whose parts PostgreSQL does not vouch for: all leads would be read. By `CASE` it is.
 */
export const SURVIVOR = `JOIN leads s ON s.workspace_id = l.workspace_id
    AND s.number = CASE WHEN l.merged_into IS NULL THEN l.number ELSE l.merged_into END`;

export const SELECT_HANDOFF = `SELECT h.id, h.lead, s.number AS survivor, s.id AS lead_id, h.pass, h.pact_id, h.version,
  v.digest, h.tier, h.origin, h.fast_lane, h.packet, h.offered_at, h.accept_by, h.queue, h.owner_id, h.follows,
  h.answer, h.answered_at, h.decision, h.decided_at, h.revision
FROM handoffs h
  JOIN versions v ON v.workspace_id = h.workspace_id AND v.pact_id = h.pact_id AND v.number = h.version
  JOIN leads l ON l.workspace_id = h.workspace_id AND l.number = h.lead
  ${SURVIVOR}`;

export function standingOf({ answer, decision }: Pick<HandoffRow, 'answer' | 'decision'>): HandoffStanding {
  if (decision === 'qualification') return 'qualified';
  if (decision === 'return') return 'returned';
  if (answer === 'acceptance') return 'accepted';
  if (answer === 'lapse') return 'lapsed';
  return answer === 'withdrawal' ? 'withdrawn' : 'offered';
}

/** What the caller has read, when it matters that nobody changed it since. */
export type Read = { revision?: number | undefined; ifMatch?: string | null | undefined };

/**
 * Locks a handoff until the end of the transaction: of several who answer at once one is first, the others find it
 * answered.
 * @throws HttpProblem 404, or 412 when it is no longer what was read.
 */
export async function hold(
  { query, workspace }: Pick<Deed, 'query' | 'workspace'>,
  id: string,
  { revision, ifMatch = null }: Read = {},
): Promise<Held> {
  const [row] = await query<HandoffRow>(
    `${SELECT_HANDOFF} WHERE h.workspace_id = $1 AND h.id = $2 FOR NO KEY UPDATE OF h`,
    [workspace, id],
    'handoff-hold',
  );
  if (row === undefined) throw new HttpProblem(404, 'not_found', 'There is no such handoff here.');
  if (revision !== undefined && revision !== row.revision) {
    throw new HttpProblem(
      412,
      'changed_meanwhile',
      `This handoff has changed since you read it: you read revision ${revision}, it is at ${row.revision}. Read it again.`,
    );
  }
  requireMatch(ifMatch, { revision: row.revision });
  const pacts = await pactsOf(query, workspace, [{ ...row, number: row.version }]);
  return { ...row, pact: pacts.get(row.digest)!, standing: standingOf(row) };
}

/** What happened instead, and what to do. */
const happened: Record<HandoffStanding, (when: string) => [code: string, sentence: string]> = {
  offered: () => ['not_accepted', 'This handoff waits for its answer: accept it first.'],
  accepted: (when) => ['already_accepted', `This handoff was accepted ${when}.`],
  qualified: (when) => [
    'already_qualified',
    `This handoff was qualified ${when}: the deal goes on from there.`,
  ],
  returned: (when) => [
    'already_returned',
    `This handoff was given back ${when}; marketing may dispute that.`,
  ],
  lapsed: (when) => [
    'lapsed',
    `This handoff lapsed ${when}, unanswered: say why there was no follow-up, or ask for an exception.`,
  ],
  withdrawn: (when) => ['withdrawn', `This handoff was taken back ${when}: the lead is no longer an MQL.`],
};

/** @throws HttpProblem 409 unless the handoff stands as it must. */
export function mustStand(held: Held, ...wanted: readonly HandoffStanding[]): void {
  if (wanted.includes(held.standing)) return;
  const when = (held.decided_at ?? held.answered_at)?.toISOString() ?? '';
  const [code, sentence] = happened[held.standing](`at ${when}`);
  throw new HttpProblem(409, code, `${sentence} Read it again.`);
}

export type Change = Partial<Pick<HandoffRow, 'answer' | 'decision' | 'owner_id' | 'queue' | 'accept_by'>>;

/** Writes what has become of a handoff that is held. */
export async function change(deed: Deed, held: Held, to: Change): Promise<void> {
  const at = new Date(deed.now);
  await deed.tx
    .updateTable('handoffs')
    .set({
      ...to,
      ...(to.answer !== undefined && { answered_at: at }),
      ...(to.decision !== undefined && { decided_at: at }),
      revision: held.revision + 1,
    })
    .where('workspace_id', '=', deed.workspace)
    .where('id', '=', held.id)
    .execute();
  held.revision += 1;
}

/** Says a thing about a handoff in the journal and to the world outside, under one name. */
export function tell(
  deed: Pick<Deed, 'journal' | 'send' | 'now'>,
  what: string,
  held: Pick<HandoffRow, 'id' | 'lead_id'>,
  data: Record<string, unknown> = {},
  at: Instant = deed.now,
): void {
  deed.journal({
    at,
    what,
    subject: { kind: 'handoff', id: held.id },
    data: { lead: held.lead_id, ...data },
  });
  deed.send(what, { handoff: held.id, lead: held.lead_id, at, ...data });
}
