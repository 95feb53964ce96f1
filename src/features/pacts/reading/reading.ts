/**
 * Texts read, each once: what was read last is kept, and a long text is read in a thread beside, so that two thousand
 * clauses under somebody's hands hold nobody up.
 */
import { freeze } from '#engine/pact/freeze.ts';
import type { Pact } from '#engine/pact/pact.ts';
import { parsePact } from '#engine/pact/parse.ts';
import { PactError } from '#engine/pact/problem.ts';
import { answers, type Questions } from './questions.ts';
import { ReadingThread } from './thread.ts';

/** Characters from which on a text is read beside; shorter ones take some milliseconds. What is learnt always is. */
const LONG = 20_000;
/** Characters of all texts that are kept read. */
const MOST_KEPT = 6_000_000;

/** The module that the thread is started with, and the thread once there was something for it. */
let entry: URL | null = null;
let thread: ReadingThread | null = null;

/** From now on long texts are read in a thread beside. @param module what threads are started with; null for none */
export function readBeside(module: URL | null): void {
  entry = module;
}

/** Ends the thread, if there is one. */
export async function endReading(): Promise<void> {
  const ending = thread;
  thread = null;
  entry = null;
  await ending?.close();
}

/** Asks something of a text. @throws PactError or EditError, as the question says */
export async function ask<K extends keyof Questions>(
  kind: K,
  asked: Questions[K]['asked'],
): Promise<Questions[K]['answer']> {
  if (entry === null || (kind !== 'learn' && asked.text.length < LONG)) return answers[kind](asked);
  if (thread === null || thread.ended) thread = new ReadingThread(entry);
  return thread.ask(kind, asked);
}

/** The one that was asked for last comes last. */
const kept = new Map<string, Pact | PactError>();
let letters = 0;

/** The pact that a text says; one object for one text. @throws PactError */
export function readPact(text: string): Pact {
  const read = kept.get(text) ?? readHere(text);
  keep(text, read);
  if (read instanceof PactError) throw read;
  return read;
}

/** Reads long texts beside, so that `readPact` has them at hand. What is wrong with one is told there. */
export async function readAhead(...texts: readonly string[]): Promise<void> {
  const fresh = new Set(texts.filter((text) => text.length >= LONG && !kept.has(text)));
  await Promise.all(
    [...fresh].map(async (text) => keep(text, await ask('pact', { text }).then(freeze, onlyPactError))),
  );
}

function readHere(text: string): Pact | PactError {
  try {
    return parsePact(text).pact;
  } catch (error) {
    return onlyPactError(error);
  }
}

function onlyPactError(error: unknown): PactError {
  if (error instanceof PactError) return error;
  throw error;
}

function keep(text: string, read: Pact | PactError): void {
  if (!kept.delete(text)) letters += text.length;
  kept.set(text, read);
  for (const oldest of kept.keys()) {
    if (letters <= MOST_KEPT || oldest === text) break;
    kept.delete(oldest);
    letters -= oldest.length;
  }
}
