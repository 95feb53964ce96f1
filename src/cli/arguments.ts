/** From the words of a command line to the values that a command declared. */
import { parseArgs } from 'node:util';
import { readInstant } from '#engine/criterion/value.ts';
import { nearest } from '#engine/pact/shape/nearest.ts';
import { CallError } from '#platform/errors.ts';
import type { AnyCommand, Format, Option, OptionKind, OptionValues } from './command.ts';

/** Options that every command takes. */
export const commonOptions = {
  format: {
    kind: 'format',
    value: 'table|json|csv',
    help: 'how to print it; a table on a terminal, else JSON',
  },
  help: { kind: 'flag', help: 'say how this command is called' },
} as const satisfies Record<string, Option>;

export type Parsed = {
  operands: string[];
  options: Record<string, OptionValues[OptionKind] | undefined>;
  format: Format | undefined;
  help: boolean;
};

const formats: Format[] = ['table', 'json', 'csv'];

/** How a value is read; each says what it wanted when it cannot. */
const readers: { [Kind in Exclude<OptionKind, 'flag'>]: (text: string, name: string) => OptionValues[Kind] } =
  {
    text: (text) => text,
    file: (text) => text,
    list: (text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    whole: (text, name) => {
      if (/^\d{1,15}$/.test(text)) return Number(text);
      throw wrong(name, text, 'a whole number');
    },
    instant: (text, name) => {
      const instant = readInstant(text);
      if (instant !== null) return instant;
      throw wrong(name, text, 'an ISO date or instant such as 2026-01-31 or 2026-01-31T09:30:00Z');
    },
    zone: (text, name) => {
      try {
        return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
      } catch {
        throw wrong(name, text, 'the IANA name of a zone, such as Europe/Berlin');
      }
    },
    dates: (text, name) => {
      if (text === 'dmy' || text === 'mdy') return text;
      throw wrong(name, text, 'dmy (the day first) or mdy (the month first)');
    },
    format: (text, name) => {
      const format = formats.find((one) => one === text);
      if (format !== undefined) return format;
      throw wrong(name, text, 'table, json or csv');
    },
  };

const wrong = (name: string, found: string, wanted: string): CallError =>
  new CallError(`--${name}: found ${JSON.stringify(found)}, wanted ${wanted}`);

/** @throws CallError when the words are not what the command declares */
export function parseArguments(command: AnyCommand, words: string[]): Parsed {
  const declared: Record<string, Option> = { ...command.options, ...commonOptions };
  const { tokens } = parseArgs({
    args: words,
    options: Object.fromEntries(
      Object.entries(declared).map(([name, { kind }]) => [
        name,
        { type: kind === 'flag' ? 'boolean' : 'string' },
      ]),
    ),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const operands: string[] = [];
  const options: Parsed['options'] = {};
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, rawName, value, inlineValue } = token;
    const option = Object.hasOwn(declared, name) && rawName.startsWith('--') ? declared[name]! : null;
    if (option === null) throw unknownOption(command, rawName, Object.keys(declared));
    options[name] = readOption(name, option, value, inlineValue === true, options[name]);
  }
  const help = options.help === true;
  if (!help) checkComplete(command, operands, options);
  for (const [name, { kind }] of Object.entries(command.options))
    if (kind === 'flag') options[name] ??= false;
  return { operands, options, format: options.format as Format | undefined, help };
}

function readOption(
  name: string,
  { kind, value: called = 'VALUE' }: Option,
  value: string | undefined,
  inline: boolean,
  before: OptionValues[OptionKind] | undefined,
): OptionValues[OptionKind] {
  if (kind === 'flag') {
    if (value === undefined) return true;
    throw new CallError(`--${name} takes no value; found ${JSON.stringify(value)}`);
  }
  if (value === undefined || (!inline && value.startsWith('--'))) {
    throw new CallError(`--${name} wants a value: --${name} ${called}`);
  }
  const read = readers[kind](value, name);
  if (kind === 'list' && Array.isArray(before)) return [...before, ...(read as string[])];
  if (before !== undefined) throw new CallError(`--${name} is given twice; wanted once`);
  return read;
}

function unknownOption({ name }: AnyCommand, found: string, known: string[]): CallError {
  const near = nearest(found.replace(/^-+/, ''), known);
  const hint = near === null ? `\`leadpact ${name} --help\` lists them` : `did you mean --${near}?`;
  return new CallError(`leadpact ${name} has no option ${found}; ${hint}`);
}

function checkComplete(
  { name, operands: wanted, options: declared }: AnyCommand,
  operands: string[],
  options: Parsed['options'],
): void {
  const missing = wanted.find((operand, i) => operand.optional !== true && operands[i] === undefined);
  if (missing !== undefined) {
    throw new CallError(`leadpact ${name} wants ${missing.name}: ${missing.help}`);
  }
  if (operands.length > wanted.length) {
    throw new CallError(
      `leadpact ${name} does not know what to do with ${JSON.stringify(operands[wanted.length])}; \`leadpact ${name} --help\` says how it is called`,
    );
  }
  for (const [option, { required, value = 'VALUE', help }] of Object.entries(declared)) {
    if (required === true && options[option] === undefined) {
      throw new CallError(`leadpact ${name} wants --${option} ${value}: ${help}`);
    }
  }
}
