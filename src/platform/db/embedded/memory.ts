import { totalmem } from 'node:os';

const MIB = 2 ** 20;
const GIB = 2 ** 30;

/** What this process may use: what its container allows, where it is in one. Bytes. */
function atHand(): number {
  const allowed = process.constrainedMemory();
  return allowed > 0 ? Math.min(allowed, totalmem()) : totalmem();
}

/**
 * How a server uses a machine that it shares with Leadpact and with others. What it reserves for pages is taken as they
 * are read, so that an idle one stays small; PostgreSQL's own defaults are for the machines of 2005, with disks that turn.
 * @param memory bytes
 */
export function memorySettings(memory = atHand()): Record<string, string> {
  const buffers = Math.min(GIB, Math.max(128 * MIB, memory / 8));
  return {
    shared_buffers: `${Math.round(buffers / MIB)}MB`,
    effective_cache_size: `${Math.round(Math.max(512 * MIB, memory / 2) / MIB)}MB`,
    work_mem: '16MB',
    random_page_cost: '1.1',
  };
}
