/** What a thread does that was started to judge: answers each portion with what is said of it, in order. */
import type { MessagePort } from 'node:worker_threads';
import type { Portion, ScoreJob } from './job.ts';
import { Scorer } from './scorer.ts';

export function serveScores(port: MessagePort, job: ScoreJob): void {
  const scorer = new Scorer(job);
  port.on('message', (portion: Portion) => port.postMessage(scorer.score(portion)));
}
