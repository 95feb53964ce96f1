import { createHash } from 'node:crypto';
import type { Instant } from '#engine/facts/facts.ts';
import {
  type Cause,
  type Identity,
  nameOf,
  type Sighting,
  type Trust,
  vouches,
} from '#features/leads/identity/identity.ts';
import { compareWeights, type Weight } from '#features/leads/identity/persons.ts';

/** An identity in some sightings: when first, and when somebody first vouched for it. */
export type Seen = { name: string; identity: Identity; at: Instant; trust: Trust; vouchedAt: Instant | null };

/** A claim in some sightings, between identities by name. */
type SeenClaim = Weight & { from: string; into: string; cause: Cause };

/** What some sightings come to, each identity and each claim once. */
export type Gathered = { seen: Map<string, Seen>; claims: SeenClaim[] };

export function gather(sightings: readonly Sighting[]): Gathered {
  const seen = new Map<string, Seen>();
  const claims = new Map<string, SeenClaim>();
  for (const { at, trust, identities, claims: made } of sightings) {
    const names = identities.map(nameOf);
    const vouched = vouches(trust);
    for (const [i, name] of names.entries()) {
      const before = seen.get(name);
      const vouchedAt = vouched ? at : null;
      if (before === undefined) seen.set(name, { name, identity: identities[i]!, at, trust, vouchedAt });
      else seeAgain(before, at, trust, vouchedAt);
    }
    for (const [f, i, cause] of made) {
      const [from, into] = [names[f]!, names[i]!];
      const key = `${cause} ${from} ${into}`;
      const before = claims.get(key);
      const claim = { from, into, cause, at, vouched, mark: before?.mark ?? markOf(from, into) };
      if (before === undefined || compareWeights(claim, before) < 0) claims.set(key, claim);
    }
  }
  return { seen, claims: [...claims.values()] };
}

function seeAgain(before: Seen, at: Instant, trust: Trust, vouchedAt: Instant | null): void {
  before.at = Math.min(before.at, at);
  if (vouchedAt === null) return;
  if (before.vouchedAt === null) before.trust = trust;
  before.vouchedAt = Math.min(before.vouchedAt ?? vouchedAt, vouchedAt);
}

/** Tells two claims of one instant apart, whichever came first, and says nothing of who they are about. */
const markOf = (from: string, into: string): string =>
  createHash('sha256').update(`${into}\n${from}`).digest('hex').slice(0, 16);
