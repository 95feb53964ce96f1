/**
 * Slows down who guesses: by the account that is tried and by the network that tries. Both are counted in the database,
 * so that several nodes count together. Whether an account exists makes no difference to any answer.
 */
import { hash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { Instant } from '#engine/facts/facts.ts';
import type { Query } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';

type Subject = {
  /** A digest: what is kept tells neither an address nor a network. */
  key: string;
  /** How many failures in a row are let through before the waiting begins. */
  free: number;
};

const SECOND = 1_000;
const LONGEST_WAIT = 15 * 60 * SECOND;
const FORGET_AFTER = 30 * 60 * SECOND;

export const accountSubject = (email: string): Subject => subject('account', email.trim().toLowerCase(), 5);

/**
 * The network an address belongs to, or null for this machine itself, where a proxy may stand for everybody.
 * @param address the socket's own; what a header claims is not asked.
 */
export function networkSubject(address: string): Subject | null {
  const plain = address.replace(/^::ffff:/i, '');
  if (plain === '::1' || plain.startsWith('127.')) return null;
  return subject('network', isIPv6(plain) ? site64(plain) : plain, 40);
}

const subject = (kind: string, name: string, free: number): Subject => ({
  key: hash('sha256', `${kind} ${name}`),
  free,
});

/** The first 64 bits: a household or a server has all the addresses below them. */
function site64(address: string): string {
  const [head = '', tail] = address.split('%', 1)[0]!.toLowerCase().split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  const groups = [...before, ...Array<string>(Math.max(0, zeros)).fill('0'), ...after];
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}

/**
 * Counts an attempt before it is made, so that many at once gain nothing.
 * @throws HttpProblem 429 when one of the subjects has to wait.
 */
export async function countAttempt(query: Query, subjects: readonly Subject[], now: Instant): Promise<void> {
  for (const { key, free } of subjects) {
    const rows = await query<{ failures: number }>(
      `INSERT INTO people.attempts AS a VALUES ($1, 1, $2, $3)
       ON CONFLICT (subject) DO UPDATE SET
         failures = CASE WHEN a.forget_at <= $2 THEN 1 ELSE a.failures + 1 END,
         free_at = $2 + CASE WHEN a.forget_at <= $2 OR a.failures < $4 THEN interval '0'
           ELSE least(interval '1 second' * 2 ^ least(a.failures - $4, 20), $5 * interval '1 millisecond') END,
         forget_at = $3
       WHERE a.free_at <= $2
       RETURNING failures`,
      [key, new Date(now), new Date(now + FORGET_AFTER), free, LONGEST_WAIT],
    );
    if (rows.length > 0) continue;
    const [standing] = await query<{ free_at: Date }>(
      'SELECT free_at FROM people.attempts WHERE subject = $1',
      [key],
    );
    const wait = Math.max(1, Math.ceil(((standing?.free_at.getTime() ?? now) - now) / SECOND));
    throw new HttpProblem(429, 'too_many_attempts', `Too many attempts. Wait ${wait} s, then try again.`, {
      retryAfter: wait,
    });
  }
}

/** A good attempt: its account begins anew. The network keeps its count, less this one. */
export async function forgiveAttempt(query: Query, account: Subject, network: Subject | null): Promise<void> {
  await query('DELETE FROM people.attempts WHERE subject = $1', [account.key]);
  if (!network) return;
  await query('UPDATE people.attempts SET failures = greatest(failures - 1, 0) WHERE subject = $1', [
    network.key,
  ]);
}
