/** The reasons of every version that was in force, by who owns them: rows are older than the pact at hand. */
import { type LeakOwner, ownerOf } from '#engine/measures/leak.ts';
import type { Reason } from '#engine/pact/pact.ts';
import type { Scope } from './scope.ts';

/** By id; of a reason that was changed, as it stands last. */
export function reasonsOf({ timeline }: Pick<Scope, 'timeline'>): Map<string, Reason> {
  return new Map(
    timeline.versions.flatMap(({ pact }) => pact.reasons.map((reason) => [reason.id, reason] as const)),
  );
}

/** The ids of the reasons that an owner has. */
export const reasonsOwnedBy = (scope: Pick<Scope, 'timeline'>, owners: readonly LeakOwner[]): string[] =>
  [...reasonsOf(scope)].filter(([, reason]) => owners.includes(ownerOf(reason))).map(([id]) => id);
