/**
 * One transaction takes in the events of many requests: each table is written by one statement. Whatever happens to
 * the connection, it can be run again as it is: what is there already is known by its key.
 */
import type { Instant } from '#engine/facts/facts.ts';
import { bigints, instants, jsons, texts, uuids } from '#features/intake/columns.ts';
import { type Entry, type Refused, refusedEvent } from '#features/intake/entry.ts';
import { quarantine } from '#features/intake/quarantine.ts';
import { gather } from '#features/leads/identity/gather.ts';
import type { Prepared, Recognised, Recognition } from '#features/leads/identity/recognise.ts';
import type { Scope } from '#features/leads/identity/scope.ts';
import { newId } from '#platform/ids.ts';

/** The events of one request. */
export type Intaken = {
  writeKey: string;
  receivedAt: Instant;
  entries: readonly Entry[];
  refused: readonly Refused[];
};

/** What became of an entry: taken in; known already; known already, but saying something else. */
export type Fate = 'stored' | 'repeated' | 'conflict';

export type Stored = {
  fates: Map<Entry, Fate>;
  /** To be called after the commit. */
  remember: () => void;
};

type Arrived = { entry: Entry; from: Intaken };

/** @param prepared by `Recognition.prepare`, from the sightings of all entries */
export async function storeEntries(
  scope: Scope,
  requests: readonly Intaken[],
  recognition: Recognition,
  prepared: Prepared,
): Promise<Stored> {
  // Acknowledged means on disk, whatever the server is set to.
  await scope.query('SET LOCAL synchronous_commit = on');
  const arrived = requests.flatMap((from) => from.entries.map((entry): Arrived => ({ entry, from })));
  const fates = await findFates(scope, arrived);
  const fresh = arrived.filter(({ entry }) => fates.get(entry) === 'stored');
  const sightings = fresh.map(({ entry }) => entry.sighting);
  const mine = fresh.length === arrived.length ? prepared : { ...prepared, gathered: gather(sightings) };
  const recognised = await recognition.recognise(scope, sightings, mine, 'ingest');
  await addActivities(scope, fresh, recognised);
  await addMarks(scope, recognised);

  const waiting = requests.flatMap((from) =>
    [...from.refused, ...conflictsIn(from, fates)].map((refused) => ({ ...refused, ...from })),
  );
  if (waiting.length > 0) await quarantine(scope, waiting);
  return { fates, remember: recognised.remember };
}

export const conflictsIn = ({ entries }: Intaken, fates: ReadonlyMap<Entry, Fate>): Refused[] =>
  entries
    .filter((entry) => fates.get(entry) === 'conflict')
    .map(({ index, raw }) =>
      refusedEvent(
        index,
        raw,
        'message_id_conflict',
        'an event with this messageId came in before and said something else; the first is kept',
      ),
    );

/** Writes down which messages came in; of those that had come in before, the first stays. */
async function findFates(
  { query, workspace, now }: Scope,
  arrived: readonly Arrived[],
): Promise<Map<Entry, Fate>> {
  const fates = new Map<Entry, Fate>();
  const first = new Map<string, Entry>();
  for (const { entry } of arrived) {
    const before = first.get(entry.key);
    if (before === undefined) first.set(entry.key, entry);
    fates.set(entry, before === undefined ? 'stored' : before.body === entry.body ? 'repeated' : 'conflict');
  }
  if (first.size === 0) return fates;
  // In order of keys, so that two who take in the same messages do not wait for each other in a circle.
  const keys = [...first.keys()].sort();
  const [made] = await query<{ count: number }>(
    `WITH made AS (
       INSERT INTO message_ids (workspace_id, key, body, received_at)
       SELECT $1, g.key, g.body, $4 FROM unnest($2::uuid[], $3::uuid[]) AS g(key, body)
       ON CONFLICT DO NOTHING RETURNING 1)
     SELECT count(*) AS count FROM made`,
    [workspace, uuids(keys), uuids(keys.map((key) => first.get(key)!.body)), new Date(now)],
    'intake-messages',
  );
  if (made!.count === keys.length) return fates;
  const there = await query<{ key: string; body: string }>(
    `SELECT key, replace(body::text, '-', '') AS body FROM message_ids
     WHERE workspace_id = $1 AND key = ANY ($2::uuid[]) AND xmin <> pg_current_xact_id()::xid`,
    [workspace, uuids(keys)],
  );
  const bodies = new Map(there.map(({ key, body }) => [key, body]));
  for (const entry of fates.keys()) {
    const body = bodies.get(entry.key);
    if (body !== undefined) fates.set(entry, body === entry.body ? 'repeated' : 'conflict');
  }
  return fates;
}

async function addActivities(
  { query, workspace, now }: Scope,
  fresh: readonly Arrived[],
  { leads }: Recognised,
): Promise<void> {
  const active = fresh.flatMap(({ entry, from }, i) =>
    entry.activity === null ? [] : [{ ...entry.activity, entry, from, lead: leads[i]! }],
  );
  if (active.length === 0) return;
  await query(
    `INSERT INTO activities (workspace_id, id, lead, at, received_at, type, trust, properties, context)
     SELECT $1, g.id, g.lead, g.at, g.received_at, g.type, g.trust, g.properties, g.context
     FROM unnest($2::uuid[], $3::bigint[], $4::timestamptz[], $5::timestamptz[], $6::text[], $7::text[], $8::jsonb[], $9::jsonb[])
       AS g(id, lead, at, received_at, type, trust, properties, context)`,
    [
      workspace,
      uuids(active.map(() => newId(now))),
      bigints(active.map(({ lead }) => lead)),
      instants(active.map(({ entry }) => entry.sighting.at)),
      instants(active.map(({ from }) => from.receivedAt)),
      texts(active.map(({ type }) => type)),
      texts(active.map(({ entry }) => entry.sighting.trust)),
      jsons(active.map(({ properties }) => properties)),
      jsons(active.map(({ context }) => context)),
    ],
    'intake-activities',
  );
}

/** Marks the leads that something was learned of, each once. */
async function addMarks({ query, workspace, now }: Scope, { leads, moved }: Recognised): Promise<void> {
  const marked = [...new Set([...leads, ...moved])];
  if (marked.length === 0) return;
  await query(
    `INSERT INTO dirty_leads (workspace_id, mark, lead)
     SELECT $1, g.mark, g.lead FROM unnest($2::uuid[], $3::bigint[]) AS g(mark, lead)`,
    [workspace, uuids(marked.map(() => newId(now))), bigints(marked)],
    'intake-marks',
  );
}
