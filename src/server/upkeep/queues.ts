/** What waits for the worker, and since when. */
import type pg from 'pg';
import { type Finding, ok, warn } from './findings.ts';

const MINUTE = 60_000;

/** A queue, and from what age on it is a cause for worry. */
type Queue = { check: string; sql: string; sentence: (n: number) => string; late: number; advice: string };

const queues: readonly Queue[] = [
  {
    check: 'stuck leads',
    sql: 'SELECT count(*)::int AS n, min(first_at) AS oldest FROM stuck_leads WHERE retry_at IS NULL',
    sentence: (n) => `${n} cannot be judged`,
    late: 0,
    advice:
      'Their errors are in stuck_leads and in the log; a new version of the pact lets them be tried again.',
  },
  {
    check: 'quarantine',
    sql: 'SELECT count(*)::int AS n, min(received_at) AS oldest FROM quarantine WHERE replayed_at IS NULL AND dismissed_at IS NULL',
    sentence: (n) => `${n} events wait to be looked at`,
    late: 0,
    advice: 'Look at them under Sources: take them in after all, or give them up.',
  },
  {
    check: 'folding',
    sql: `SELECT count(*)::int AS n, min(to_timestamp(('x' || left(replace(mark::text, '-', ''), 12))::bit(48)::bigint / 1000.0)) AS oldest FROM dirty_leads`,
    sentence: (n) => `${n} marks wait for the worker`,
    late: MINUTE,
    advice: 'Is a worker running (LEADPACT_ROLE all or worker)? Its log says what holds it up.',
  },
  {
    check: 'outbox',
    sql: 'SELECT count(*)::int AS n, min(due_at) AS oldest FROM outbox WHERE done_at IS NULL AND failed_at IS NULL AND due_at < now()',
    sentence: (n) => `${n} effects wait to be carried out`,
    late: 5 * MINUTE,
    advice: 'Is a worker running, and the mail server reachable? The log says what fails.',
  },
];

export async function workOf(session: pg.Client, now: number): Promise<Finding[]> {
  const findings: Finding[] = [];
  await session.query("SELECT set_config('app.scan', 'on', false)");
  for (const { check, sql, sentence, late, advice } of queues) {
    const { rows } = await session.query<{ n: number; oldest: Date | null }>(sql);
    const { n, oldest } = rows[0]!;
    const age = oldest === null ? 0 : now - oldest.getTime();
    if (n === 0) findings.push(ok(check, 'nothing waits'));
    else if (age <= late) findings.push(ok(check, sentence(n)));
    else findings.push(warn(check, `${sentence(n)}, since ${oldest!.toISOString()}`, advice));
  }
  return findings;
}
