/** Which version of the pact is in force when. */
import type { Instant } from '#engine/facts/facts.ts';
import { digestPact } from '#engine/pact/digest.ts';
import type { Pact } from '#engine/pact/pact.ts';

/** A version and the instant from which it is in force. */
export type Version = { from: Instant; pact: Pact };

const digests = new WeakMap<Pact, string>();

export class InForce {
  readonly #versions: readonly Version[];

  /** One pact, in force always; or versions in order of their dates, the first of them also before its date. */
  constructor(pact: Pact | readonly Version[]) {
    this.#versions = isVersions(pact) ? pact : [{ from: Number.NEGATIVE_INFINITY, pact }];
    if (this.#versions.length === 0)
      throw new RangeError('found no version of the pact, wanted at least one');
  }

  at(instant: Instant): Pact {
    return (this.#versions.findLast(({ from }) => from <= instant) ?? this.#versions[0]!).pact;
  }

  /** When the next version comes into force; Infinity when none does. */
  nextAfter(instant: Instant): Instant {
    return this.#versions.find(({ from }) => from > instant)?.from ?? Number.POSITIVE_INFINITY;
  }
}

const isVersions = (pact: Pact | readonly Version[]): pact is readonly Version[] => Array.isArray(pact);

/** A pact's digest, worked out once for each pact object, which is frozen. */
export function digestOf(pact: Pact): string {
  let digest = digests.get(pact);
  if (digest === undefined) {
    digest = digestPact(pact);
    digests.set(pact, digest);
  }
  return digest;
}
