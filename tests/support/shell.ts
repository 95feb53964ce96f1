/** The command line as a test calls it: in this process, on files of its own, with everything it writes kept. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ExitStatus } from '#cli/command.ts';
import type { Io, Stream } from '#cli/io.ts';
import { run } from '#cli/run.ts';

type Contents = string | Uint8Array;

type Answer = { status: ExitStatus; out: string; err: string };

export type Shell = {
  folder: string;
  /** @param stdin what comes from standard input, in chunks */
  run(line: string | string[], stdin?: Contents[]): Promise<Answer>;
  write(files: Record<string, Contents>): void;
  read(file: string): string;
  remove(): void;
};

/** What time it is for every command of a test. */
const NOW = Date.UTC(2026, 5, 30, 12);

/** @param terminal how wide the output is, when it is a terminal */
export function openShell(files: Record<string, Contents> = {}, terminal: number | null = null): Shell {
  const folder = mkdtempSync(join(tmpdir(), 'leadpact-'));
  const shell: Shell = {
    folder,
    run: async (line, stdin = []) => {
      const [out, err] = [new Kept(terminal), new Kept(terminal)];
      const io: Io = { stdin: chunks(stdin), out, err, folder, entry: null, now: () => NOW };
      const status = await run(typeof line === 'string' ? line.split(' ') : line, io);
      return { status, out: out.text, err: err.text };
    },
    write: (more) => {
      for (const [name, contents] of Object.entries(more)) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), contents);
      }
    },
    read: (file) => readFileSync(join(folder, file), 'utf8'),
    remove: () => rmSync(folder, { recursive: true }),
  };
  shell.write(files);
  return shell;
}

class Kept implements Stream {
  text = '';
  readonly colour = false;
  readonly width: number | null;

  constructor(width: number | null) {
    this.width = width;
  }

  async write(text: string): Promise<void> {
    this.text += text;
  }
}

async function* chunks(parts: Contents[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield typeof part === 'string' ? new TextEncoder().encode(part) : part;
}
