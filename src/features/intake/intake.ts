import type { IngestReply, Rejection } from '#contract/intake.ts';
import { readBatch } from '#features/intake/batch.ts';
import { type Entry, type Refused, readEntries } from '#features/intake/entry.ts';
import { GroupCommit, type GroupCommitOptions, Overloaded } from '#features/intake/group-commit.ts';
import type { Recent } from '#features/intake/recent.ts';
import { conflictsIn, type Fates } from '#features/intake/store.ts';
import { type WriteKey, WriteKeys } from '#features/intake/write-keys.ts';

export type IntakeOptions = GroupCommitOptions & {
  /** Whether the database's disk is so full that nothing more may be taken in. */
  isShort: () => boolean;
  /** Where what arrived is shown for a while. */
  recent?: Recent;
};

/** The way in for events: judged one by one, committed together, answered after the commit. */
export class Intake {
  readonly keys: WriteKeys;
  readonly #options: IntakeOptions;
  readonly #commits: GroupCommit;

  constructor(options: IntakeOptions) {
    this.#options = options;
    this.keys = new WriteKeys(options.database);
    this.#commits = new GroupCommit(options);
  }

  /** @throws Overloaded when a request of this size would be turned away: better before it is read than after */
  checkRoom(bytes: number): void {
    if (this.#options.isShort()) throw new Overloaded('The disk of the database is nearly full.');
    if (!this.#commits.hasRoom(bytes)) throw new Overloaded('Too much waits to be stored.');
  }

  /**
   * Takes a request in. What is not in the answer's `rejected` is committed when it resolves.
   * @param path what follows /v1/
   * @throws Overloaded, DatabaseAway, OutcomeUnknown, Contended: the client is to send it again later
   */
  async take(
    { id: writeKey, workspace, trust }: WriteKey,
    body: Record<string, unknown>,
    path: string,
    bytes: number,
  ): Promise<IngestReply> {
    this.checkRoom(bytes);
    const receivedAt = this.#options.clock();
    const { entries, refused } = await readEntries(readBatch(body, path), trust, receivedAt);
    if (entries.length === 0 && refused.length === 0) return { success: true, rejected: [] };
    const intaken = { writeKey, receivedAt, entries, refused };
    const { fates, refused: unstorable } = await this.#commits.commit(workspace, bytes, intaken);
    const all = [...refused, ...unstorable, ...conflictsIn(intaken, fates)];
    this.#options.recent?.note({ id: writeKey, workspace }, receivedAt, { entries, refused: all, fates });
    this.#count(trust, entries, fates, all);
    return { success: true, rejected: all.map(rejectionOf).sort((a, b) => a.index - b.index) };
  }

  /** Waits until everything that was taken is committed. */
  drain(): Promise<void> {
    return this.#commits.drain();
  }

  #count(
    trust: WriteKey['trust'],
    entries: readonly Entry[],
    fates: Fates,
    refused: readonly Refused[],
  ): void {
    const { events, quarantined } = this.#options.meters;
    const counts = { stored: entries.length, repeated: 0, conflict: 0 };
    for (const { code } of refused) if (code === 'not_storable') counts.stored--;
    if (fates.size > 0) {
      for (const entry of entries) {
        const fate = fates.get(entry);
        if (fate === undefined) continue;
        counts[fate]++;
        counts.stored--;
      }
    }
    for (const [result, count] of Object.entries(counts))
      if (count > 0) events.labels(trust, result).inc(count);
    for (const { code } of refused) {
      quarantined.labels(code).inc();
      if (code !== 'message_id_conflict') events.labels(trust, 'refused').inc();
    }
  }
}

const rejectionOf = ({ index, messageId, code, detail }: Refused): Rejection => ({
  index,
  messageId,
  code,
  detail,
});
