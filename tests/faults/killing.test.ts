/**
 * kill -9 under load (F1, F4, F6). A few times each here; `LEADPACT_KILLS=20 npx vitest run tests/faults/killing.test.ts`
 * is the long form.
 */
import { expect, it } from 'vitest';
import { killUnderLoad, type Victim } from './killing.ts';

const kills = Number(process.env.LEADPACT_KILLS ?? 3);

it.each<Victim>(['app', 'postgres'])(
  'loses and doubles nothing that was acknowledged when the %s is killed, and comes back by itself',
  async (victim) => {
    const outcome = await killUnderLoad(victim, kills);
    if (process.env.LEADPACT_KILLS) console.log(victim, JSON.stringify(outcome));
    expect(outcome).toMatchObject({ kills, lost: 0, twice: 0 });
    expect(outcome.acknowledged).toBeGreaterThan(kills * 40);
  },
  60_000 + kills * 30_000,
);
