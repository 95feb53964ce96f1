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

/** What became of an entry that was not taken in: known already; known already, but saying something else. */
type Fate = 'repeated' | 'conflict';

/** Entries that are not among them were stored. */
export type Fates = Map<Entry, Fate>;

export type Stored = {
  fates: Fates;
  /** To be called after the commit. */
  remember: () => void;
};

type Arrived = { entry: Entry; from: Intaken };

/** Some of the messages had come in before, which was not known: nothing was stored. */
export class Repeated extends Error {
  override readonly name = 'Repeated';
}

/**
 * @param prepared by `Recognition.prepare`, from the sightings of all entries
 * @param looked whether to look first which messages had come in before; most times none has
 * @throws Repeated when it had not been looked, and some had
 */
export async function storeEntries(
  scope: Scope,
  requests: readonly Intaken[],
  recognition: Recognition,
  prepared: Prepared,
  looked: boolean,
): Promise<Stored> {
  const arrived = requests.flatMap((from) => from.entries.map((entry): Arrived => ({ entry, from })));
  const fates = fatesAmong(arrived);
  if (looked) await findRepeated(scope, arrived, fates);
  const fresh = fates.size === 0 ? arrived : arrived.filter(({ entry }) => !fates.has(entry));
  const sightings = fresh.map(({ entry }) => entry.sighting);
  const mine = fresh.length === arrived.length ? prepared : { ...prepared, gathered: gather(sightings) };
  const recognised = await recognition.recognise(scope, sightings, mine, 'ingest');
  const waiting = requests.flatMap((from) =>
    [...from.refused, ...conflictsIn(from, fates)].map((refused) => ({ ...refused, ...from })),
  );
  if (waiting.length > 0) await quarantine(scope, waiting);
  await write(scope, fresh, recognised);
  return { fates, remember: recognised.remember };
}

export const conflictsIn = ({ entries }: Intaken, fates: Fates): Refused[] =>
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

/** Of messages that are in it more than once, the first is taken. */
function fatesAmong(arrived: readonly Arrived[]): Fates {
  const fates: Fates = new Map();
  const first = new Map<string, Entry>();
  for (const { entry } of arrived) {
    const before = first.get(entry.key);
    if (before === undefined) first.set(entry.key, entry);
    else fates.set(entry, fateBeside(before.body, entry));
  }
  return fates;
}

/** Of messages that had come in before, the first stays. */
async function findRepeated(
  { query, workspace }: Scope,
  arrived: readonly Arrived[],
  fates: Fates,
): Promise<void> {
  const there = await query<{ key: string; body: string }>(
    `SELECT key, replace(body::text, '-', '') AS body FROM message_ids
     WHERE workspace_id = $1 AND key = ANY ($2::uuid[])`,
    [workspace, uuids(arrived.map(({ entry }) => entry.key))],
  );
  const bodies = new Map(there.map(({ key, body }) => [key, body]));
  for (const { entry } of arrived) {
    const body = bodies.get(entry.key);
    if (body !== undefined) fates.set(entry, fateBeside(body, entry));
  }
}

const fateBeside = (first: string, { body }: Entry): Fate => (first === body ? 'repeated' : 'conflict');

/**
 * Everything that is written for every event, in one statement: the messages by which events are known again, what
 * leads did, and a mark on each lead that something was learned of. Acknowledged means on disk, whatever the server is
 * set to.
 */
const WRITE = `
  WITH made AS (
    INSERT INTO message_ids (workspace_id, key, body, received_at)
    SELECT $1, m.key, m.body, $2 FROM unnest($3::uuid[], $4::uuid[]) AS m(key, body)
    ON CONFLICT DO NOTHING RETURNING 1
  ), did AS (
    INSERT INTO activities (workspace_id, id, lead, at, received_at, type, trust, properties, context)
    SELECT $1, a.* FROM unnest($5::uuid[], $6::bigint[], $7::timestamptz[], $8::timestamptz[], $9::text[], $10::text[],
      $11::jsonb[], $12::jsonb[]) AS a
  ), marked AS (
    INSERT INTO dirty_leads (workspace_id, mark, lead, activities)
    SELECT $1, d.mark, d.lead, d.activities::uuid[] FROM unnest($13::uuid[], $14::bigint[], $15::text[]) AS d(mark, lead, activities)
  )
  SELECT count(*) AS made, set_config('synchronous_commit', 'on', true) FROM made`;

async function write(
  { query, workspace, now }: Scope,
  fresh: readonly Arrived[],
  { leads, moved }: Recognised,
): Promise<void> {
  // In order of keys, so that two who take in the same messages do not wait for each other in a circle.
  const messages = fresh.map(({ entry }) => entry).sort((a, b) => (a.key < b.key ? -1 : 1));
  const did = fresh.flatMap(({ entry: { activity, sighting }, from }, i) =>
    activity === null ? [] : [{ activity, sighting, from, lead: leads[i]! }],
  );
  const ids = did.map(() => newId(now));
  const marked = markedLeads(fresh, { leads, moved }, ids);
  const [written] = await query<{ made: number }>(
    WRITE,
    [
      workspace,
      new Date(now),
      uuids(messages.map(({ key }) => key)),
      uuids(messages.map(({ body }) => body)),
      uuids(ids),
      bigints(did.map(({ lead }) => lead)),
      instants(did.map(({ sighting }) => sighting.at)),
      instants(did.map(({ from }) => from.receivedAt)),
      texts(did.map(({ activity }) => activity.type)),
      texts(did.map(({ sighting }) => sighting.trust)),
      jsons(did.map(({ activity }) => activity.properties)),
      jsons(did.map(({ activity }) => activity.context)),
      uuids([...marked].map(() => newId(now))),
      bigints([...marked.keys()]),
      texts([...marked.values()].map((activities) => activities && `{${activities.join(',')}}`)),
    ],
    'intake-write',
  );
  if (written!.made < messages.length) throw new Repeated('Some of the messages had come in before.');
}

/**
 * The leads that something was learned of, with the activities that this was; null where it was more than that.
 * @param ids of the activities, in their order
 */
function markedLeads(
  fresh: readonly Arrived[],
  { leads, moved }: Pick<Recognised, 'leads' | 'moved'>,
  ids: readonly string[],
): Map<number, string[] | null> {
  const marked = new Map<number, string[] | null>(moved.map((lead) => [lead, null]));
  let next = 0;
  for (const [i, { entry }] of fresh.entries()) {
    const id = entry.activity === null ? null : ids[next++]!;
    const lead = leads[i]!;
    const sofar = marked.get(lead);
    if (sofar === null) continue;
    if (id === null || entry.sighting.values !== null) marked.set(lead, null);
    else if (sofar === undefined) marked.set(lead, [id]);
    else sofar.push(id);
  }
  return marked;
}
