import { formatPath, type Path } from './path.ts';

/** A name where it is given or used. */
export type Mention = { name: string; at: number; path: Path };

/** A name used: it must have been given in one of these spaces. */
export type Reference = Mention & { spaces: readonly string[]; what: string };

/**
 * The names a pact gives and uses, noted while it is read and compared when all of it has been: a name may be
 * used before it is given, and a criterion that is wrong otherwise still gives its name.
 */
export class Names {
  readonly given = new Map<string, Map<string, Mention>>();
  readonly repeated: { again: Mention; first: Mention }[] = [];
  readonly references: Reference[] = [];
  readonly #always = new Map<string, readonly string[]>();

  /** Names that every pact has; a pact may give them as well. */
  always(space: string, names: readonly string[]): void {
    this.#always.set(space, names);
  }

  /** Gives a name. Within a space names differ by more than their case. */
  give(space: string, mention: Mention): void {
    const names = this.given.get(space) ?? new Map<string, Mention>();
    this.given.set(space, names);
    const key = mention.name.toLowerCase();
    const first = names.get(key);
    if (first === undefined) names.set(key, mention);
    else if (formatPath(first.path) !== formatPath(mention.path))
      this.repeated.push({ again: mention, first });
  }

  refer(reference: Reference): void {
    this.references.push(reference);
  }

  /** All the names of some spaces, as they were written. */
  in(spaces: readonly string[]): string[] {
    const own = spaces.flatMap((space) => this.#always.get(space) ?? []);
    const given = spaces.flatMap((space) => [...(this.given.get(space)?.values() ?? [])]);
    return [...new Set([...own, ...given.map(({ name }) => name)])];
  }

  has(spaces: readonly string[], name: string): boolean {
    return spaces.some(
      (space) =>
        this.given.get(space)?.get(name.toLowerCase())?.name === name ||
        this.#always.get(space)?.includes(name),
    );
  }
}
