import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { OutsideError } from '#platform/errors.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/**
 * In a working copy, builds the web app where it is older than its sources. What is packed has it built already.
 * Waits for it where there is none at all; one that is there is served until the new one is in its place.
 */
export async function freshWeb(): Promise<{ built: Promise<void> }> {
  const built = existsSync(join(ROOT, 'scripts', 'web.ts')) ? build() : Promise.resolve();
  built.catch(() => undefined); // whoever waits for it is told
  if (!existsSync(join(ROOT, 'dist', 'web', 'index.html'))) await built;
  return { built };
}

async function build(): Promise<void> {
  const script = join(ROOT, 'scripts', 'web.ts');
  // Standard output is for what the command says; the builder speaks to people.
  const child = spawn(process.execPath, [script], { stdio: ['ignore', process.stderr, process.stderr] });
  const [status] = (await once(child, 'exit')) as [number | null];
  if (status !== 0)
    throw new OutsideError('The web app could not be built: see above. `npm ci` brings what it takes.');
}
