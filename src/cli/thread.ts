/** What a thread is for that a command started: which command's work it was given says it. */
import type { MessagePort } from 'node:worker_threads';
import type { ReplayJob } from './replaying.ts';
import type { ScoreJob } from './scoring/job.ts';

export type ThreadJob = { score: ScoreJob } | { replay: ReplayJob };

export async function serve(port: MessagePort, job: ThreadJob): Promise<void> {
  if ('score' in job) (await import('./scoring/thread.ts')).serveScores(port, job.score);
  else (await import('./replaying.ts')).serveReplay(port, job.replay);
}
