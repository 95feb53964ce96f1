/** What `--help` prints. */
import { commonOptions } from './arguments.ts';
import type { AnyCommand, Option } from './command.ts';
import { commands } from './commands.ts';

const COMMON: Record<string, Option> = commonOptions;

export function generalHelp(): string {
  const names = Object.keys(commands);
  const width = Math.max(...names.map((name) => name.length));
  return [
    'leadpact: one definition of a lead, signed by marketing and by sales, kept by the clock, judged by the deals.',
    '',
    'usage: leadpact COMMAND …',
    '',
    ...Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    '`leadpact COMMAND --help` says how a command is called.',
    'Data goes to standard output, everything else to standard error.',
    'Exit status: 0 done, 1 the input or the pact is at fault, 2 the call is wrong, 3 something outside failed.',
    '',
  ].join('\n');
}

export function commandHelp(command: AnyCommand): string {
  const { name, summary, operands, options, examples } = command;
  const usage = [
    'leadpact',
    name,
    ...operands.map((operand) => (operand.optional ? `[${operand.name}]` : operand.name)),
    ...Object.entries(options)
      .filter(([, option]) => option.required)
      .map(([option, declared]) => label(option, declared)),
    '[options]',
  ].join(' ');
  const lines = [
    ...operands.map((operand): [string, string] => [operand.name, operand.help]),
    ...Object.entries({ ...options, ...COMMON }).map(([option, declared]): [string, string] => [
      label(option, declared),
      declared.help,
    ]),
  ];
  const width = Math.min(32, Math.max(...lines.map(([left]) => left.length)));
  const parts = [`usage: ${usage}`, '', `${summary[0]!.toUpperCase()}${summary.slice(1)}.`, ''];
  for (const [left, right] of lines) parts.push(`  ${left.padEnd(width)}  ${right}`);
  if (examples.length > 0) {
    parts.push('', 'examples:');
    for (const [line, does] of examples) parts.push(`  ${line}`, `      ${does}`);
  }
  return `${parts.join('\n')}\n`;
}

const label = (name: string, { kind, value = 'VALUE' }: Option): string =>
  kind === 'flag' ? `--${name}` : `--${name} ${value}`;
