import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { DatabaseAway } from '#platform/db/faults.ts';
import { openLog } from '#platform/log.ts';
import { type Job, type Schedule, startSchedule } from './schedule.ts';

const DAY = 86_400_000;
const schedules: Schedule[] = [];
afterEach(async () => {
  for (const schedule of schedules.splice(0)) await schedule.stop();
});

function start(jobs: readonly Job[], again?: number): Schedule {
  const schedule = startSchedule(jobs, openLog('silent'), again);
  schedules.push(schedule);
  return schedule;
}

/** A job that fails with each of these in turn, and then does not. */
function failing(every: number, ...errors: Error[]): Job & { runs: number; done: Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const job = {
    name: 'trying',
    every,
    runs: 0,
    done: promise,
    run: async () => {
      const error = errors[job.runs++];
      if (error !== undefined) throw error;
      resolve();
    },
  };
  return job;
}

describe('a job', () => {
  it('comes round as often as it is to, whatever it failed with', async () => {
    const job = failing(5, new Error('one'), new DatabaseAway('two'));
    start([job]);
    await job.done;
    expect(job.runs).toBe(3);
  });

  it('that comes round once a day is tried again soon where the database was away, and not otherwise', async () => {
    const [away, faulty] = [failing(DAY, new DatabaseAway('gone')), failing(DAY, new Error('of its own'))];
    start([away, faulty], 5);
    await away.done;
    await pause(50);
    expect([away.runs, faulty.runs]).toEqual([2, 1]);
  });

  it('waits for others where it comes round rarely, and does not where often', async () => {
    const under = { rare: 0, often: 0 };
    let most = 0;
    const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
    const jobOf = (kind: keyof typeof under, every: number): Job => ({
      name: kind,
      every,
      run: async () => {
        under[kind]++;
        most = Math.max(most, under.rare);
        await held;
        under[kind]--;
      },
    });
    start([...Array.from({ length: 6 }, () => jobOf('rare', DAY)), jobOf('often', 1_000)]);
    await pause(20);
    expect(under).toEqual({ rare: 2, often: 1 });
    letGo();
    await pause(50);
    expect(under).toEqual({ rare: 0, often: 0 });
    expect(most).toBe(2);
  });

  it('under way is waited for when all are to stop, and none begins after that', async () => {
    let [runs, ended] = [0, false];
    const job: Job = {
      name: 'slow',
      every: 1,
      run: async () => {
        runs++;
        await pause(100);
        ended = true;
      },
    };
    const schedule = start([job]);
    await pause(10);
    await schedule.stop();
    expect([runs, ended]).toEqual([1, true]);
    await pause(20);
    expect(runs).toBe(1);
  });
});
