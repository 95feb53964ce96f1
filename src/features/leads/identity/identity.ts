import type { Instant, Raw } from '#engine/facts/facts.ts';

/** By what a lead is recognised. An external id is written with its system in front: "hubspot:123". */
export type IdentityKind = 'anonymous' | 'user' | 'email' | 'external';
export type Identity = { kind: IdentityKind; value: string };

/** Who says so. A browser is anybody who has read a public page; all others have been let in. */
export type Trust = 'browser' | 'form' | 'server' | 'import' | 'crm' | 'member';

/** Whether somebody answers for what is said. */
export const vouches = (trust: Trust): boolean => trust !== 'browser';

/**
 * Why two leads are said to be one: an anonymous id was seen with a user id or an e-mail address; a user id was seen
 * with an e-mail address; an alias was declared; a member merged them.
 */
export type Cause = 'anonymous' | 'email' | 'alias' | 'member';

/** One time that somebody was seen, by whatever names, and what was said of them. */
export type Sighting = {
  at: Instant;
  trust: Trust;
  /** The first is who it is about: what happened is recorded with it. Never empty. */
  identities: Identity[];
  /** Which of the identities are said to be one lead, by their places: the weaker first. */
  claims: readonly (readonly [from: number, into: number, cause: Cause])[];
  /** Attributes that were stated; null when none were. */
  values: Record<string, Raw> | null;
};

/** An identity as one text, unique over kinds. */
export const nameOf = ({ kind, value }: Identity): string => `${kind}:${value}`;
