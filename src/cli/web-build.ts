import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { OutsideError } from '#platform/errors.ts';
import type { Stream } from './io.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/**
 * In a working copy, builds the web app where it is older than its sources. What is packed has it built already.
 * Waits for it where there is none at all; one that is there is served until the new one is in its place, and after it
 * when the new one cannot be built.
 * @param notes where it is said that an old one is served
 * @throws OutsideError when there is none and it cannot be built
 */
export async function freshWeb(notes: Stream): Promise<{ built: Promise<void> }> {
  if (!existsSync(join(ROOT, 'scripts', 'web.ts'))) return { built: Promise.resolve() };
  if (existsSync(join(ROOT, 'dist', 'web', 'index.html'))) {
    const failed = 'The web app could not be built: see above. The one that was built before is served.\n';
    return { built: build().then((done) => (done ? undefined : notes.write(failed))) };
  }
  if (await build()) return { built: Promise.resolve() };
  throw new OutsideError('The web app could not be built: see above. `npm ci` brings what it takes.');
}

async function build(): Promise<boolean> {
  const script = join(ROOT, 'scripts', 'web.ts');
  // Standard output is for what the command says; the builder speaks to people.
  const child = spawn(process.execPath, [script], { stdio: ['ignore', process.stderr, process.stderr] });
  const [status] = (await once(child, 'exit')) as [number | null];
  return status === 0;
}
