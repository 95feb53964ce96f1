/** A lead handed over outside the definition: in the open, with a sponsor and an end. */
import type { Instant } from '#engine/facts/facts.ts';
import { incomplete, missingFrom } from '#engine/handoff/packet.ts';
import { readTimeline } from '#features/pacts/timeline.ts';
import { type Caller, memberOf } from '#features/people/policy.ts';
import { factsOf, readLedgers } from '#features/verdicts/ledger.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { newId } from '#platform/ids.ts';
import type { Deed } from './deed.ts';

const DAY = 86_400_000;
/** An exception is for a while; what should hold for longer belongs into the pact. */
const LONGEST = 90 * DAY;

export type Exception = {
  reason: string;
  /** A present lead or manager of the caller's party; the caller, when they are one and nobody is named. */
  sponsor?: string | undefined;
  ends_at: Instant;
};

/** @returns the exception's id. The worker hands the lead over. */
export async function except(deed: Deed, caller: Caller, leadId: string, given: Exception): Promise<string> {
  const party = caller.party!;
  const lead = await leadBy(deed, leadId);
  if (given.ends_at <= deed.now || given.ends_at > deed.now + LONGEST) {
    const message = 'wanted an end after now and within 90 days; for longer, change the pact';
    throw fault('exception_ends_at', 'ends_at', message);
  }
  const sponsor = given.sponsor ?? memberOf(caller);
  const standing = await deed.tx
    .selectFrom('members')
    .select(['party', 'rank', 'left_at'])
    .where('workspace_id', '=', deed.workspace)
    .where('id', '=', sponsor)
    .executeTakeFirst();
  if (standing?.party !== party || standing.rank === 'member' || standing.left_at !== null) {
    throw fault('exception_sponsor', 'sponsor', `wanted a present lead or manager of ${party} as sponsor`);
  }
  await mustBeFree(deed, lead.number);
  await mustBeComplete(deed, lead.number);
  const id = newId(deed.now);
  const { reason, ends_at } = given;
  await deed.tx
    .insertInto('exceptions')
    .values({
      workspace_id: deed.workspace,
      id,
      lead: lead.number,
      party,
      sponsor_id: sponsor,
      reason,
      opened_at: new Date(deed.now),
      ends_at: new Date(ends_at),
    })
    .execute();
  deed.mark(lead.number);
  const data = { exception: id, party, sponsor, ends_at };
  deed.journal({ at: deed.now, what: 'lead.excepted', subject: { kind: 'lead', id: lead.id }, data });
  deed.send('lead.excepted', { lead: lead.id, at: deed.now, ...data });
  return id;
}

const fault = (code: string, path: string, message: string): HttpProblem =>
  new HttpProblem(422, code, `This exception is not made: ${message}.`, { errors: [{ path, message }] });

/** A lead by its id, or the one it was merged into; locked, so that what is said of it comes one after the other. */
export async function leadBy(
  { query, workspace }: Pick<Deed, 'query' | 'workspace'>,
  id: string,
): Promise<{ number: number; id: string }> {
  const [found] = await query<{ number: number; id: string }>(
    `SELECT s.number, s.id FROM leads l
     JOIN leads s ON s.workspace_id = $1 AND s.number = CASE WHEN l.merged_into IS NULL THEN l.number ELSE l.merged_into END
     WHERE l.workspace_id = $1 AND l.id = $2 AND s.erased_at IS NULL FOR NO KEY UPDATE OF s`,
    [workspace, id],
  );
  if (found === undefined) throw new HttpProblem(404, 'not_found', 'There is no such lead here.');
  return found;
}

async function mustBeFree({ query, workspace, now }: Deed, lead: number): Promise<void> {
  const rows = await query(
    `SELECT 1 FROM handoffs WHERE workspace_id = $1 AND lead = $2
       AND decision IS NULL AND (answer IS NULL OR answer = 'acceptance')
     UNION ALL SELECT 1 FROM exceptions WHERE workspace_id = $1 AND lead = $2 AND handoff_id IS NULL AND ends_at > $3`,
    [workspace, lead, new Date(now)],
  );
  if (rows.length === 0) return;
  throw new HttpProblem(409, 'already_handed_over', 'This lead is with sales already, or on its way there.');
}

async function mustBeComplete({ query, workspace, now }: Deed, lead: number): Promise<void> {
  const version = (await readTimeline(query, workspace)).at(now);
  if (version === null || version.from > now) {
    throw new HttpProblem(
      409,
      'no_pact',
      'No version of a pact is in force: there is nothing to make an exception from.',
    );
  }
  const ledgers = await readLedgers(query, workspace, [lead]);
  const missing = missingFrom(version.pact, factsOf(ledgers.get(lead)!), now);
  if (missing.length === 0) return;
  const { refused, because } = incomplete(missing);
  throw new HttpProblem(
    422,
    refused,
    `${because}. The pact wants this known before a handoff is made: add it to the lead first.`,
    { errors: missing.map((name) => ({ path: name, message: 'is not known' })) },
  );
}
