import { beforeEach, describe, expect, it } from 'vitest';
import { HttpProblem } from '#platform/http/problem.ts';
import { withDatabase } from '#tests/support/db.ts';
import { accountSubject, countAttempt, forgiveAttempt, networkSubject } from './throttle.ts';

const db = withDatabase();
const START = Date.UTC(2026, 5, 1);

beforeEach(() => db.owner.query('TRUNCATE people.attempts'));

/** 0 when let through, else how many seconds to wait. */
const attempt = (email: string, address: string, now: number): Promise<number> => {
  const network = networkSubject(address);
  return db.database
    .atTheDoor((_, query) => countAttempt(query, [accountSubject(email), ...(network ? [network] : [])], now))
    .then(
      () => 0,
      (error) => {
        if (error instanceof HttpProblem && error.status === 429) return error.retryAfter ?? -1;
        throw error;
      },
    );
};

describe('an account', () => {
  it('is guessed at freely five times, then ever more slowly, wherever the guesses come from', async () => {
    const waits: number[] = [];
    for (let i = 0; i < 9; i++) waits.push(await attempt('ann@acme.example', `198.51.100.${i}`, START));
    expect(waits.slice(0, 6)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(waits.slice(6)).toEqual([1, 1, 1]);
    expect(await attempt(' ANN@acme.example', '198.51.100.99', START + 1_000)).toBe(0);
    expect(await attempt('ann@acme.example', '198.51.100.98', START + 1_001)).toBe(2);
  });

  it('lets no more through when many guess at once', async () => {
    const waits = await Promise.all(
      Array.from({ length: 20 }, () => attempt('ann@acme.example', '127.0.0.1', START)),
    );
    expect(waits.filter((wait) => wait === 0)).toHaveLength(6);
  });

  it('begins anew after a good attempt, and after a while', async () => {
    for (let i = 0; i < 7; i++) await attempt('ann@acme.example', '127.0.0.1', START);
    expect(await attempt('ann@acme.example', '127.0.0.1', START)).toBe(1);
    await db.database.atTheDoor((_, query) =>
      forgiveAttempt(query, accountSubject('ann@acme.example'), null),
    );
    expect(await attempt('ann@acme.example', '127.0.0.1', START)).toBe(0);
    for (let i = 0; i < 7; i++) await attempt('ann@acme.example', '127.0.0.1', START);
    expect(await attempt('ann@acme.example', '127.0.0.1', START + 31 * 60_000)).toBe(0);
  });

  it('waits a quarter of an hour at most', async () => {
    let [now, longest] = [START, 0];
    for (let i = 0; i < 30; i++) {
      const wait = await attempt('ann@acme.example', '127.0.0.1', now);
      longest = Math.max(longest, wait);
      now += wait * 1_000;
    }
    expect(longest).toBe(900);
  });
});

describe('a network', () => {
  it('that tries many accounts waits as well, and is known by its first 64 bits', async () => {
    const waits: number[] = [];
    for (let i = 0; i < 45; i++) waits.push(await attempt(`p${i}@acme.example`, `2001:db8:1:2::${i}`, START));
    expect(waits.filter((wait) => wait > 0).length).toBeGreaterThan(0);
    expect(waits.slice(0, 40).every((wait) => wait === 0)).toBe(true);
    expect(await attempt('other@acme.example', '2001:db8:1:3::1', START)).toBe(0);
  });

  it('is read from any way to write an address', () => {
    const same = [
      ['2001:db8:1:2::1', '2001:DB8:1:2:ffff:0:0:9'],
      ['2001:db8::1', '2001:0db8:0:0:1::'],
      ['::ffff:198.51.100.7', '198.51.100.7'],
      ['fe80::1%eth0', 'fe80::2'],
    ] as const;
    for (const [one, other] of same) expect(networkSubject(one)).toEqual(networkSubject(other));
    expect(networkSubject('198.51.100.7')).not.toEqual(networkSubject('198.51.100.8'));
    for (const home of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) expect(networkSubject(home)).toBeNull();
  });
});

it('keeps nothing that tells who it was', async () => {
  await attempt('ann@acme.example', '198.51.100.7', START);
  const { rows } = await db.owner.query('SELECT subject FROM people.attempts');
  for (const { subject } of rows) expect(subject).toMatch(/^[0-9a-f]{64}$/);
});
