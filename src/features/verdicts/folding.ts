/**
 * The transaction that folds leads: their ledgers are read, folded by the engine, and written back as states, passages,
 * what follows from them, journal and outbox, all together or not at all.
 *
 * Any number of workers may do this at once. Whoever holds a lead's state folds it; the others pass it by. A mark is
 * deleted only by the transaction that read, after it, what the mark stands for.
 */
import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { Instant } from '#engine/facts/facts.ts';
import type { Version } from '#engine/ladder/in-force.ts';
import { readTimeline, type Timeline } from '#features/pacts/timeline.ts';
import type { Query, Tx } from '#platform/db/transaction.ts';
import { messageOf } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { type Entry, record } from '#platform/journal/journal.ts';
import { type Folded, foldUp } from './fold.ts';
import { type Handlers, handOut, type LeadEffect, type ToldKind, type Work } from './handlers.ts';
import { type KeptLead, KeptLeads } from './kept.ts';
import { factsOf, type Ledger, readActivities, readLedgers } from './ledger.ts';
import { type DirtyMark, deleteMarks, marksOf, type Now, takeMarks } from './queue.ts';
import { type Changed, type Held, hold, writeMoves, writeStates } from './states.ts';
import { setAside, takeBack } from './stuck.ts';

export type Batch = {
  workspace: string;
  /** Leads to look at besides those with marks. */
  due: readonly number[];
  /** The most marks that are taken. */
  most: number;
};

export type Report = {
  /** How many leads were looked at. */
  leads: number;
  /** How many of them have a new state. */
  folded: number;
  /** Those whose fold failed, and why. */
  failed: { lead: number; error: string }[];
  /** Marks of leads that another worker holds; they wait. */
  passedBy: number;
  /** To be called after the commit, and only then: keeps the leads for the next time. */
  remember: () => void;
};

const forgetful = (): void => undefined;

/** Folds some of a workspace's leads, inside a transaction. */
export async function foldBatch(
  tx: Tx,
  query: Query,
  batch: Batch,
  handlers: Handlers,
  nowOf: Now,
  kept = new KeptLeads(),
): Promise<Report> {
  const { workspace, due, most } = batch;
  const taken = await takeMarks(query, workspace, most);
  const wanted = [...new Set([...due, ...taken.map(({ lead }) => lead)])].sort((a, b) => a - b);
  const held = await hold(query, workspace, wanted, kept.take(workspace, wanted));
  const leads = held.map(({ lead }) => lead);
  const passedBy = wanted.length - leads.length;
  if (leads.length === 0) return { leads: 0, folded: 0, failed: [], passedBy, remember: forgetful };
  const marks = await marksOf(query, workspace, leads);

  // From here on every statement sees what the marks stand for.
  const now = await nowOf(query);
  const timeline = await readTimeline(query, workspace);
  const gone = held.filter((one) => one.gone).map(({ lead }) => lead);
  const able = held.filter(
    ({ gone, retry_at }) =>
      !gone && (retry_at === undefined || (retry_at !== null && retry_at.getTime() <= now)),
  );
  if (!timeline.hasBegun(now)) {
    await sleepUntil(query, workspace, leads, timeline.versions[0]?.from ?? null);
    await deleteMarks(query, workspace, marks);
    return { leads: leads.length, folded: 0, failed: [], passedBy, remember: forgetful };
  }
  await passOn(query, workspace, gone, marks, now);
  const outcome: Outcome = { changed: [], failed: [], unchanged: [] };
  const whole = await foldKept({ query, workspace, timeline, now }, able, marks, outcome);
  const ledgers = await readLedgers(
    query,
    workspace,
    whole.map(({ lead }) => lead),
  );
  await foldAll(whole, ledgers, timeline, now, outcome);
  const { changed, failed, unchanged } = outcome;

  const send: OutboxRow[] = [];
  const entries: Entry[] = [];
  const work: Work = {
    workspace,
    tx,
    query,
    now,
    journal: (entry) => entries.push({ ...entry, actor: { kind: 'system' } }),
    send: (topic, payload) => send.push({ topic, payload: JSON.stringify(payload) }),
  };
  await writeStates(query, workspace, timeline, changed, now);
  await writeMoves(query, workspace, timeline, changed, now);
  await handOut(
    handlers,
    work,
    changed.map((one) => effectsOf(one, timeline)),
  );

  const idle = held.filter((one) => !one.gone && !able.includes(one)).map(({ lead }) => lead);
  const quiet = [...unchanged, ...idle, ...failed.map(({ lead }) => lead)];
  await hush(query, workspace, quiet, now);
  const well = able.filter(
    (one) => one.retry_at !== undefined && !failed.some(({ lead }) => lead === one.lead),
  );
  if (well.length > 0)
    await takeBack(
      query,
      workspace,
      well.map(({ lead }) => lead),
    );
  if (failed.length > 0) await setAside(query, workspace, failed, now);
  await deleteMarks(query, workspace, marks);
  await post(query, workspace, send, now);
  await record(tx, workspace, entries);
  const remember = () => kept.keep(workspace, new Map(changed.map(keptOf)));
  return { leads: leads.length, folded: changed.length, failed, passedBy, remember };
}

