import { readFileSync } from 'node:fs';
import type pg from 'pg';

/**
 * How long processors have been busy with this process and with the backends of its database, in milliseconds: what
 * something costs, whatever else the machine is doing. Linux tells it of processes on the same machine; elsewhere it is
 * that of this process alone.
 */
export const busyOf = (owner: pg.Client) => async (): Promise<number> => {
  const { user, system } = process.cpuUsage();
  const { rows } = await owner.query(
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()",
  );
  const backends = (rows as { pid: number }[]).reduce((sum, { pid }) => sum + nanoseconds(pid), 0);
  return (user + system) / 1e3 + backends / 1e6;
};

function nanoseconds(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]);
  } catch {
    return 0; // it ended meanwhile, or this is no Linux
  }
}
