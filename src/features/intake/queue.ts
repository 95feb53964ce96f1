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

/** How much waits. */
export type Standing = { count: number; bytes: number };

/** Requests of one workspace that wait. */
type Line = { requests: Request[]; bytes: number };

/**
 * Requests that wait, by workspace. Workspaces take turns, so that one that sends much does not keep the others waiting.
 */
export class RequestQueue {
  readonly #waiting = new Map<string, Line>();
  #bytes = 0;
  #count = 0;

  /** Of all workspaces. */
  get standing(): Standing {
    return { count: this.#count, bytes: this.#bytes };
  }

  standingOf(workspace: string): Standing {
    const line = this.#waiting.get(workspace);
    return { count: line?.requests.length ?? 0, bytes: line?.bytes ?? 0 };
  }

  add(request: Request): void {
    const { workspace, bytes } = request;
    const line = this.#waiting.get(workspace);
    if (line === undefined) this.#waiting.set(workspace, { requests: [request], bytes });
    else {
      line.requests.push(request);
      line.bytes += bytes;
    }
    this.#bytes += bytes;
    this.#count++;
  }

  /** The next group, or null when nobody waits. */
  next({ requests: most, events: mostEvents }: GroupLimits): Group | null {
    const [first] = this.#waiting;
    if (first === undefined) return null;
    const [workspace, line] = first;
    const waiting = line.requests;
    let events = 0;
    let taken = 0;
    while (taken < waiting.length && taken < most && (taken === 0 || events < mostEvents)) {
      events += waiting[taken]!.entries.length;
      taken++;
    }
    const requests = this.#takeOut(line, taken);
    this.#waiting.delete(workspace);
    if (waiting.length > 0) this.#waiting.set(workspace, line); // at the end of the round
    return { workspace, requests };
  }

  /** Those that have waited since before an instant, taken out. */
  takeOlder(instant: number): Request[] {
    const old: Request[] = [];
    for (const [workspace, line] of this.#waiting) {
      const late = line.requests.findIndex(({ receivedAt }) => receivedAt >= instant);
      old.push(...this.#takeOut(line, late < 0 ? line.requests.length : late));
      if (line.requests.length === 0) this.#waiting.delete(workspace);
    }
    return old;
  }

  #takeOut(line: Line, count: number): Request[] {
    const requests = line.requests.splice(0, count);
    for (const { bytes } of requests) {
      line.bytes -= bytes;
      this.#bytes -= bytes;
    }
    this.#count -= requests.length;
    return requests;
  }
}
