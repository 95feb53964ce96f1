/**
 * Shapes: what a part of a pact file looks like, said once.
 *
 * One shape gives the parser (`read`, with located problems and the defaults written out), the JSON Schema that
 * editors complete from (`schema`), and the way back from the normal form to what a person would write (`brief`).
 */
import { describe, type Node } from '../source/tree.ts';
import type { Path } from './path.ts';
import type { Reading } from './reading.ts';

/** Stands for a value that could not be read; the reading holds the reason. */
export const BAD = Symbol('bad');
export type Bad = typeof BAD;

export type JsonSchema = { [keyword: string]: unknown };
/** The named parts of a schema (`$defs`), filled as shapes are asked for theirs. */
export type Definitions = Map<string, JsonSchema>;

export type Shape<T> = {
  /** What a message says was wanted: `a number above 0`. */
  readonly wanted: string;
  /** Takes sentences: in braces, a comma in unquoted text goes on with the text. */
  readonly sentences?: boolean;
  /** The value in its normal form. On anything else: `BAD`, and every problem noted in the reading. */
  read(node: Node, path: Path, reading: Reading): T | Bad;
  schema(definitions: Definitions): JsonSchema;
  /** The value as a person would write it: shorthands used, defaults left out. `read` gives it back. */
  brief(value: T): unknown;
};

/** Notes that something else was wanted here; `found` where a description of the node does not say it best. */
export function unwanted(
  shape: { wanted: string },
  node: Node,
  path: Path,
  reading: Reading,
  { found = describe(node), hint }: { found?: string; hint?: string | undefined } = {},
): Bad {
  reading.problem(node.at, path, `found ${found}, wanted ${shape.wanted}`, hint);
  return BAD;
}

/** A shape with a name in the schema's `$defs`; it may contain itself, at most `deepest` times. */
export function define<T>(
  name: string,
  wanted: string,
  build: () => Shape<T>,
  deepest = Number.POSITIVE_INFINITY,
): Shape<T> {
  let built: Shape<T> | undefined;
  const shape = (): Shape<T> => {
    built ??= build();
    return built;
  };
  return {
    wanted,
    read(node, path, reading) {
      if (!reading.enter(name, deepest)) {
        const found = `${wanted} within more than ${deepest} others`;
        return unwanted({ wanted: `at most ${deepest}` }, node, path, reading, { found });
      }
      const value = shape().read(node, path, reading);
      reading.leave(name);
      return value;
    },
    schema(definitions) {
      if (!definitions.has(name)) {
        definitions.set(name, {});
        definitions.set(name, shape().schema(definitions));
      }
      return { $ref: `#/$defs/${name}` };
    },
    brief: (value) => shape().brief(value),
  };
}

/** A shape whose value is held to something that its parts cannot say; `check` answers what is wrong with it. */
export function checked<T>(
  shape: Shape<T>,
  check: (value: T) => { found?: string; wanted: string; hint?: string } | null,
): Shape<T> {
  return {
    ...shape,
    read(node, path, reading) {
      const value = shape.read(node, path, reading);
      if (value === BAD) return BAD;
      const wrong = check(value);
      return wrong === null ? value : unwanted(wrong, node, path, reading, wrong);
    },
  };
}

/** A shape whose normal form differs from what is written. */
export function converted<Written, T>(
  shape: Shape<Written>,
  to: (written: Written) => T,
  from: (value: T) => Written,
): Shape<T> {
  return {
    wanted: shape.wanted,
    read(node, path, reading) {
      const written = shape.read(node, path, reading);
      return written === BAD ? BAD : to(written);
    },
    schema: shape.schema,
    brief: (value) => shape.brief(from(value)),
  };
}
