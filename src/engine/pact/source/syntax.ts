/** What the YAML library says is wrong, in the words of the rest. */
import type { Document } from 'yaml';
import type { Position } from '../problem.ts';
import type { Fault } from './fault.ts';

/** The first error of each line says it; what follows on the line is mostly its echo. */
export function* syntaxErrors(
  documents: Document.Parsed[],
  where: (offset: number) => Position,
): Generator<Fault> {
  const seen = new Set<number>();
  for (const { code, message, pos } of documents.flatMap((document) => document.errors)) {
    const { line } = where(pos[0]);
    if (seen.has(line)) continue;
    seen.add(line);
    const said = SYNTAX[code];
    const hint = said?.hint;
    yield {
      at: pos[0],
      message:
        said?.message ?? `found what is not YAML (${message.replace(/\s+/g, ' ')}), wanted YAML or JSON`,
      ...(hint === undefined ? {} : { hint }),
    };
  }
}

const SYNTAX: Record<string, { message?: string; hint?: string }> = {
  TAB_AS_INDENT: { message: 'found a tab in the indentation, wanted spaces' },
  RESOURCE_EXHAUSTION: { message: 'found nesting that is too deep to read, wanted less' },
  BLOCK_AS_IMPLICIT_KEY: { hint: 'text with ": " in it wants quotes' },
  MULTILINE_IMPLICIT_KEY: { hint: 'a key and its colon stand on one line; is a ":" missing, or a quote?' },
  NON_STRING_KEY: { message: 'found a key that is not text, wanted a word' },
  BAD_SCALAR_START: { hint: 'text that starts with @ or ` wants quotes' },
  BAD_INDENT: { hint: 'is a closing } or ] missing, or does a key stand out of its column?' },
};
