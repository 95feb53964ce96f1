import type { Node } from '../source/tree.ts';
import { Names } from './names.ts';
import { formatPath, type Path } from './path.ts';

/** A problem before its offset is turned into line and column. */
export type Found = { at: number; path: string; message: string; hint?: string };

/** Values that shapes may look at in one file: aliases can make a small file unfold into a very large one. */
const MOST_VALUES = 100_000;

/** One run of the shapes over a file: its problems, its names, and its bounds. */
export class Reading {
  readonly problems: Found[] = [];
  readonly names = new Names();
  /** Places to come back to when everything has been read, by what stands there. */
  readonly marks: { what: string; at: number; path: Path }[] = [];
  readonly #depths = new Map<string, number>();
  #values = 0;

  problem(at: number, path: Path, message: string, hint?: string): void {
    this.problems.push({ at, path: formatPath(path), message, ...(hint === undefined ? {} : { hint }) });
  }

  /** Counts a value that is about to be read; false when there have been too many, which is said once. */
  mayRead(node: Node, path: Path): boolean {
    this.#values++;
    if (this.#values === MOST_VALUES) {
      const found = `found aliases that unfold into more than ${MOST_VALUES.toLocaleString('en')} values`;
      this.problem(node.at, path, `${found}, wanted fewer`);
    }
    return this.#values < MOST_VALUES;
  }

  enter(name: string, deepest: number): boolean {
    const depth = (this.#depths.get(name) ?? 0) + 1;
    if (depth > deepest) return false;
    this.#depths.set(name, depth);
    return true;
  }

  leave(name: string): void {
    this.#depths.set(name, (this.#depths.get(name) ?? 1) - 1);
  }
}
