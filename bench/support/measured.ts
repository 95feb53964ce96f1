/** What a workspace of any size did with its leads: handed over, answered, touched, won. After `seed`, for what is measured of it. */
import type pg from 'pg';
import { named, oneOf, pick } from './seed.ts';

/** Of the template that `seed` brings into force. */
const REASONS = ['not_fit', 'no_authority', 'timing', 'no_budget', 'bad_data'];

/**
 * Handoffs with their clocks and answers, the ladder up to the won, and deals, over the last 350 days. Nothing of it
 * was judged: it is there to be counted.
 */
export async function seedMeasured(
  owner: pg.Client,
  workspace: string,
  leads: number,
  handoffs: number,
): Promise<void> {
  const run = (text: string) => owner.query(text);
  // The triggers that keep passes are what the service writes by: here they are drawn at once at the end.
  await run('SET session_replication_role = replica; SET synchronous_commit = off');
  const w = `'${workspace}'::uuid`;
  const pact = `(SELECT pact_id FROM versions WHERE workspace_id = ${w} LIMIT 1)`;
  const member = `(SELECT id FROM members WHERE workspace_id = ${w} AND party = 'sales' LIMIT 1)`;
  const every = Math.floor(leads / handoffs);
  const after = (at: string, column: number, hours: number) =>
    `${at} + (${pick('n', column, hours * 3_600)} + 60) * interval '1 second'`;
  // Of ten: five accepted, three given back, one not answered, one open.
  await run(`CREATE TEMP TABLE offered AS SELECT n, n * ${every} AS lead, ${named(`'offer' || n`)} AS id, at,
      ${pick('n', 41, 10)} AS fate, ${pick('n', 42, 4)} AS luck, ${after('at', 43, 60)} AS touched, ${after('at', 44, 40)} AS answered
    FROM (SELECT n, now() - interval '350 days' + (n * ${Math.floor((350 * 86_400) / handoffs)}) * interval '1 second' AS at
      FROM generate_series(1, ${handoffs}::bigint) n) x`);
  const packet = `jsonb_build_object('why_now', 'asked for a demo', 'timeline', repeat('a page read; ', 60))`;
  await run(`INSERT INTO handoffs (workspace_id, id, lead, pass, pact_id, version, tier, origin, packet, offered_at, accept_by, queue, owner_id,
      answer, answered_at, decision, decided_at)
    SELECT ${w}, id, lead, 1, ${pact}, 1, CASE n % 4 WHEN 0 THEN 'hot' ELSE 'standard' END, 'mql', ${packet}, at, at + interval '1 day',
      ${oneOf('n', 45, ['north', 'south', 'enterprise'])}, ${member},
      CASE WHEN fate < 5 THEN 'acceptance' WHEN fate < 8 THEN 'return' WHEN fate = 8 THEN 'lapse' END,
      CASE WHEN fate < 9 THEN answered END,
      CASE WHEN fate < 4 THEN 'qualification' WHEN fate BETWEEN 5 AND 7 THEN 'return' END,
      CASE WHEN fate < 4 THEN answered + interval '3 days' WHEN fate BETWEEN 5 AND 7 THEN answered END
    FROM offered`);
  const clock = (
    term: string,
    due: string,
    met: string,
  ) => `INSERT INTO deadlines (workspace_id, id, handoff_id, term, pact_id, version, started_at, due_at, met_at)
    SELECT ${w}, ${named(`'${term}' || n`)}, id, '${term}', ${pact}, 1, at, at + interval '${due}', ${met} FROM offered`;
  await run(clock('first_touch', '8 hours', 'CASE WHEN fate < 8 THEN touched END'));
  await run(clock('accept', '1 day', 'CASE WHEN fate < 8 THEN answered END'));
  await run(
    clock(
      'decide',
      '5 days',
      "CASE WHEN fate < 4 THEN answered + interval '3 days' WHEN fate BETWEEN 5 AND 7 THEN answered END",
    ),
  );
  await run(
    `INSERT INTO acceptances (workspace_id, handoff_id, member_id, at) SELECT ${w}, id, ${member}, answered FROM offered WHERE fate < 5`,
  );
  await run(`INSERT INTO returns (workspace_id, handoff_id, member_id, at, reason, clause, next)
    SELECT ${w}, id, ${member}, answered, ${oneOf('n', 46, REASONS)}, 'profile', CASE n % 2 WHEN 0 THEN 'recycle' ELSE 'disqualify' END
    FROM offered WHERE fate BETWEEN 5 AND 7`);
  const move = (
    stage: string,
    at: string,
    which: string,
  ) => `INSERT INTO moves (workspace_id, id, lead, at, to_stage, pass, cause, pact_id, version, fit, interest)
    SELECT ${w}, ${named(`'${stage}' || n`)}, lead, ${at}, '${stage}', 1, 'activity', ${pact}, 1, 60, 30 FROM offered WHERE ${which}`;
  await run(`INSERT INTO moves (workspace_id, id, lead, at, to_stage, pass, cause, pact_id, version, fit, interest)
    SELECT ${w}, ${named(`'come' || number`)}, number, created_at, 'conversion', 1, 'activity', ${pact}, 1, 10, 10 FROM leads WHERE workspace_id = ${w}`);
  await run(move('mql', 'at', 'true'));
  await run(move('sal', 'answered', 'fate < 5'));
  await run(move('sql', "answered + interval '3 days'", 'fate < 4'));
  await run(move('opportunity', "answered + interval '4 days'", 'fate < 4'));
  await run(
    move(
      'won',
      "answered + interval '40 days'",
      "fate < 4 AND luck = 0 AND answered < now() - interval '40 days'",
    ),
  );
  await run(
    move(
      'lost',
      "answered + interval '50 days'",
      "fate < 4 AND luck IN (1, 2) AND answered < now() - interval '50 days'",
    ),
  );
  await run(move('disqualified', 'answered', 'fate BETWEEN 5 AND 7 AND n % 2 = 1'));
  await run(move('recycled', 'answered', 'fate BETWEEN 5 AND 7 AND n % 2 = 0'));
  await run(`INSERT INTO deals (workspace_id, id, lead, origin, external_id, amount, currency, opened_at, outcome, closed_at, reason)
    SELECT ${w}, ${named(`'deal' || n`)}, lead, 'qualification', 'crm:' || n, 1000 + ${pick('n', 47, 20_000)}, 'USD', opened,
      outcome, CASE WHEN outcome <> 'open' THEN closed END, CASE WHEN outcome <> 'open' THEN 'price' END
    FROM (SELECT n, lead, answered + interval '4 days' AS opened, answered + CASE luck WHEN 0 THEN interval '40 days' ELSE interval '50 days' END AS closed,
        CASE WHEN luck = 0 AND answered < now() - interval '40 days' THEN 'won' WHEN luck IN (1, 2) AND answered < now() - interval '50 days' THEN 'lost' ELSE 'open' END AS outcome
      FROM offered WHERE fate < 4) x`);
  // One lead in fifty turned out to be another: what was booked under it is the other's.
  await run(`UPDATE leads SET merged_into = number + 1 WHERE workspace_id = ${w} AND number % 50 = 7`);
  await run(`INSERT INTO passes (workspace_id, lead, pass, entered_at, conversion_at, mql_at, sal_at, sql_at, opportunity_at, won_at, exit, exit_at)
    SELECT workspace_id, lead, pass, min(at), min(at) FILTER (WHERE to_stage = 'conversion'), min(at) FILTER (WHERE to_stage = 'mql'),
      min(at) FILTER (WHERE to_stage = 'sal'), min(at) FILTER (WHERE to_stage = 'sql'), min(at) FILTER (WHERE to_stage = 'opportunity'),
      min(at) FILTER (WHERE to_stage = 'won'), min(to_stage) FILTER (WHERE to_stage IN ('lost', 'disqualified', 'recycled')),
      min(at) FILTER (WHERE to_stage IN ('lost', 'disqualified', 'recycled'))
    FROM moves WHERE workspace_id = ${w} GROUP BY 1, 2, 3`);
  await run('VACUUM ANALYZE');
}
