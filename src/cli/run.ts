/** Runs one command line from its words to its exit status. */
import { PactError } from '#engine/pact/problem.ts';
import { nearest } from '#engine/pact/shape/nearest.ts';
import { CallError, InputError, messageOf, OutsideError } from '#platform/errors.ts';
import { parseArguments } from './arguments.ts';
import { type AnyCommand, DONE, type ExitStatus } from './command.ts';
import { commands } from './commands.ts';
import { commandHelp, generalHelp } from './help.ts';
import { type Io, OutputClosed } from './io.ts';

/** Never throws: whatever goes wrong is told in a sentence on standard error. */
export async function run(words: string[], io: Io): Promise<ExitStatus> {
  try {
    return await call(words, io);
  } catch (error) {
    if (error instanceof OutputClosed) return DONE;
    const { status, text } = tell(error);
    await io.err.write(`${text}\n`);
    return status;
  }
}

async function call([name, ...words]: string[], io: Io): Promise<ExitStatus> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const asked = name === 'help' ? words[0] : undefined;
    await io.out.write(asked === undefined ? generalHelp() : commandHelp(await load(asked)));
    return DONE;
  }
  if (name === '--version') {
    const { version } = (await import('../../package.json', { with: { type: 'json' } })).default;
    await io.out.write(`${version}\n`);
    return DONE;
  }
  const command = await load(name);
  const { operands, options, format, help } = parseArguments(command, words);
  if (help) {
    await io.out.write(commandHelp(command));
    return DONE;
  }
  return command.run({ operands, options, io, format: format ?? (io.out.width === null ? 'json' : 'table') });
}

async function load(name: string): Promise<AnyCommand> {
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (entry !== undefined) return entry.load();
  const near = nearest(name, Object.keys(commands));
  const hint = near === null ? '`leadpact --help` lists the commands' : `did you mean \`leadpact ${near}\`?`;
  throw new CallError(`leadpact has no command ${JSON.stringify(name)}; ${hint}`);
}

/** What each kind of fault ends in. */
const faults: [kind: new (...args: never[]) => Error, status: ExitStatus][] = [
  [InputError, 1],
  [PactError, 1],
  [CallError, 2],
  [OutsideError, 3],
];

function tell(error: unknown): { status: ExitStatus; text: string } {
  const fault = faults.find(([kind]) => error instanceof kind);
  if (fault !== undefined) return { status: fault[1], text: messageOf(error) };
  const text = `leadpact could not finish (${messageOf(error)}). This should not happen: please report it with the command that was run.`;
  return { status: 3, text };
}
