#!/usr/bin/env node
// Starts Leadpact on the Node it is made for: this one when it is new enough, else the one that npm installed with it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const WANTED = 26;
const here = dirname(fileURLToPath(import.meta.url));
const bundle = join(here, '..', 'dist', 'leadpact.js');
const program = existsSync(bundle) ? bundle : join(here, '..', 'src', 'cli', 'main.ts');

if (Number.parseInt(process.versions.node, 10) >= WANTED) {
  await import(pathToFileURL(program).href);
} else {
  const node = installedNode();
  if (node === null) {
    console.error(
      `Leadpact needs Node ${WANTED} or newer; this is ${process.versions.node}, and the "node" package that comes with it is missing. Install Leadpact again, without --ignore-scripts.`,
    );
    process.exitCode = 3;
  } else pass(spawn(node, [program, ...process.argv.slice(2)], { stdio: 'inherit' }));
}

/** The binary of the `node` package, wherever npm has put it; null when it is not there. */
function installedNode() {
  try {
    const manifest = createRequire(import.meta.url).resolve('node/package.json');
    const names = ['node', 'node.exe'].map((name) => join(dirname(manifest), 'bin', name));
    return names.find((name) => existsSync(name)) ?? null;
  } catch {
    return null;
  }
}

/** Signals go to the child, and its end is ours. */
function pass(child) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`Leadpact could not be started: ${error.message}`);
    process.exitCode = 3;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
  });
}
