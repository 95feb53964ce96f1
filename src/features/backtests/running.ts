/** Carries backtests out, one after the other, in the background of the process that was asked. */
import type { Effect, LeadList } from '#contract/backtests.ts';
import type { Instant } from '#engine/facts/facts.ts';
import type { Pact } from '#engine/pact/pact.ts';
import { parsePact } from '#engine/pact/parse.ts';
import { pactsOf } from '#features/pacts/texts.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/db/database.ts';
import type { Query } from '#platform/db/transaction.ts';
import { messageOf } from '#platform/errors.ts';
import type { Desk, Past } from './desk.ts';
import { effectOf, movedLeads, type Replayed } from './effect.ts';

/** So long whoever works at one is taken to be alive without a word, in milliseconds. */
const LEASE = 60_000;
/** Progress is written down so often. */
const WORD = 500;
/** More leads than this of a list are counted, but not kept. */
const MOST_LISTED = 100_000;
/** So much of the way it is when all is replayed. */
const REPLAYED = 0.9;

export type Place = { workspace: string; id: string };
export type RunningHouse = { database: Database; clock: Clock; desk: Desk };

type Claimed = {
  pact_id: string;
  version: number;
  digest: string;
  text: string;
  against_pact: string | null;
  against_version: number | null;
  against_digest: string | null;
};

/** Nobody wants it any more, or somebody else has it. */
class Dropped extends Error {}

/** Carries one out, if nobody else does. What goes wrong is written down with it. */
export async function runBacktest(house: RunningHouse, place: Place): Promise<void> {
  const { database, clock } = house;
  const claimed = await database.inWorkspace(place.workspace, (_, query) => claim(query, place, clock()));
  if (claimed === null) return;
  try {
    await new Run(house, place).carryOut(claimed);
  } catch (error) {
    if (error instanceof Dropped) return;
    await database.inWorkspace(place.workspace, (_, query) =>
      query(
        `UPDATE backtests SET state = 'failed', error = $3, finished_at = $4
         WHERE workspace_id = $1 AND id = $2 AND state = 'running'`,
        [place.workspace, place.id, messageOf(error), new Date(clock())],
      ),
    );
  }
}

async function claim(query: Query, { workspace, id }: Place, now: Instant): Promise<Claimed | null> {
  const [claimed] = await query<Claimed>(
    `UPDATE backtests SET state = 'running', leased_until = $4
     WHERE workspace_id = $1 AND id = $2 AND (state = 'waiting' OR state = 'running' AND leased_until < $3)
     RETURNING pact_id, version, digest, text, against_pact, against_version, against_digest`,
    [workspace, id, new Date(now), new Date(now + LEASE)],
  );
  return claimed ?? null;
}

class Run {
  readonly #house: RunningHouse;
  readonly #place: Place;
  readonly #stop = new AbortController();
  /** What is written down, one word after the other. */
  #said: Promise<void> = Promise.resolve();
  #lastWord = 0;

  constructor(house: RunningHouse, place: Place) {
    this.#house = house;
    this.#place = place;
  }

  async carryOut(claimed: Claimed): Promise<void> {
    const { desk, database, clock } = this.#house;
    const { workspace } = this.#place;
    const { pact } = parsePact(claimed.text);
    const inForce = await database.inWorkspace(workspace, (_, query) =>
      pactInForce(query, workspace, claimed),
    );
    const pacts = inForce === null ? [pact] : [pact, inForce];
    const { tracks, ...past } = await desk.replayAll(workspace, pacts, clock(), {
      progress: (share) => this.#say(share * REPLAYED),
      signal: this.#stop.signal,
    });
    const after = { number: claimed.version, digest: claimed.digest, pact, ends: tracks[0]! };
    const before =
      inForce === null
        ? null
        : {
            number: claimed.against_version!,
            digest: claimed.against_digest!,
            pact: inForce,
            ends: tracks[1]!,
          };
    const sales = await database.inWorkspace(workspace, (_, query) => salesCount(query, workspace));
    const effect = await effectOf(past, before, after, sales);
    await this.#said;
    this.#stop.signal.throwIfAborted();
    await this.#finish(past, before, after, effect);
  }

