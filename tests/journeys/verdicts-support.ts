/** A workspace with a pact in force, leads whose ledgers a test writes, and a worker that is told what time it is. */
import type { Instant, Raw } from '#engine/facts/facts.ts';
import { digestPact } from '#engine/pact/digest.ts';
import type { Pact } from '#engine/pact/pact.ts';
import { parsePact } from '#engine/pact/parse.ts';
import { writePact } from '#engine/pact/write.ts';
import { bringIntoForce, sign } from '#features/pacts/agreeing.ts';
import { beginPact, draft, type VersionKey } from '#features/pacts/drafting.ts';
import type { Caller } from '#features/people/policy.ts';
import { type Handlers, tellers } from '#features/verdicts/handlers.ts';
import { KeptLeads } from '#features/verdicts/kept.ts';
import type { Database } from '#platform/db/database.ts';
import { newId } from '#platform/ids.ts';
import { openLog } from '#platform/log.ts';
import { workThrough } from '#server/worker.ts';
import { ACME } from '#tests/support/pacts.ts';

const acme = parsePact(ACME).pact;

/** What may be asked of a pact's ladder, put into a pact that can be written down and read again. */
export function writable({ bad_leads, profile, interest, grades, stages, mql, fast_lanes }: Pact): Pact {
  const counting = interest.filter(({ cap }) => cap === undefined || cap !== 0);
  const pact: Pact = {
    ...acme,
    lead: { ...acme.lead, when: { attribute: 'nobody', exists: false } },
    bad_leads,
    profile,
    interest: counting.length > 0 ? counting : acme.interest,
    grades,
    stages,
    mql,
    fast_lanes: fast_lanes.map((lane) => ({ ...lane, tier: 'hot' })),
  };
  return parsePact(writePact(pact)).pact;
}

type Person = Extract<Caller, { kind: 'member' }>;
export type People = { anna: Person; sam: Person };

/** Makes the two people without whom nothing comes into force. */
export async function hire(database: Database, workspace: string): Promise<People> {
  const person = (party: 'marketing' | 'sales'): Person => ({
    workspace,
    kind: 'member',
    id: newId(Date.now()),
    party,
    rank: 'manager',
  });
  const people = { anna: person('marketing'), sam: person('sales') };
  const rows = Object.entries(people).map(([name, { id, party, rank }]) => ({
    workspace_id: workspace,
    id,
    name,
    email: `${name}@acme.example`,
    party,
    rank,
  }));
  await database.inWorkspace(workspace, (tx) => tx.insertInto('members').values(rows).execute());
  return people;
}

/** Brings a pact into force: another version of `key`'s when that is given. Draws on the clock `at` alone. */
export async function agree(
  database: Database,
  { anna, sam }: People,
  pact: Pact,
  at: Instant,
  former?: VersionKey,
): Promise<VersionKey> {
  const text = writePact(pact);
  return database.inWorkspace(anna.workspace, async (tx) => {
    const key = former
      ? await draft(tx, anna, former.pact, { text }, at)
      : await beginPact(tx, anna, { text }, at);
    // Made-up pacts are not free of doubts: proposed as they are.
    await tx
      .updateTable('versions')
      .set({ proposed_at: new Date(at), proposed_by: anna.id })
      .where('workspace_id', '=', anna.workspace)
      .where('pact_id', '=', key.pact)
      .where('number', '=', key.number)
      .execute();
    for (const one of [anna, sam]) await sign(tx, one, key, digestPact(pact), at);
    await bringIntoForce(tx, anna, key, { from: at, until: null }, at);
    return key;
  });
}

/** Something a lead did or became, on its way into the tables. */
export type News =
  | { lead: number; at: Instant; type: string; properties: Record<string, Raw> }
  | { lead: number; at: Instant | null; values: Record<string, Raw> };

/** Takes news in as ingest does: ledger and marks in one transaction. */
export async function takeIn(database: Database, workspace: string, news: readonly News[]): Promise<void> {
  const received = new Date();
  const own = ({ lead, at }: News) => ({
    workspace_id: workspace,
    id: newId(Date.now()),
    lead,
    received_at: received,
    trust: 'server' as const,
    at: at === null ? null : new Date(at),
  });
  const did = news.flatMap((one) =>
    'type' in one
      ? [{ ...own(one), at: new Date(one.at), type: one.type, properties: JSON.stringify(one.properties) }]
      : [],
  );
  const became = news.flatMap((one) =>
    'values' in one ? [{ ...own(one), values: JSON.stringify(one.values) }] : [],
  );
  await database.inWorkspace(workspace, async (tx) => {
    if (did.length > 0) await tx.insertInto('activities').values(did).execute();
    if (became.length > 0) await tx.insertInto('attribute_changes').values(became).execute();
    const more = new Set(became.map(({ lead }) => lead));
    const marks = [...new Set(news.map(({ lead }) => lead))].map((lead) => ({
      workspace_id: workspace,
      mark: newId(Date.now()),
      lead,
      activities: more.has(lead) ? null : did.filter((one) => one.lead === lead).map(({ id }) => id),
    }));
    if (marks.length > 0) await tx.insertInto('dirty_leads').values(marks).execute();
  });
}

/** Makes leads, numbered from `first` on, of whom nothing is known but when they came. */
export async function meet(
  database: Database,
  workspace: string,
  count: number,
  at: Instant,
  first = 1,
): Promise<string[]> {
  const leads = Array.from({ length: count }, (_, i) => ({
    workspace_id: workspace,
    number: first + i,
    id: newId(at),
    created_at: new Date(at),
  }));
  await database.inWorkspace(workspace, (tx) => tx.insertInto('leads').values(leads).execute());
  return leads.map(({ id }) => id);
}

const log = openLog('silent');
/** As in a worker that goes on: from one call to the next. */
const kept = new KeptLeads();

/** Lets a worker work until nothing is waiting at an instant. */
export async function workUntilDone(
  database: Database,
  at: Instant,
  { handlers = tellers, most = 50 }: { handlers?: Handlers; most?: number } = {},
): Promise<void> {
  const options = { database, log, handlers, most, kept, now: async () => at };
  while ((await workThrough(options)) > 0);
}
