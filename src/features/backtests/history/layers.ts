/** Layers of packed activities: written, merged when they have grown alike, and mended where the ledger has changed. */
import { ActivityChunk, packActivities } from './activity-chunk.ts';
import { takeActivitiesOf } from './ledger-rows.ts';
import type { Scope } from './packing.ts';
import { type Run, RunBuilder } from './run.ts';

/** The activities whose ids lie in `(after, upto]`. */
export type Layer = { id: string; after: string; upto: string; activities: number };

/** The last layer is merged into the one before when it has grown to this share of it. */
const ALIKE = 0.5;

export async function writeLayer(
  scope: Scope,
  { id, after, upto, activities }: Layer,
  runs: Iterable<Run> | AsyncIterable<Run>,
): Promise<void> {
  await scope.query(
    'INSERT INTO history_layers (workspace_id, id, after, upto, activities) VALUES ($1, $2, $3, $4, $5)',
    [scope.workspace, id, after, upto, activities],
  );
  let chunk = new RunBuilder();
  let lead = Number.NaN;
  for await (const run of runs) {
    for (let i = 0; i < run.leads.length; i++) {
      const before = lead;
      lead = run.leads[i]!;
      // A lead is in one chunk of a layer, however many activities it has.
      if (chunk.length >= scope.full && lead !== before) {
        await writeChunk(scope, id, chunk.build());
        chunk = new RunBuilder();
      }
      append(chunk, run, i);
    }
  }
  if (chunk.length > 0) await writeChunk(scope, id, chunk.build());
}

/** By the signatures of runs: the codes these have in the chunk that is being filled. */
const coded = new WeakMap<Run['signatures'], { chunk: RunBuilder; codes: Map<number, number> }>();

/** Adds the activities of one lead of a run. */
function append(chunk: RunBuilder, run: Run, i: number): void {
  let known = coded.get(run.signatures);
  if (known?.chunk !== chunk) {
    known = { chunk, codes: new Map() };
    coded.set(run.signatures, known);
  }
  for (let at = run.starts[i]!; at < run.starts[i + 1]!; at++) {
    const own = run.codes[at]!;
    let code = known.codes.get(own);
    if (code === undefined) {
      code = chunk.code(run.signatures[own]!);
      known.codes.set(own, code);
    }
    chunk.add(run.leads[i]!, run.instants[at]!, code);
  }
}

const writeChunk = (
  { query, workspace }: Pick<Scope, 'query' | 'workspace'>,
  layer: string,
  run: Run,
): Promise<unknown> =>
  query(
    'INSERT INTO history_chunks (workspace_id, layer, first_lead, last_lead, data) VALUES ($1, $2, $3, $4, $5)',
    [workspace, layer, run.leads[0], run.leads.at(-1), packActivities(run)],
  );

/** Merges the last layers as long as they are alike in size: few layers, and nothing is packed many times. */
export async function mergeLayers(
  scope: Scope,
  layers: readonly Layer[],
  newId: () => string,
): Promise<void> {
  const kept = [...layers];
  for (;;) {
    const [older, newer] = [kept.at(-2), kept.at(-1)];
    if (older === undefined || newer === undefined || newer.activities < older.activities * ALIKE) return;
    const { after } = older;
    const merged = { id: newId(), after, upto: newer.upto, activities: older.activities + newer.activities };
    await writeLayer(scope, merged, merge(runsOf(scope, older.id), runsOf(scope, newer.id)));
    await scope.query('DELETE FROM history_layers WHERE workspace_id = $1 AND id = ANY ($2::uuid[])', [
      scope.workspace,
      [older.id, newer.id],
    ]);
    kept.splice(-2, 2, merged);
  }
}

/** The runs of a layer, a chunk at a time, in order of leads. */
async function* runsOf({ query, workspace }: Scope, layer: string): AsyncGenerator<Run> {
  for (let last = -1; ; ) {
    const [chunk] = await query<{ last_lead: number; data: Buffer }>(
      `SELECT last_lead, data FROM history_chunks WHERE workspace_id = $1 AND layer = $2 AND first_lead > $3
       ORDER BY first_lead LIMIT 1`,
      [workspace, layer, last],
    );
    if (chunk === undefined) return;
    yield new ActivityChunk(chunk.data).run();
    last = chunk.last_lead;
  }
}

