/** What a process and everything it has started cost: processor time and memory, as Linux tells them. */
import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second. */
const TICK = 10;

type Stat = { pid: number; parent: number; cpu: number };

/** A process may be gone between being listed and being looked at. */
function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function statOf(pid: number): Stat | null {
  const text = read(`/proc/${pid}/stat`);
  if (text === null) return null;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  // The two last are of children that have ended and were waited for.
  const cpu = [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0) * TICK;
  return { pid, parent: Number(fields[1]), cpu };
}

/** The process and all that descend from it. */
function treeOf(root: number): Stat[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => statOf(Number(name)))
    .filter((stat) => stat !== null);
  const tree = all.filter(({ pid }) => pid === root);
  for (const { pid } of tree) tree.push(...all.filter(({ parent }) => parent === pid));
  return tree;
}

/** Milliseconds of processor time until now. */
export const cpuOf = (root: number): number => treeOf(root).reduce((sum, { cpu }) => sum + cpu, 0);

/** Megabytes of memory, of what several processes share each its part. */
export function memoryOf(root: number): number {
  const parts = treeOf(root).map(({ pid }) => read(`/proc/${pid}/smaps_rollup`) ?? '');
  return parts.reduce((sum, text) => sum + Number(/^Pss: +(\d+) kB/m.exec(text)?.[1] ?? 0), 0) / 1_000;
}
