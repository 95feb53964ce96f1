/**
 * What is held to be true of a lead, from everything that was stated of it. The result depends on what was stated and
 * when it was so, never on the order in which the statements came in.
 */
import { readValue } from '#engine/criterion/value.ts';
import type { AttributeChange, Instant, Raw } from '#engine/facts/facts.ts';
import { spread } from '#engine/facts/seen.ts';
import { type Trust, vouches } from '#features/leads/identity/identity.ts';

/** One statement, as the ledger (`attribute_changes`) has it. `at` null: from the beginning. */
export type Statement = { at: Instant | null; trust: Trust; values: Record<string, Raw> };

/** Attributes by their folded, dotted names (`account.employees`). */
export type Attributes = Map<string, Raw>;

export const ACCOUNT = 'account.';
export const ACCOUNT_ID = 'account.id';

type Held = { raw: Raw; vouched: boolean };

/**
 * What of each statement counts, in order of time.
 *
 * - A later statement wins; of the same instant, one that somebody vouches for, then the one whose text sorts last.
 * - What somebody vouched for is not changed by what a browser says, until it is unset.
 * - What is said of an account is kept apart by its id. Someone who moves to another account leaves the former one's
 *   attributes behind.
 *
 * @returns changes as the engine's facts have them, flat, with those left out that change nothing
 */
export function effectiveChanges(statements: readonly Statement[]): AttributeChange[] {
  const ledger = new Ledger();
  return statements.toSorted(inOrder).flatMap((statement) => {
    const changed = ledger.take(statement);
    return changed.size === 0 ? [] : [{ at: statement.at, values: Object.fromEntries(changed) }];
  });
}

/** The attributes as they stand after all statements. */
export function foldAttributes(statements: readonly Statement[]): Attributes {
  const ledger = new Ledger();
  for (const statement of statements.toSorted(inOrder)) ledger.take(statement);
  return ledger.seen;
}

/** The attributes that a value states, by folded, dotted name; an object only by its parts. */
export function flatten(values: Record<string, Raw>): Attributes {
  const flat: Attributes = new Map();
  spread(values, '', (name, raw) => {
    if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) flat.set(name, raw);
  });
  return flat;
}

/** Whether a statement says nothing that is not held already: folding it in could not change the result. */
export function saysNothingNew(values: Record<string, Raw>, held: Attributes): boolean {
  for (const [name, raw] of flatten(values)) if (!isSame(raw, held.get(name))) return false;
  return true;
}

const isMissing = (raw: Raw): boolean => readValue(raw) === null;
const isSame = (a: Raw, b: Raw): boolean =>
  a === b || (isMissing(a) && isMissing(b)) || JSON.stringify(a) === JSON.stringify(b);

function inOrder(a: Statement, b: Statement): number {
  const [x, y] = [a.at ?? Number.NEGATIVE_INFINITY, b.at ?? Number.NEGATIVE_INFINITY];
  if (x !== y) return x < y ? -1 : 1;
  if (vouches(a.trust) !== vouches(b.trust)) return vouches(a.trust) ? 1 : -1;
  const [s, t] = [textOf(a), textOf(b)];
  return s < t ? -1 : s > t ? 1 : 0;
}

const textOf = ({ values }: Statement): string =>
  JSON.stringify([...flatten(values)].sort(([a], [b]) => (a < b ? -1 : 1)));

/** The statements so far: `own` of the lead itself, `accounts` what was said of each account by its id. */
class Ledger {
  readonly seen: Attributes = new Map();
  readonly #own = new Map<string, Held>();
  readonly #accounts = new Map<string, Map<string, Held>>();

  /** @returns what is seen differently from now on; null for what is not seen any more */
  take({ trust, values }: Statement): Attributes {
    const flat = flatten(values);
    const account = readValue(flat.get(ACCOUNT_ID))?.text ?? null;
    const touched = new Set<string>();
    for (const [name, raw] of flat) {
      const of = name.startsWith(ACCOUNT) && name !== ACCOUNT_ID && account !== null;
      state(of ? this.#of(account) : this.#own, name, raw, vouches(trust));
      touched.add(name);
    }
    if (account !== null) for (const name of this.#accountNames()) touched.add(name);
    return this.#see(touched);
  }

  #of(account: string): Map<string, Held> {
    const found = this.#accounts.get(account) ?? new Map<string, Held>();
    this.#accounts.set(account, found);
    return found;
  }

  *#accountNames(): Iterable<string> {
    for (const attributes of this.#accounts.values()) yield* attributes.keys();
  }

  #see(names: Iterable<string>): Attributes {
    const changed: Attributes = new Map();
    const account = readValue(this.#own.get(ACCOUNT_ID)?.raw)?.text;
    const ofAccount = account === undefined ? undefined : this.#accounts.get(account);
    for (const name of names) {
      const held = stronger(ofAccount?.get(name), this.#own.get(name));
      const raw = held === undefined || isMissing(held.raw) ? null : held.raw;
      if (isSame(raw, this.seen.get(name))) continue;
      changed.set(name, raw);
      if (raw === null) this.seen.delete(name);
      else this.seen.set(name, raw);
    }
    return changed;
  }
}

function state(held: Map<string, Held>, name: string, raw: Raw, vouched: boolean): void {
  const before = held.get(name);
  if (before?.vouched === true && !vouched && !isMissing(before.raw)) return;
  held.set(name, { raw, vouched });
}

/** What is said of the very account goes before what is said without naming one, unless only the latter is vouched for. */
function stronger(named: Held | undefined, unnamed: Held | undefined): Held | undefined {
  if (named === undefined || isMissing(named.raw)) return unnamed ?? named;
  return unnamed?.vouched === true && !named.vouched && !isMissing(unnamed.raw) ? unnamed : named;
}
