import type { Raw } from '#engine/facts/facts.ts';
import type { Event } from '#features/intake/event.ts';
import { accountTraits, personTraits } from '#features/intake/traits.ts';
import { readEmail } from '#features/leads/identity/email.ts';
import type { Cause, Identity, IdentityKind, Sighting, Trust } from '#features/leads/identity/identity.ts';

/** Who an event is about, by which names, and what it says of them. */
export function sightingOf(event: Event, trust: Trust): Sighting {
  const names = new Names();
  const email = event.type === 'identify' ? emailOf(event) : emailIn(event.userId);
  const user = event.userId === null ? null : names.add('user', event.userId);
  const address = email === null ? null : names.add('email', email);
  if (user !== null && address !== null) names.claim(address, user, 'email');
  const known = user ?? address;
  if (event.type === 'alias') nameFormer(names, event, known!);
  if (event.anonymousId !== null) {
    const visitor = names.add('anonymous', event.anonymousId);
    if (known !== null) names.claim(visitor, known, 'anonymous');
  }
  return {
    at: event.at,
    trust,
    identities: names.identities,
    claims: names.claims,
    values: valuesOf(event, email),
  };
}

/** An alias does not say whether its former id was a visitor's or a user's: it holds for either. */
function nameFormer(names: Names, { previousId, userId }: Event, user: number): void {
  if (previousId === null || previousId === userId) return;
  names.claim(names.add('user', previousId), user, 'alias');
  names.claim(names.add('anonymous', previousId), user, 'anonymous');
}

const emailOf = ({ traits, userId }: Event): string | null =>
  emailIn(personTraits(traits).email) ?? emailIn(userId);

const emailIn = (value: Raw): string | null => readEmail(value);

const stated: Record<Event['type'], ((event: Event, email: string | null) => Record<string, Raw>) | null> = {
  identify: ({ traits }, email) => {
    const values = personTraits(traits);
    return email !== null && values.email === undefined ? { ...values, email } : values;
  },
  group: ({ traits, groupId }) => ({ account: { ...accountTraits(traits), id: groupId } }),
  track: null,
  page: null,
  screen: null,
  alias: null,
};

function valuesOf(event: Event, email: string | null): Record<string, Raw> | null {
  const values = stated[event.type]?.(event, email) ?? {};
  return Object.keys(values).length > 0 ? values : null;
}

/** Identities in the order they are named, each once, and what is claimed between them. */
class Names {
  readonly identities: Identity[] = [];
  readonly claims: [from: number, into: number, cause: Cause][] = [];

  add(kind: IdentityKind, value: string): number {
    const at = this.identities.findIndex((one) => one.kind === kind && one.value === value);
    return at >= 0 ? at : this.identities.push({ kind, value }) - 1;
  }

  claim(from: number, into: number, cause: Cause): void {
    if (from !== into && !this.claims.some(([f, i]) => f === from && i === into))
      this.claims.push([from, into, cause]);
  }
}
