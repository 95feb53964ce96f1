import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { OutsideError } from '#platform/errors.ts';

/** In a working copy, builds the web app where it is older than its sources. What is packed has it built already. */
export async function freshWeb(): Promise<void> {
  const script = join(import.meta.dirname, '..', '..', 'scripts', 'web.ts');
  if (!existsSync(script)) return;
  // Standard output is for what the command says; the builder speaks to people.
  const child = spawn(process.execPath, [script], { stdio: ['ignore', process.stderr, process.stderr] });
  const [status] = (await once(child, 'exit')) as [number | null];
  if (status !== 0)
    throw new OutsideError('The web app could not be built: see above. `npm ci` brings what it takes.');
}