type Outcome = { changed: Changed[]; failed: { lead: number; error: string }[]; unchanged: number[] };
type Reading = { query: Query; workspace: string; timeline: Timeline; now: Instant };

/**
 * Folds those whose fold is kept and of which nothing has come in but activities that lie ahead of it.
 * @returns the others, whose ledgers are to be read
 */
async function foldKept(
  { query, workspace, timeline, now }: Reading,
  held: readonly Held[],
  marks: readonly DirtyMark[],
  outcome: Outcome,
): Promise<Held[]> {
  const marked = Map.groupBy(marks, ({ lead }) => lead);
  const at = new Map<Held, { lead: KeptLead; news: string[] }>();
  for (const one of held) {
    const news = newsOf(marked.get(one.lead) ?? []);
    const { kept: lead, retry_at } = one;
    if (lead === null || news === null || retry_at !== undefined) continue;
    if (areSame(lead.folded.walk.versions, timeline.versions)) at.set(one, { lead, news });
  }
  const activities = await readActivities(
    query,
    workspace,
    [...at.values()].flatMap(({ news }) => news),
  );
  return held.filter((one) => {
    const found = at.get(one);
    if (found === undefined) return true;
    const { id, folded } = found.lead;
    const { walk } = folded;
    if (!walk.add(found.news.flatMap((name) => activities.get(name) ?? []))) return true;
    keepAccount(outcome, one, id, () => walk.on(now));
    return false;
  });
}

const keptOf = ({ held: { lead, revision }, id, folded: { carried, walk } }: Changed): [number, KeptLead] => [
  lead,
  { id, revision: revision + 1, folded: { carried, walk } },
];

const areSame = (some: readonly Version[], others: readonly Version[]): boolean =>
  some.length === others.length &&
  some.every(({ from, pact }, i) => from === others[i]!.from && pact === others[i]!.pact);

/** The activities that marks stand for; null when anything at all may have changed. */
function newsOf(marks: readonly DirtyMark[]): string[] | null {
  const all: string[] = [];
  for (const { activities } of marks) {
    if (activities === null) return null;
    all.push(...activities);
  }
  return all;
}

/** So long others in this process wait while leads are folded, in milliseconds. */
const TURN = 20;

/** Folds each lead by itself from its ledger. */
async function foldAll(
  held: readonly Held[],
  ledgers: ReadonlyMap<number, Ledger>,
  timeline: Timeline,
  now: Instant,
  outcome: Outcome,
): Promise<void> {
  let begun = performance.now();
  for (const one of held) {
    if (performance.now() - begun > TURN) {
      await yieldToOthers();
      begun = performance.now();
    }
    const ledger = ledgers.get(one.lead);
    if (ledger === undefined || ledger.gone) outcome.unchanged.push(one.lead);
    else
      keepAccount(outcome, one, ledger.id, () =>
        foldUp(one.carried, ledger.occurrences, timeline.versions, now),
      );
  }
}

