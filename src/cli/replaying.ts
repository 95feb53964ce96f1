/** The one place where the command line replays history: over columns, all leads at once, in as many threads as pay. */
import { availableParallelism } from 'node:os';
import { type MessagePort, Worker } from 'node:worker_threads';
import type { Ends } from '#engine/backtest/backtest.ts';
import type { Instant } from '#engine/facts/facts.ts';
import type { Pact } from '#engine/pact/pact.ts';
import type { Columns } from '#engine/replay/columns.ts';
import { evenParts, type ReplayWork, replayPart, replayWork } from '#engine/replay/fast.ts';
import { messageOf, OutsideError } from '#platform/errors.ts';
import type { ThreadJob } from './thread.ts';

/** Below this a thread costs more to start than it saves. */
const WORTH_THREADS = 1_000_000;
const MOST_THREADS = 8;

/** One thread's part of a replay: the leads from one number up to another. */
export type ReplayJob = { work: ReplayWork; from: number; to: number };

/**
 * For each lead when it became an MQL under the pact, and how it stands at the end. However many threads do it, the
 * result is the same.
 *
 * @param entry the module that threads are started with; null keeps everything in this one
 */
export async function replayAll(
  columns: Columns,
  pact: Pact,
  until: Instant,
  entry: URL | null,
  threads = Math.min(MOST_THREADS, availableParallelism()),
): Promise<Ends> {
  const few = columns.activities.instants.length < WORTH_THREADS;
  const parts = entry === null || few ? 1 : threads;
  const work = replayWork(columns, pact, until, parts > 1);
  const bounds = evenParts(work.numbers, parts);
  const elsewhere = Array.from({ length: parts - 1 }, (_, part) =>
    replayElsewhere(entry!, { work, from: bounds[part + 1]!, to: bounds[part + 2]! }),
  );
  replayPart(work, 0, bounds[1]!); // this thread's own part, while the others are at theirs
  await Promise.all(elsewhere);
  return work.tracks;
}

function replayElsewhere(entry: URL, replay: ReplayJob): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(entry, { workerData: { replay } satisfies ThreadJob });
    worker.once('message', () => resolve());
    worker.once('error', (error) => reject(new OutsideError(`a thread failed: ${messageOf(error)}`)));
    worker.once('exit', () => reject(new OutsideError('a thread ended before its work was done')));
  });
}

/** What a thread does that was started to replay: its part, into the memory it shares, and a word when it is done. */
export function serveReplay(port: MessagePort, { work, from, to }: ReplayJob): void {
  replayPart(work, from, to);
  port.postMessage('done');
}
