// How long Leadpact takes to be there: `node bench/start.ts [PROGRAM]`. On a fresh data directory, on one that was used
// before, and after kill -9 with PostgreSQL left running; by the clock, and in processor time, which other work on the
// machine changes less. Besides: what it weighs when nothing is to be done, and how long a small command takes.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { median } from './support/measure.ts';
import { cpuOf, memoryOf } from './support/tree.ts';

const ROUNDS = 5;
const IDLE_AFTER = 10_000;
const program = process.argv[2] ?? 'src/cli/main.ts';
const pact = 'examples/acme-industrial/pact.yaml';

type Start = { pid: number; wall: number; cpu: number; end: (signal: NodeJS.Signals) => Promise<void> };

async function start(directory: string): Promise<Start> {
  const { DATABASE_URL: _, ...env } = process.env;
  const began = performance.now();
  const child = spawn(
    process.execPath,
    [program, 'start', '--empty', '--port', '0', '--data', directory, '--format', 'json'],
    {
      env: { ...env, LOG_LEVEL: env.LOG_LEVEL ?? 'error' },
      stdio: ['ignore', 'pipe', env.LOG_LEVEL === undefined ? 'ignore' : 'inherit'],
    },
  );
  await once(createInterface(child.stdout!), 'line');
  const wall = performance.now() - began;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  };
  return { pid: child.pid!, wall, cpu: cpuOf(child.pid!), end };
}

type Times = { wall: number[]; cpu: number[] };
const times = (): Times => ({ wall: [], cpu: [] });
const [fresh, again, killed, small] = [times(), times(), times(), times()];
const note = ({ wall, cpu }: Times, one: { wall: number; cpu: number }): void => {
  wall.push(one.wall);
  cpu.push(one.cpu);
};
let idle = 0;
for (let round = 0; round < ROUNDS; round++) {
  const directory = mkdtempSync(join(tmpdir(), 'leadpact-start-'));
  try {
    const first = await start(directory);
    note(fresh, first);
    await first.end('SIGTERM');
    const second = await start(directory);
    note(again, second);
    if (round === 0) {
      await pause(IDLE_AFTER);
      idle = memoryOf(second.pid);
    }
    await second.end('SIGKILL');
    const third = await start(directory);
    note(killed, third);
    await third.end('SIGTERM');
    const began = performance.now();
    const before = cpuOf(process.pid);
    spawnSync(process.execPath, [program, 'check', pact], { stdio: 'ignore' });
    note(small, { wall: performance.now() - began, cpu: cpuOf(process.pid) - before });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
const line = (what: string, wanted: string, { wall, cpu }: Times): void =>
  console.log(
    `  ${what.padEnd(34)} ${wanted.padEnd(10)} ${Math.round(median(wall))} ms (${Math.round(Math.min(...wall))} to ${Math.round(Math.max(...wall))}); processor time ${Math.round(median(cpu))} ms`,
  );
console.log(
  `${program}, Node ${process.versions.node}, medians of ${ROUNDS}, load ${loadavg()[0]!.toFixed(1)}`,
);
line('ready, fresh data directory', '≤ 4000 ms', fresh);
line('ready again', '≤ 2000 ms', again);
line('ready after kill -9', '≤ 10 s', killed);
line('leadpact check', '≤ 300 ms', small);
console.log(`  idle, with PostgreSQL              ≤ 250 MB   ${Math.round(idle)} MB`);
