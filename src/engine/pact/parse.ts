/** A pact file to the pact it says. */
import { freeze } from './freeze.ts';
import { language } from './language/language.ts';
import { checkLinks, nameOwn } from './language/links.ts';
import type { Pact } from './pact.ts';
import { PactError, type Position, type Problem } from './problem.ts';
import { parsePath } from './shape/path.ts';
import { Reading } from './shape/reading.ts';
import { BAD } from './shape/shape.ts';
import { badCharacters } from './source/characters.ts';
import { readDocument } from './source/document.ts';
import type { Fault } from './source/fault.ts';
import { positions } from './source/lines.ts';
import { readPlain } from './source/plain.ts';
import type { Node } from './source/tree.ts';
import { decodeUtf8, utf8Length } from './source/utf8.ts';

export type ParsedPact = {
  /** The normal form, deeply frozen. */
  pact: Pact;
  /**
   * Where the file says something: `locate('profile[3].when')`, with paths as in the normal form and in problems.
   * A part that the file leaves out is where the nearest part around it is.
   */
  locate(path: string): Position;
};

const MOST_BYTES = 1_048_576;

/**
 * Reads a pact, YAML 1.2 or JSON, from its text or its bytes (UTF-8, with or without a byte order mark).
 *
 * Throws a `PactError` with everything that is wrong, in the order of the file; never anything else. `name` is what
 * messages call the file.
 */
export function parsePact(source: string | Uint8Array, name = 'pact'): ParsedPact {
  const text = readText(source, name);
  const where = positions(text);
  const { root, faults } = readDocument(text, where);
  if (root === null) throw new PactError(name, faults.map(placedBy(where)));
  return { pact: meant(root, faults, where, name), locate: (path) => where(nodeAt(root, path)) };
}

/**
 * The pact that plain values say, in the words of a file, as JSON has them: what a file of them would be read to, much
 * sooner. Throws a `PactError` like `parsePact`, every problem at the beginning.
 */
export function readPactValues(values: unknown, name = 'pact'): Pact {
  const faults: Fault[] = [];
  const root = readPlain(values, faults);
  return meant(root, faults, () => ({ line: 1, column: 1 }), name);
}

/** What a tree means. @throws PactError */
function meant(
  root: Node,
  faults: readonly Fault[],
  where: (offset: number) => Position,
  name: string,
): Pact {
  const reading = new Reading();
  nameOwn(reading.names);
  const pact = language.read(root, null, reading);
  checkLinks(reading, where);
  const known = new Set(faults.map(({ at }) => at));
  const problems = [...faults, ...reading.problems.filter(({ at }) => !known.has(at))];
  if (pact === BAD || problems.length > 0) throw new PactError(name, problems.map(placedBy(where)));
  return freeze(pact);
}

const placedBy =
  (where: (offset: number) => Position) =>
  ({ at, path = '', message, hint }: Fault & { path?: string }): Problem => ({
    ...where(at),
    path,
    message,
    ...(hint === undefined ? {} : { hint }),
  });

/** The file as text, without its byte order mark, and without anything a text should not have in it. */
function readText(source: string | Uint8Array, name: string): string {
  const bytes = typeof source === 'string' ? utf8Length(source) : source.length;
  if (bytes > MOST_BYTES) {
    const found = `found a file of ${bytes.toLocaleString('en')} bytes`;
    throw fault(name, { message: `${found}, wanted at most ${MOST_BYTES.toLocaleString('en')} (1 MiB)` });
  }
  const text = typeof source === 'string' ? source : decode(source, name);
  const body = text.startsWith('\ufeff') ? text.slice(1) : text;
  const bad = badCharacters(body, 5);
  if (bad.length > 0) {
    const where = positions(body);
    const problems = bad.map(({ at, found, hint }) => ({
      ...where(at),
      path: '',
      message: `found ${found}, wanted plain text`,
      ...(hint === undefined ? {} : { hint }),
    }));
    throw new PactError(name, problems);
  }
  return body;
}

function decode(bytes: Uint8Array, name: string): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    throw fault(name, { message: 'found a UTF-16 file, wanted UTF-8', hint: 'save it as UTF-8' });
  }
  const decoded = decodeUtf8(bytes);
  if ('text' in decoded) return decoded.text;
  const { badByteAt, before } = decoded;
  const byte = (bytes[badByteAt] as number).toString(16).toUpperCase();
  throw fault(name, {
    ...positions(before)(before.length),
    message: `found the byte 0x${byte}, which is not UTF-8, wanted a UTF-8 file`,
    hint: 'the file may be Windows-1252 or Latin-1: save it as UTF-8',
  });
}

function fault(name: string, problem: Partial<Problem> & { message: string }): PactError {
  return new PactError(name, [{ line: 1, column: 1, path: '', ...problem }]);
}

/** The offset of what a path names, or of the nearest part around it that the file has. */
function nodeAt(root: Node, path: string): number {
  let node = root;
  let at = root.at;
  for (const key of parsePath(path)) {
    const entry = node.kind === 'map' ? node.entries.find((one) => one.key === key) : undefined;
    const next =
      entry?.value ?? (node.kind === 'list' && typeof key === 'number' ? node.items[key] : undefined);
    if (next === undefined) return at;
    node = next;
    at = entry?.at ?? next.at;
  }
  return at;
}
