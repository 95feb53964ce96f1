/** A Leadpact of its own, as it is started by everybody: a process, a port, an empty data directory. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export type Leadpact = {
  address: string;
  /** Where the first person goes. */
  setup: string;
  /** By which servers send events to the workspace that the first start made. */
  writeKey: string;
  ask: (method: string, path: string, body?: unknown) => Promise<unknown>;
  stop: () => Promise<void>;
};

export async function startLeadpact(): Promise<Leadpact> {
  const data = mkdtempSync(join(tmpdir(), 'leadpact-test-'));
  // A port of our own, not one that is found while starting: it stands in the links that are handed out.
  const port = String(await freePort());
  const command = ['src/cli/main.ts', 'start', '--port', port, '--data', data, '--format', 'json'];
  const server = spawn(process.execPath, command, {
    env: { ...process.env, LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = async (): Promise<void> => {
    server.kill('SIGTERM');
    if (server.exitCode === null) await once(server, 'exit');
    rmSync(data, { recursive: true, force: true });
  };
  const [line] = (await Promise.race([
    once(createInterface(server.stdout), 'line'),
    once(server, 'exit').then(([status]) =>
      Promise.reject(new Error(`Leadpact ended with status ${status}`)),
    ),
  ])) as [string];
  const { address, setup, server_write_key: writeKey } = JSON.parse(line) as Record<string, string>;
  const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(address + path, {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
    return response.json();
  };
  return { address: address!, setup: setup!, writeKey: writeKey!, ask, stop };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
