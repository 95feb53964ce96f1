/** The service as it is run, in a process of its own, on a measurement's database. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type pg from 'pg';
import { newId } from '#platform/ids.ts';

export type Service = {
  pid: number;
  address: string;
  /** Takes events in. @throws Error when the answer is not 200 */
  post: (key: string, events: readonly object[]) => Promise<void>;
  stop: () => Promise<void>;
};

/** @param flags for Node, such as those of its profiler */
export async function startService(url: string, flags: readonly string[] = []): Promise<Service> {
  const directory = mkdtempSync(join(tmpdir(), 'leadpact-bench-'));
  const child = spawn(
    process.execPath,
    [...flags, 'src/cli/main.ts', 'start', '--port', '0', '--format', 'json'],
    {
      env: { ...process.env, DATABASE_URL: url, LEADPACT_DATA: directory, LOG_LEVEL: 'error' },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const failed = once(child, 'exit').then(() =>
    Promise.reject(new Error('The service did not start: see above.')),
  );
  const [line] = (await Promise.race([once(createInterface(child.stdout), 'line'), failed])) as [string];
  failed.catch(() => undefined); // it may end now
  const { address } = JSON.parse(line) as { address: string };
  return {
    pid: child.pid!,
    address,
    post: async (key, batch) => {
      const authorization = `Basic ${Buffer.from(`${key}:`).toString('base64')}`;
      const reply = await fetch(`${address}/v1/batch`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify({ batch }),
      });
      const told = await reply.text();
      if (reply.status !== 200 || !told.includes('"rejected":[]'))
        throw new Error(`answered ${reply.status}: ${told.slice(0, 200)}`);
    },
    stop: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

export async function makeWriteKey(owner: pg.Client, workspace: string): Promise<string> {
  const id = newId(Date.now());
  await owner.query(
    "INSERT INTO write_keys (workspace_id, id, key, name, trust) VALUES ($1, $2, $3, 'bench', 'server')",
    [workspace, id, `wk_${id}`],
  );
  return `wk_${id}`;
}
