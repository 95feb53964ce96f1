/**
 * What a command of the command line is: data. A file a command; parsing, help and errors are the same for all.
 *
 * ```ts
 * export const schema = command({
 *   name: 'schema',
 *   summary: 'print the JSON Schema of a pact file',
 *   operands: [],
 *   options: {},
 *   run: async ({ io }) => { await io.out.write(…); return DONE; },
 * });
 * ```
 */
import type { Instant } from '#engine/facts/facts.ts';
import type { DayOrder } from '#platform/files/dates.ts';
import type { Io } from './io.ts';

/** 0 done, 1 the input or the pact is at fault, 2 the call is wrong, 3 something outside failed. */
export type ExitStatus = 0 | 1 | 2 | 3;
export const DONE: ExitStatus = 0;
export const INPUT_AT_FAULT: ExitStatus = 1;

/** What an option's value is read as. */
export type OptionValues = {
  flag: boolean;
  text: string;
  /** A path as given, or `-`. */
  file: string;
  /** `a,b,c`, and the option may be repeated. */
  list: string[];
  whole: number;
  instant: Instant;
  zone: string;
  dates: DayOrder;
  format: Format;
};
export type OptionKind = keyof OptionValues;
export type Format = 'table' | 'json' | 'csv';

export type Option = {
  kind: OptionKind;
  /** What the help calls its value: `FILE`. */
  value?: string;
  help: string;
  required?: boolean;
};

type Operand = { name: string; help: string; optional?: boolean };

type Value<O extends Option> = O['kind'] extends 'flag'
  ? boolean
  : O['required'] extends true
    ? OptionValues[O['kind']]
    : OptionValues[O['kind']] | undefined;

type Call<Options extends Record<string, Option>> = {
  operands: string[];
  options: { [Name in keyof Options]: Value<Options[Name]> };
  /** `table` on a terminal, else `json`, unless said. */
  format: Format;
  io: Io;
};

export type Command<Options extends Record<string, Option> = Record<string, Option>> = {
  name: string;
  summary: string;
  operands: readonly Operand[];
  options: Options;
  /** Whole command lines, with what they do. */
  examples: readonly [line: string, does: string][];
  run(call: Call<Options>): Promise<ExitStatus>;
};

/** A command whose options are only known to itself. */
export type AnyCommand = Omit<Command, 'run'> & {
  run(call: Call<Record<string, Option>>): Promise<ExitStatus>;
};

/** Declares a command; the types of its option values follow from the declaration. */
export const command = <const Options extends Record<string, Option>>(
  declared: Command<Options>,
): AnyCommand => declared as unknown as AnyCommand;