  /** Writes down how far it is, now and then; and finds out whether it is still wanted. */
  #say(progress: number): void {
    const now = this.#house.clock();
    if (now - this.#lastWord < WORD) return;
    this.#lastWord = now;
    const { workspace, id } = this.#place;
    const word = this.#house.database.inWorkspace(workspace, (_, query) =>
      query<{ id: string }>(
        `UPDATE backtests SET progress = $3, leased_until = $4
         WHERE workspace_id = $1 AND id = $2 AND state = 'running' RETURNING id`,
        [workspace, id, progress, new Date(now + LEASE)],
      ),
    );
    this.#said = word.then(
      (rows) => {
        if (rows.length === 0) this.#stop.abort(new Dropped());
      },
      (error: unknown) => this.#stop.abort(error),
    );
  }

  async #finish(past: Past, before: Replayed | null, after: Replayed, effect: Effect): Promise<void> {
    const { workspace, id } = this.#place;
    const { database, clock } = this.#house;
    const lists = movedLeads(past, before, after);
    await database.inWorkspace(workspace, async (_, query) => {
      await query('DELETE FROM backtest_leads WHERE workspace_id = $1 AND backtest_id = $2', [workspace, id]);
      for (const list of Object.keys(lists) as LeadList[]) {
        const places = lists[list].slice(0, MOST_LISTED);
        const at = (ends: Replayed['ends'] | undefined) => places.map((lead) => dateOf(ends?.mqlAt[lead]));
        await query(
          `INSERT INTO backtest_leads (workspace_id, backtest_id, list, place, lead, before_at, after_at)
           SELECT $1, $2, $3, l.place, l.lead, l.before_at, l.after_at
           FROM unnest($4::bigint[], $5::timestamptz[], $6::timestamptz[]) WITH ORDINALITY
             AS l (lead, before_at, after_at, place)`,
          [workspace, id, list, places.map((lead) => past.leads[lead]!), at(before?.ends), at(after.ends)],
        );
      }
      const done = await query<{ id: string }>(
        `UPDATE backtests SET state = 'done', progress = 1, effect = $3, mark = $4, until = $5, finished_at = $6
         WHERE workspace_id = $1 AND id = $2 AND state = 'running' RETURNING id`,
        [workspace, id, JSON.stringify(effect), past.mark, new Date(past.at), new Date(clock())],
      );
      if (done.length === 0) throw new Dropped();
    });
  }
}

const dateOf = (at: number | undefined): string | null =>
  at === undefined || Number.isNaN(at) ? null : new Date(at).toISOString();

async function pactInForce(
  query: Query,
  workspace: string,
  { against_pact, against_version, against_digest }: Claimed,
): Promise<Pact | null> {
  if (against_pact === null) return null;
  const named = { pact_id: against_pact, number: against_version!, digest: against_digest! };
  return (await pactsOf(query, workspace, [named])).get(named.digest)!;
}

async function salesCount(query: Query, workspace: string): Promise<number> {
  const [row] = await query<{ count: number }>(
    "SELECT count(*) AS count FROM members WHERE workspace_id = $1 AND party = 'sales' AND left_at IS NULL",
    [workspace],
  );
  return row!.count;
}

/** Those that wait and nobody has in hand, because whoever did is gone. */
export async function runLeftBehind(house: RunningHouse): Promise<void> {
  const { database, clock } = house;
  const workspaces = await database.acrossWorkspaces((_, query) =>
    query<{ workspace_id: string }>('SELECT workspace_id FROM workspaces'),
  );
  for (const { workspace_id: workspace } of workspaces) {
    const now = clock();
    const left = await database.inWorkspace(workspace, (_, query) =>
      query<{ id: string }>(
        `SELECT id FROM backtests WHERE workspace_id = $1 AND
           (state = 'waiting' AND created_at < $2 OR state = 'running' AND leased_until < $3) ORDER BY created_at`,
        [workspace, new Date(now - LEASE), new Date(now)],
      ),
    );
    for (const { id } of left) await runBacktest(house, { workspace, id });
  }
}
