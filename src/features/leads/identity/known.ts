import type { Instant } from '#engine/facts/facts.ts';
import type { Weight } from '#features/leads/identity/persons.ts';

/** What is known of an identity: all of it only ever grows, so that what was read stays true. */
export type Known = {
  lead: number;
  firstSeen: Instant;
  /** When somebody first vouched for it; null while nobody has. */
  vouchedAt: Instant | null;
  /** What it is already said to be one with: by the other lead's number and the cause. */
  claims: Map<string, Weight>;
};

/** Somebody who was erased may be taken for known this much longer. Milliseconds. */
const GOOD_FOR = 600_000;
const MOST = 200_000;

/**
 * The identities this process met lately, so that the next event of the same visitor needs no look into the database.
 * Which lead an identity stands for never changes; which person that lead belongs to may, and is not kept here.
 */
export class KnownIdentities {
  #young = new Map<string, Map<string, Known & { until: number }>>();
  #old = new Map<string, Map<string, Known & { until: number }>>();
  #count = 0;

  get(workspace: string, name: string): Known | null {
    const known = this.#young.get(workspace)?.get(name) ?? this.#revive(workspace, name);
    return known !== null && known.until > performance.now() ? known : null;
  }

  learn(workspace: string, name: string, known: Known): void {
    this.#keep(workspace, name, { ...known, until: performance.now() + GOOD_FOR });
  }

  #revive(workspace: string, name: string): (Known & { until: number }) | null {
    const known = this.#old.get(workspace)?.get(name);
    if (known === undefined) return null;
    this.#keep(workspace, name, known);
    return known;
  }

  /** Two generations: when the young are too many, those not asked for since the last time are forgotten. */
  #keep(workspace: string, name: string, known: Known & { until: number }): void {
    if (this.#count >= MOST / 2) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#count = 0;
    }
    let names = this.#young.get(workspace);
    if (names === undefined) {
      names = new Map();
      this.#young.set(workspace, names);
    }
    if (!names.has(name)) this.#count++;
    names.set(name, known);
  }
}