/** A lead that cannot be folded does not keep the others from it. */
function keepAccount(outcome: Outcome, held: Held, id: string, fold: () => Folded | null): void {
  const { lead } = held;
  try {
    const folded = fold();
    if (folded === null) outcome.unchanged.push(lead);
    else outcome.changed.push({ held, id, folded });
  } catch (error) {
    outcome.failed.push({ lead, error: messageOf(error) });
  }
}

const effectsOf = ({ held, id, folded }: Changed, timeline: Timeline): LeadEffect[] =>
  folded.effects.flatMap((effect) => {
    if (effect.kind === 'wake') return [];
    const version = timeline.at(effect.at)!;
    const { standing } = folded.carried;
    const facts = () => factsOf({ id, occurrences: folded.walk.ledger });
    return [
      { lead: held.lead, lead_id: id, effect, version, standing: standing!, facts } as LeadEffect<ToldKind>,
    ];
  });

/** What was merged into another lead, or erased, has no state and no passages of its own; its marks are the other's. */
async function passOn(
  query: Query,
  workspace: string,
  leads: readonly number[],
  marks: readonly DirtyMark[],
  now: Instant,
): Promise<void> {
  if (leads.length === 0) return;
  const theirs = marks.filter(({ lead }) => leads.includes(lead));
  await query(
    `INSERT INTO dirty_leads (workspace_id, mark, lead, activities)
     SELECT $1, mark, merged_into, activities::uuid[]
     FROM unnest($2::bigint[], $3::uuid[], $4::text[]) AS given (lead, mark, activities)
     JOIN leads l ON l.workspace_id = $1 AND l.number = given.lead WHERE merged_into IS NOT NULL`,
    [
      workspace,
      theirs.map(({ lead }) => lead),
      theirs.map(() => newId(now)),
      theirs.map(({ activities }) => activities && `{${activities.join(',')}}`),
    ],
  );
  await query('DELETE FROM lead_states WHERE workspace_id = $1 AND lead = ANY ($2::bigint[])', [
    workspace,
    leads,
  ]);
  await query(
    'UPDATE moves SET replaced_at = $3 WHERE workspace_id = $1 AND lead = ANY ($2::bigint[]) AND replaced_at IS NULL',
    [workspace, leads, new Date(now)],
  );
}

/** Leads of which nothing is to be written are not asked for again at once. */
const hush = async (
  query: Query,
  workspace: string,
  leads: readonly number[],
  now: Instant,
): Promise<void> => {
  if (leads.length === 0) return;
  await query(
    'UPDATE lead_states SET next_at = NULL WHERE workspace_id = $1 AND lead = ANY ($2::bigint[]) AND next_at <= $3',
    [workspace, leads, new Date(now)],
  );
};

const sleepUntil = (
  query: Query,
  workspace: string,
  leads: readonly number[],
  until: Instant | null,
): Promise<unknown> =>
  query('UPDATE lead_states SET next_at = $3 WHERE workspace_id = $1 AND lead = ANY ($2::bigint[])', [
    workspace,
    leads,
    until === null ? null : new Date(until),
  ]);

type OutboxRow = { topic: string; payload: string };

const post = async (
  query: Query,
  workspace: string,
  rows: readonly OutboxRow[],
  now: Instant,
): Promise<void> => {
  if (rows.length === 0) return;
  const ids = rows.map(() => newId(now)).sort(); // what comes first has the lower id, within one instant too
  const columns = [ids, rows.map(({ topic }) => topic), rows.map(({ payload }) => payload)];
  await query(
    `INSERT INTO outbox (workspace_id, id, topic, payload, created_at, due_at)
     SELECT $1, id, topic, payload, $5, $5 FROM unnest($2::uuid[], $3::text[], $4::jsonb[]) AS given (id, topic, payload)`,
    [workspace, ...columns, new Date(now)],
    'outbox-post',
  );
};
