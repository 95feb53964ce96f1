/** Side by side: the contenders take turns in one run, each round all of them; what counts is the median of rounds. */

export type Contender = { name: string; run: () => unknown };
export type Timing = { name: string; wall: number; cpu: number };

export const median = (numbers: readonly number[]): number => {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

/** Milliseconds of each contender, by the clock and of processor time, after one round to warm up. */
export async function sideBySide(contenders: readonly Contender[], rounds: number): Promise<Timing[]> {
  const walls = contenders.map((): number[] => []);
  const cpus = contenders.map((): number[] => []);
  for (let round = -1; round < rounds; round++) {
    for (const [i, { run }] of contenders.entries()) {
      const before = process.cpuUsage();
      const started = performance.now();
      await run();
      const wall = performance.now() - started;
      const { user, system } = process.cpuUsage(before);
      if (round < 0) continue;
      walls[i]!.push(wall);
      cpus[i]!.push((user + system) / 1000);
    }
  }
  return contenders.map(({ name }, i) => ({ name, wall: median(walls[i]!), cpu: median(cpus[i]!) }));
}

/** What was promised beside what was measured. */
export type Line = { target: string; wanted: string; measured: string; met: boolean | null };

export const ratio = (target: string, wanted: number, measured: number, detail: string): Line => ({
  target,
  wanted: `≥ ${wanted} ×`,
  measured: `${measured.toFixed(measured < 10 ? 2 : 0)} × (${detail})`,
  met: measured >= wanted,
});

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(ms < 100 ? 4 : 2)} s`;

/** `all` is how many leads histories that are read have: as many as targets are given for, if time allows. */
export type Scale = { rounds: number; leads: number; all: number; each: number; rows: number };
/** A measurement prints nothing itself; it says what it found. */
export type Bench = { title: string; measure: (scale: Scale) => Promise<Line[]> };
