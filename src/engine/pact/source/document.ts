/**
 * YAML (and with it JSON) to a tree of plain values that know where they stand.
 *
 * What a pact does not need of YAML is refused here: tags, other versions, several documents, keys that are not
 * text, numbers in other bases. Anchors and merge keys work, within bounds: an alias shares its node and copies
 * nothing, so that a file's memory stays in proportion to its length.
 */
import { Composer, type Document, isScalar } from 'yaml';
import type { Position } from '../problem.ts';
import type { Fault } from './fault.ts';
import { syntaxErrors } from './syntax.ts';
import { tokenise } from './tokens.ts';
import type { Node } from './tree.ts';
import { TreeReader } from './tree-reader.ts';

/** `root` is null when the text could not be read at all; then there is at least one fault. */
export type ReadDocument = { root: Node | null; faults: Fault[] };

/** Reads one YAML or JSON document. */
export function readDocument(text: string, where: (offset: number) => Position): ReadDocument {
  const faults: Fault[] = [];
  const tokens = tokenise(text, faults);
  if (tokens === null) return { root: null, faults };

  const documents: Document.Parsed[] = [];
  for (const document of new Composer(OPTIONS).compose(tokens, true, text.length)) documents.push(document);
  const [document, second] = documents as [Document.Parsed, Document.Parsed?];
  for (const error of syntaxErrors(documents, where)) faults.push(error);
  if (second !== undefined) {
    const at = second.range[0];
    faults.push({ at, message: 'found a second document (---), wanted one pact in a file' });
  }
  if (faults.length > 0) return { root: null, faults };
  if (document.contents === null || isBlank(document.contents)) {
    return { root: null, faults: [{ at: 0, message: 'found an empty file, wanted a pact', hint: START }] };
  }
  const reader = new TreeReader(text, faults, where);
  const root = reader.node(document.contents, 0);
  return { root: reader.isTooDeep ? null : root, faults };
}

const START = 'a pact starts with `pact: NAME` and `language: 1`';
const OPTIONS = {
  schema: 'failsafe',
  stringKeys: true,
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'silent',
} as const;

const isBlank = (node: unknown): boolean => isScalar(node) && node.type === 'PLAIN' && node.value === '';