/** Two streams of runs as one in order of leads; of a lead in both, what is in the first comes first. */
async function* merge(first: AsyncGenerator<Run>, second: AsyncGenerator<Run>): AsyncGenerator<Run> {
  let [one, other] = [await leadsFrom(first), await leadsFrom(second)];
  while (one !== null || other !== null) {
    const [a, b] = [one?.lead ?? Number.POSITIVE_INFINITY, other?.lead ?? Number.POSITIVE_INFINITY];
    if (one !== null && a <= b) {
      yield one.run;
      one = await one.next();
    }
    if (other !== null && b <= a) {
      yield other.run;
      other = await other.next();
    }
  }
}

/** One lead of a stream of runs, as a run of its own. */
type Lead = { lead: number; run: Run; next: () => Promise<Lead | null> };

async function leadsFrom(runs: AsyncGenerator<Run>): Promise<Lead | null> {
  const { value, done } = await runs.next();
  return done === true ? null : leadOf(value, 0, runs);
}

function leadOf(run: Run, i: number, runs: AsyncGenerator<Run>): Lead {
  const lead = run.leads[i]!;
  const only = { ...run, leads: run.leads.subarray(i, i + 1), starts: run.starts.subarray(i, i + 2) };
  return {
    lead,
    run: only,
    next: async () => (i + 1 < run.leads.length ? leadOf(run, i + 1, runs) : leadsFrom(runs)),
  };
}

/** Packs some leads' activities anew in every layer, from the ledger as it is now. */
export async function repackLeads(scope: Scope, leads: readonly number[]): Promise<void> {
  if (leads.length === 0) return;
  const { query, workspace } = scope;
  const layers = await query<Layer>(
    'SELECT id, after, upto, activities FROM history_layers WHERE workspace_id = $1 ORDER BY upto',
    [workspace],
  );
  for (const { id, after, upto } of layers) {
    const run = new RunBuilder();
    await takeActivitiesOf(scope.copy, workspace, leads, { after, upto }, run);
    await mend(scope, id, new Set(leads), run.build());
  }
}

/** Puts a run in place of what the chunks of a layer hold of some leads. */
async function mend(scope: Scope, layer: string, leads: ReadonlySet<number>, run: Run): Promise<void> {
  const { query, workspace } = scope;
  const chunks = await query<{ first_lead: number; last_lead: number }>(
    'SELECT first_lead, last_lead FROM history_chunks WHERE workspace_id = $1 AND layer = $2 ORDER BY first_lead',
    [workspace, layer],
  );
  const sorted = [...leads].sort((a, b) => a - b);
  for (const [i, chunk] of chunks.entries()) {
    // Each chunk answers for the leads up to the next one's first; the first also for those before it.
    const from = i === 0 ? Number.NEGATIVE_INFINITY : chunk.first_lead;
    const to = chunks[i + 1]?.first_lead ?? Number.POSITIVE_INFINITY;
    const mine = new Set(sorted.filter((lead) => lead >= from && lead < to));
    if (mine.size === 0) continue;
    await mendChunk(scope, layer, chunk.first_lead, mine, run);
  }
  const [{ activities } = { activities: 0 }] = await query<{ activities: number }>(
    'SELECT count(*) AS activities FROM history_chunks WHERE workspace_id = $1 AND layer = $2',
    [workspace, layer],
  );
  if (activities === 0 && run.leads.length > 0) await writeChunk(scope, layer, run);
}

async function mendChunk(
  { query, workspace }: Scope,
  layer: string,
  first: number,
  mine: ReadonlySet<number>,
  run: Run,
): Promise<void> {
  const [row] = await query<{ data: Buffer }>(
    'DELETE FROM history_chunks WHERE workspace_id = $1 AND layer = $2 AND first_lead = $3 RETURNING data',
    [workspace, layer, first],
  );
  const before = new ActivityChunk(row!.data).run();
  const after = new RunBuilder();
  before.leads.forEach((lead, i) => {
    if (!mine.has(lead)) append(after, before, i);
  });
  run.leads.forEach((lead, i) => {
    if (mine.has(lead)) append(after, run, i);
  });
  if (after.length > 0) await writeChunk({ query, workspace }, layer, after.build());
}
