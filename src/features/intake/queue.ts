import type { Refused } from '#features/intake/entry.ts';
import type { Fates, Intaken } from '#features/intake/store.ts';

/** A request whose events wait to be committed, and how to answer it. */
export type Request = Intaken & {
  workspace: string;
  bytes: number;
  done: (outcome: Outcome) => void;
  failed: (error: unknown) => void;
};

/** What became of a request's events; `refused` are those that turned out not to be storable. */
export type Outcome = { fates: Fates; refused: readonly Refused[] };

/** Requests of one workspace that are committed together. */
export type Group = { workspace: string; requests: Request[] };

/** A group grows until it has one of these; the first request is taken whatever its size. */
export type GroupLimits = { requests: number; events: number };

/**
 * Requests that wait, by workspace. Workspaces take turns, so that one that sends much does not keep the others waiting.
 */
export class RequestQueue {
  readonly #waiting = new Map<string, Request[]>();
  #bytes = 0;
  #count = 0;

  get bytes(): number {
    return this.#bytes;
  }

  get count(): number {
    return this.#count;
  }

  add(request: Request): void {
    const line = this.#waiting.get(request.workspace);
    if (line === undefined) this.#waiting.set(request.workspace, [request]);
    else line.push(request);
    this.#bytes += request.bytes;
    this.#count++;
  }

  /** The next group, or null when nobody waits. */
  next({ requests: most, events: mostEvents }: GroupLimits): Group | null {
    const [first] = this.#waiting;
    if (first === undefined) return null;
    const [workspace, line] = first;
    let events = 0;
    let taken = 0;
    while (taken < line.length && taken < most && (taken === 0 || events < mostEvents)) {
      events += line[taken]!.entries.length;
      taken++;
    }
    const requests = line.splice(0, taken);
    this.#waiting.delete(workspace);
    if (line.length > 0) this.#waiting.set(workspace, line); // at the end of the round
    this.#forget(requests);
    return { workspace, requests };
  }

  /** Those that have waited since before an instant, taken out. */
  takeOlder(instant: number): Request[] {
    const old: Request[] = [];
    for (const [workspace, line] of this.#waiting) {
      const late = line.findIndex(({ receivedAt }) => receivedAt >= instant);
      old.push(...line.splice(0, late < 0 ? line.length : late));
      if (line.length === 0) this.#waiting.delete(workspace);
    }
    this.#forget(old);
    return old;
  }

  #forget(requests: readonly Request[]): void {
    this.#count -= requests.length;
    for (const { bytes } of requests) this.#bytes -= bytes;
  }
}
