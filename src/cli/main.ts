/** The command line's door: `leadpact COMMAND …`. Threads that a command starts come in by it, too. */
import { enableCompileCache } from 'node:module';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';

enableCompileCache(); // halves the time to start, from the second time on

if (isMainThread) {
  const [{ processIo }, { run }] = await Promise.all([import('./io.ts'), import('./run.ts')]);
  process.exitCode = await run(process.argv.slice(2), processIo(new URL(import.meta.url)));
} else {
  const { serve } = await import('./thread.ts');
  await serve(parentPort!, workerData);
}
