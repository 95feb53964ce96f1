import type { Instant } from '#engine/facts/facts.ts';
import type { Gathered, Seen } from '#features/leads/identity/gather.ts';
import type { Known } from '#features/leads/identity/known.ts';

/** Which lead each new identity is to stand for, and which of these leads are new, since when. */
export type Assigned = { made: { seen: Seen; lead: number }[]; fresh: Map<number, Instant> };

/**
 * Gives new identities their leads: each one of its own, except that those which somebody vouches for together share
 * one, that of one that is known already where there is one.
 * @param numbers at least as many as there are new identities
 */
export function assignLeads(
  { seen, claims }: Gathered,
  known: ReadonlyMap<string, Known>,
  numbers: readonly number[],
): Assigned {
  const together = new Map<string, Set<string>>();
  for (const { from, into, cause, vouched } of claims) {
    if (!vouched || cause === 'anonymous' || (known.has(from) && known.has(into))) continue;
    const joined = new Set([...(together.get(from) ?? [from]), ...(together.get(into) ?? [into])]);
    for (const name of joined) together.set(name, joined);
  }
  const assigned: Assigned = { made: [], fresh: new Map() };
  const shared = new Map<Set<string>, number>();
  let used = 0;
  for (const one of seen.values()) {
    if (known.has(one.name)) continue;
    const mates = together.get(one.name);
    const before = mates && (shared.get(mates) ?? lowest(mates, known));
    const lead = before ?? numbers[used++]!;
    if (mates) shared.set(mates, lead);
    assigned.made.push({ seen: one, lead });
    const since = assigned.fresh.get(lead);
    if (before === undefined || since !== undefined) {
      assigned.fresh.set(lead, Math.min(since ?? one.at, one.at));
    }
  }
  return assigned;
}

/** The lead that the first of these who are known stand for. */
function lowest(names: ReadonlySet<string>, known: ReadonlyMap<string, Known>): number | undefined {
  const leads = [...names].flatMap((name) => known.get(name)?.lead ?? []);
  return leads.length > 0 ? Math.min(...leads) : undefined;
}
