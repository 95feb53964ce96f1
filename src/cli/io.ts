/** What a command may touch: handed in, so that a command can be run in a test as it runs in a shell. */
import type { Instant } from '#engine/facts/facts.ts';
import { systemCode } from '#platform/errors.ts';

export type Stream = {
  /** Resolves when more may be written. */
  write(text: string): Promise<void>;
  /** How many characters a line has; null when it is no terminal. */
  width: number | null;
  colour: boolean;
};

export type Io = {
  stdin: AsyncIterable<Uint8Array>;
  /** Data, and nothing else. */
  out: Stream;
  /** Progress and notes. */
  err: Stream;
  /** What relative paths are relative to. */
  folder: string;
  /** The module that further threads are started with; null where there are none to be had. */
  entry: URL | null;
  now(): Instant;
};

/** Nobody reads the output any more (`leadpact score … | head`): time to stop, and no fault of anybody's. */
export class OutputClosed extends Error {
  override name = 'OutputClosed';
}

/**
 * The streams and surroundings of this process.
 *
 * @param entry the module that further threads are started with
 */
export function processIo(entry: URL): Io {
  const { env, stdin, stdout, stderr } = process;
  return {
    stdin,
    out: streamOf(stdout, env),
    err: streamOf(stderr, env),
    folder: startFolder(env, process.cwd()),
    entry,
    now: Date.now,
  };
}

/** `npm run` changes to the package's folder and says in `INIT_CWD` where it was called. */
function startFolder(env: NodeJS.ProcessEnv, cwd: string): string {
  return env.npm_lifecycle_event === 'leadpact' && env.INIT_CWD ? env.INIT_CWD : cwd;
}

function streamOf(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): Stream {
  let failure: Error | null = null;
  stream.on('error', (error) => {
    failure = error;
  });
  return {
    width: stream.isTTY ? stream.columns : null,
    colour: stream.isTTY && !env.NO_COLOR && env.TERM !== 'dumb',
    write: async (text) => {
      if (failure === null && text !== '') {
        await new Promise<void>((resolve) => {
          stream.write(text, (error) => {
            failure ??= error ?? null;
            resolve();
          });
        });
      }
      if (failure !== null) throw systemCode(failure) === 'EPIPE' ? new OutputClosed() : failure;
    },
  };
}
