/** What a thread is for that a command started: which command's work it was given says it. */
import type { MessagePort } from 'node:worker_threads';
import type { PackingJob } from '#features/backtests/threads/packing.ts';
import type { TeamJob } from '#features/backtests/threads/thread.ts';
import type { ReadingJob } from '#features/pacts/reading/thread.ts';
import type { ScoreJob } from './scoring/job.ts';

export type ThreadJob = { score: ScoreJob } | TeamJob | PackingJob | ReadingJob;

export async function serve(port: MessagePort, job: ThreadJob): Promise<void> {
  if ('score' in job) (await import('./scoring/thread.ts')).serveScores(port, job.score);
  else if ('packing' in job)
    await (await import('#features/backtests/threads/packing.ts')).servePacking(port, job);
  else if ('reading' in job) (await import('#features/pacts/reading/thread.ts')).serveReading(port);
  else (await import('#features/backtests/threads/thread.ts')).serveTeam(port);
}
