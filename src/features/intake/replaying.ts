/** Taking an event in after all: judged anew by what is known today, at the time it came in. */
import type { Replayed } from '#contract/quarantine.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { type Entry, type Refused, readEntries } from '#features/intake/entry.ts';
import {
  endReplayed,
  findWaiting,
  type Quarantined,
  quarantine,
  refuseAgain,
} from '#features/intake/quarantine.ts';
import { type Fates, storeEntries } from '#features/intake/store.ts';
import type { WriteKey } from '#features/intake/write-keys.ts';
import { Recognition } from '#features/leads/identity/recognise.ts';
import type { Database } from '#platform/db/database.ts';
import type { Query } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { type Actor, record } from '#platform/journal/journal.ts';

export type Replaying = { database: Database; workspace: string; actor: Actor; now: Instant };

/** @throws HttpProblem 404 when nothing of that id waits */
export async function replay({ database, workspace, actor, now }: Replaying, id: string): Promise<Replayed> {
  const { waiting, trust } = await database.inWorkspace(
    workspace,
    async (_, query) => {
      const waiting = await findWaiting({ query, workspace }, id, { lock: false });
      if (waiting === null) throw notWaiting();
      return { waiting, trust: await trustOf(query, workspace, waiting.writeKey) };
    },
    { readOnly: true },
  );
  const { writeKey, receivedAt } = waiting;
  const events = eventsIn(waiting);
  const { entries, refused } = await readEntries({ events, sentAt: null }, trust, receivedAt);
  const recognition = new Recognition(database);
  const prepared = await recognition.prepare(
    workspace,
    entries.map(({ sighting }) => sighting),
  );
  const { refusal, remember } = await database.inWorkspace(workspace, async (tx, query) => {
    const scope = { query, workspace, now };
    if ((await findWaiting(scope, id, { lock: true })) === null) throw notWaiting();
    const intaken = { writeKey, receivedAt, entries, refused: [] };
    const stored =
      entries.length > 0 ? await storeEntries(scope, [intaken], recognition, prepared, true) : null;
    const refusal = refusalIn(refused, entries, stored?.fates ?? new Map());
    if (refusal !== null && events.length === 1) await refuseAgain(scope, id, refusal);
    else {
      // Of many that were kept as one, those that are refused again wait each by itself from now on.
      if (refused.length > 0)
        await quarantine(
          scope,
          refused.map((one) => ({ ...one, writeKey, receivedAt })),
        );
      await endReplayed(scope, id, actor.kind === 'member' ? actor.id : null);
    }
    const what = refusal === null ? 'quarantine.replayed' : 'quarantine.refused_again';
    const subject = { kind: 'quarantine', id };
    await record(tx, workspace, [{ at: now, actor, what, subject, data: { reason: refusal?.code ?? null } }]);
    return { refusal, remember: stored?.remember };
  });
  remember?.();
  return {
    id,
    replayed: refusal === null,
    reason: refusal?.code ?? null,
    detail: refusal?.detail ?? null,
  };
}
const notWaiting = (): HttpProblem =>
  new HttpProblem(
    404,
    'not_found',
    'Nothing of that id waits in quarantine: look whether it was replayed or dismissed.',
  );

/** As what an event was sent; one whose key is not known any more is believed as little as a browser. */
async function trustOf(query: Query, workspace: string, key: string): Promise<WriteKey['trust']> {
  const [row] = await query<{ trust: WriteKey['trust'] }>(
    'SELECT trust FROM write_keys WHERE workspace_id = $1 AND id = $2',
    [workspace, key],
  );
  return row?.trust ?? 'browser';
}

/** What one row holds: an event, or all that one request had too many of. */
function eventsIn({ body, reason }: Quarantined): unknown[] {
  const parsed: unknown = JSON.parse(body);
  return reason === 'too_many_refused' && Array.isArray(parsed) ? parsed : [parsed];
}

/** Why it is refused again; null when nothing of it is. */
function refusalIn(refused: readonly Refused[], entries: readonly Entry[], fates: Fates): Refused | null {
  if (refused.length > 0) return refused[0]!;
  const odd = entries.find((entry) => fates.get(entry) === 'conflict');
  if (odd === undefined) return null;
  return {
    index: odd.index,
    messageId: odd.messageId,
    code: 'message_id_conflict',
    detail: 'an event with this messageId came in before and said something else; the first is kept',
    body: '',
  };
}
