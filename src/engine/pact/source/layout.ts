/** Plain values to YAML that reads well: short things on one line in braces, long ones line by line. */
import { resolvePlain } from './scalar.ts';

/** Columns of a line. */
const WIDTH = 120;

/** A map as a YAML document. `comment` says what a top-level key is; it stands where the key has lines of its own. */
export function layOut(
  document: Record<string, unknown>,
  comment: (key: string) => string | undefined = () => undefined,
): string {
  return entriesOf(document)
    .map(([key, value]) => {
      const name = `${keyText(key)}:`;
      const line = onOneLine(value, name.length + 1);
      if (line !== null) return `${name} ${line}\n`;
      const said = comment(key);
      return `${name}${said === undefined ? '' : ` # ${said}`}\n${inBlock(value, '  ')}`;
    })
    .join('');
}

/** The value in as many lines as it takes, each with its line end. */
function inBlock(value: unknown, indent: string): string {
  if (Array.isArray(value)) return value.map((item) => listItem(item, indent)).join('');
  return entriesOf(value)
    .map(([key, part]) => `${indent}${keyed(key, part, indent)}`)
    .join('');
}

export function listItem(item: unknown, indent: string): string {
  const line = onOneLine(item, indent.length + 2);
  if (line !== null) return `${indent}- ${line}\n`;
  const inner = `${indent}  `;
  return `${indent}- ${inBlock(item, inner).slice(inner.length)}`;
}

export function keyed(key: string, value: unknown, indent: string): string {
  const name = `${keyText(key)}:`;
  const line = onOneLine(value, indent.length + name.length + 1);
  return line === null ? `${name}\n${inBlock(value, `${indent}  `)}` : `${name} ${line}\n`;
}

/** The value in the rest of a line, or null: it is too long, or a list of things that want a line each. */
function onOneLine(value: unknown, column: number): string | null {
  const isLong = Array.isArray(value) && value.some((item) => typeof item === 'object' && item !== null);
  if (isLong) return null;
  const line = inFlow(value);
  const fits = column + line.length <= WIDTH;
  return fits || typeof value !== 'object' || value === null ? line : null;
}

/** The value on one line. */
export function inFlow(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[${value.map(inFlow).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return scalar(value);
  const parts = entriesOf(value).map(([key, part]) => `${keyText(key)}: ${inFlow(part)}`);
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
}

const entriesOf = (value: unknown): [string, unknown][] => Object.entries(value as object);

/** Text that means itself without quotes, in braces or not: no commas, brackets or comments; colons only inside words. */
const PLAIN = /^[\p{L}\p{N}/_(.](?:[\p{L}\p{N} _./@%+()'&;?!=–—…-]|:(?=[\p{L}\p{N}/]))*$/u;
/** Words that older YAML takes for true and false. */
const OLD_BOOLEAN = /^(?:y|n|yes|no|on|off)$/i;

/** A key; every key is text, so that digits need no quotes. */
const keyText = (key: string): string => (/^\d+$/.test(key) ? key : scalar(key));

function scalar(value: unknown): string {
  if (typeof value !== 'string') return String(value);
  const plain = resolvePlain(value);
  const isText = 'value' in plain && plain.value === value;
  const isSafe = PLAIN.test(value) && !value.endsWith(' ') && !OLD_BOOLEAN.test(value);
  return isText && isSafe ? value : JSON.stringify(value);
}
