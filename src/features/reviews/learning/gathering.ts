/** Leads as they stood when they were decided upon: what was known then, and what became of them. */
import type { StudiedLead } from '#engine/calibration/lessons/lessons.ts';
import { fold } from '#engine/criterion/value.ts';
import type { Facts, Instant } from '#engine/facts/facts.ts';
import type { Pact } from '#engine/pact/pact.ts';
import { explain } from '#engine/verdict/explain.ts';
import { flatten } from '#features/leads/attributes.ts';
import { someLeads } from '#features/leads/some.ts';
import { factsOf, readLedgers } from '#features/verdicts/ledger.ts';
import type { Database } from '#platform/db/database.ts';
import type { Query } from '#platform/db/transaction.ts';

/** Leads with a deal won or lost that are studied, the newest; and leads drawn from all, to see whether they change. */
const MOST_DECIDED = 4_000;
const MOST_DRAWN = 4_000;
const AT_ONCE = 400;
const DAY = 86_400_000;
/** A lead that was never handed over is looked at so long after it came in. */
const RIPE = 30 * DAY;

type Fate = { lead: number; outcome: 'won' | 'lost'; closed_at: Date | null };

/** A lead has won when one of its deals has, and has lost when all of them have. */
const FATES = `SELECT lead, CASE WHEN bool_or(outcome = 'won') THEN 'won' ELSE 'lost' END AS outcome,
    coalesce(min(closed_at) FILTER (WHERE outcome = 'won'), max(closed_at)) AS closed_at
  FROM deals WHERE workspace_id = $1 AND lead IS NOT NULL
  GROUP BY lead HAVING bool_or(outcome = 'won') OR bool_and(outcome = 'lost')
  ORDER BY lead DESC LIMIT ${MOST_DECIDED}`;

type Gathering = { workspace: string; pact: Pact; now: Instant };

/** @param progress how much is done, from 0 to 1 */
export async function gatherLeads(
  database: Database,
  { workspace, pact, now }: Gathering,
  progress: (share: number) => Promise<void>,
): Promise<StudiedLead[]> {
  const reading = <T>(work: (query: Query) => Promise<T>): Promise<T> =>
    database.inWorkspace(workspace, (_, query) => work(query), { readOnly: true });
  const { fates, drawn } = await reading(async (query) => ({
    fates: new Map((await query<Fate>(FATES, [workspace])).map((fate) => [fate.lead, fate])),
    drawn: (await someLeads(query, workspace, MOST_DRAWN, workspace)).leads,
  }));
  const numbers = [...new Set([...fates.keys(), ...drawn.map(({ number }) => number)])];
  const found: StudiedLead[] = [];
  for (let at = 0; at < numbers.length; at += AT_ONCE) {
    const some = numbers.slice(at, at + AT_ONCE);
    const { ledgers, offered } = await reading(async (query) => ({
      ledgers: await readLedgers(query, workspace, some),
      offered: await firstOffers(query, workspace, some),
    }));
    for (const [number, ledger] of ledgers) {
      if (ledger.gone || ledger.created_at > now) continue;
      const fate = fates.get(number);
      const closedAt = fate?.closed_at?.getTime() ?? null;
      const ripe = Math.min(ledger.created_at + RIPE, closedAt ?? Number.POSITIVE_INFINITY, now);
      const decidedAt = offered.get(number) ?? ripe;
      const outcome = fate?.outcome ?? null;
      found.push({
        ...asOf(pact, factsOf(ledger), decidedAt),
        createdAt: ledger.created_at,
        outcome,
        closedAt,
      });
    }
    await progress(Math.min(1, (at + AT_ONCE) / numbers.length));
  }
  return found;
}

async function firstOffers(
  query: Query,
  workspace: string,
  leads: readonly number[],
): Promise<Map<number, Instant>> {
  const rows = await query<{ lead: number; at: Date }>(
    'SELECT lead, min(offered_at) AS at FROM handoffs WHERE workspace_id = $1 AND lead = ANY ($2::bigint[]) GROUP BY lead',
    [workspace, leads],
  );
  return new Map(rows.map(({ lead, at }) => [lead, at.getTime()]));
}

/** What was known at an instant, and which criteria of the profile held by it. */
function asOf(pact: Pact, facts: Facts, at: Instant): Pick<StudiedLead, 'holds' | 'attributes'> {
  const reasons = new Map(
    explain(pact, facts, at).flatMap(({ kind, criterion, holds }) =>
      kind === 'profile' ? [[criterion, holds] as const] : [],
    ),
  );
  const attributes: Record<string, string> = {};
  for (const change of facts.changes) {
    if (change.at !== null && change.at > at) break;
    for (const [name, value] of flatten(change.values)) {
      if (typeof value === 'object' && value !== null) continue;
      attributes[fold(name)] = value === null || value === undefined ? '' : String(value);
    }
  }
  return { holds: pact.profile.map(({ id }) => reasons.get(id) ?? null), attributes };
}
