/** Asks the engine that reads texts beside the page. It is started by the first question and kept. */
import type { Answers, Question, Reply } from './questions.ts';

type Waiting = { resolve: (answer: unknown) => void; reject: (error: Error) => void };

const waiting = new Map<number, Waiting>();
let examiner: Worker | null = null;
let last = 0;

function start(): Worker {
  const worker = new Worker(new URL('./examiner.worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data: { id, answer, error } }: MessageEvent<Reply>) => {
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error === null) asked?.resolve(answer);
    else asked?.reject(new Error(error));
  });
  worker.addEventListener('error', () => {
    examiner = null;
    for (const { reject } of waiting.values()) reject(new Error('The text could not be read here.'));
    waiting.clear();
  });
  return worker;
}

/** @throws Error with what is wrong, in words */
export function ask<K extends keyof Answers>(
  kind: K,
  asked: Answers[K]['asked'],
): Promise<Answers[K]['answer']> {
  examiner ??= start();
  const id = ++last;
  const question: Question = { id, kind, asked };
  examiner.postMessage(question);
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve: resolve as Waiting['resolve'], reject });
  });
}
