/** Shapes of single values. */
import type { Node } from '../source/tree.ts';
import { nearest } from './nearest.ts';
import { type JsonSchema, type Shape, unwanted } from './shape.ts';

type TextOptions = {
  /** What a message says was wanted. */
  wanted?: string;
  /** Characters; blank text is always refused. */
  longest?: number;
  /** What the whole text must match, once trimmed. A source that both JavaScript and JSON Schema read alike. */
  pattern?: string;
  hint?: string;
  /** Sentences may have commas, even unquoted in braces. */
  sentences?: boolean;
};

/** Text that is not blank, without surrounding space. A number is not text: it wants quotes. */
export function text({
  wanted = 'text',
  longest = 10_000,
  pattern,
  hint,
  sentences = false,
}: TextOptions = {}): Shape<string> {
  const matches = pattern === undefined ? null : new RegExp(pattern, 'u');
  const schema: JsonSchema = { type: 'string', minLength: 1, maxLength: longest };
  if (pattern !== undefined) schema.pattern = pattern;
  return {
    wanted,
    sentences,
    read(node, path, reading) {
      if (node.kind !== 'scalar' || typeof node.value !== 'string') {
        return unwanted(this, node, path, reading, { hint: inQuotes(node) ?? hint });
      }
      const value = node.value.replaceAll('\r\n', '\n').trim();
      if (value === '') return unwanted(this, node, path, reading, { found: 'blank text', hint });
      if (value.length > longest) {
        const found = `text of ${value.length.toLocaleString('en')} characters`;
        const most = { wanted: `at most ${longest.toLocaleString('en')}` };
        return unwanted(most, node, path, reading, { found });
      }
      if (matches !== null && !matches.test(value)) {
        return unwanted(this, node, path, reading, { hint });
      }
      return value;
    },
    schema: () => schema,
    brief: (value) => value,
  };
}

function inQuotes(node: Node): string | undefined {
  if (node.kind !== 'scalar' || node.value === null || typeof node.value === 'string') return undefined;
  return `put it in quotes: "${node.text}"`;
}

type NumberOptions = {
  wanted?: string;
  least?: number;
  /** More than this. */
  above?: number;
  most?: number;
  whole?: boolean;
  hint?: (found: number) => string | undefined;
};

/** A number within bounds. Text that reads as a number is not one: quotes say text. */
export function number({
  wanted,
  least,
  above,
  most,
  whole = false,
  hint,
}: NumberOptions = {}): Shape<number> {
  const said = (bound: number): string => bound.toLocaleString('en');
  const bounds = [
    ...(above === undefined ? [] : [`above ${said(above)}`]),
    ...(least === undefined ? [] : [`of at least ${said(least)}`]),
    ...(most === undefined ? [] : [`${least === undefined ? 'of ' : ''}at most ${said(most)}`]),
  ].join(', ');
  const kind = whole ? 'a whole number' : 'a number';
  const schema: JsonSchema = { type: whole ? 'integer' : 'number' };
  if (least !== undefined) schema.minimum = least;
  if (above !== undefined) schema.exclusiveMinimum = above;
  if (most !== undefined) schema.maximum = most;
  return {
    wanted: wanted ?? (bounds === '' ? kind : `${kind} ${bounds}`),
    read(node, path, reading) {
      if (node.kind !== 'scalar' || typeof node.value !== 'number') {
        return unwanted(this, node, path, reading, { hint: asNumber(node) });
      }
      const { value } = node;
      const outside =
        (least !== undefined && value < least) ||
        (above !== undefined && value <= above) ||
        (most !== undefined && value > most) ||
        (whole && !Number.isSafeInteger(value));
      return outside ? unwanted(this, node, path, reading, { hint: hint?.(value) }) : value;
    },
    schema: () => schema,
    brief: (value) => value,
  };
}

function asNumber(node: Node): string | undefined {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return undefined;
  const written = node.value.trim();
  if (/^[-+]?\d+(\.\d+)?$/.test(written)) return `write it without quotes: ${written}`;
  const percent = /^(\d+(?:\.\d+)?)\s*%$/.exec(written);
  if (percent) return `write ${Number(percent[1])}% as ${Number((Number(percent[1]) / 100).toFixed(6))}`;
  const grouped = written.replace(/(?<=\d)[ ,_'](?=\d{3}(\D|$))/g, '');
  return /^\d+$/.test(grouped) ? `write ${grouped}` : undefined;
}

/** `true` or `false`. */
export const yesNo: Shape<boolean> = {
  wanted: 'true or false',
  read(node, path, reading) {
    if (node.kind === 'scalar' && typeof node.value === 'boolean') return node.value;
    const worded = node.kind === 'scalar' && /^(?:yes|no|on|off|y|n|true|false)$/i.test(node.text);
    const hint = worded ? `write ${/^(?:y|yes|on|true)$/i.test(node.text)}` : undefined;
    return unwanted(this, node, path, reading, { hint });
  },
  schema: () => ({ type: 'boolean' }),
  brief: (value) => value,
};

/** One of a few words. */
export function word<W extends string>(...words: W[]): Shape<W> {
  const known = new Set<string>(words);
  return {
    wanted: words.length === 1 ? `${words[0]}` : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`,
    read(node, path, reading) {
      if (node.kind !== 'scalar') return unwanted(this, node, path, reading);
      const value = node.text.trim();
      if (known.has(value) && typeof node.value === 'string') return value as W;
      const near = nearest(value, words);
      const hint = near === null ? undefined : `did you mean ${near}?`;
      return unwanted(this, node, path, reading, { hint });
    },
    schema: () => ({ enum: words }),
    brief: (value) => value,
  };
}

/** Exactly this value. */
export function exactly<V extends number>(value: V, hint: string): Shape<V> {
  return {
    wanted: String(value),
    read(node, path, reading) {
      if (node.kind === 'scalar' && node.value === value) return value;
      return unwanted(this, node, path, reading, { hint });
    },
    schema: () => ({ const: value }),
    brief: () => value,
  };
}
