/** Requests that carry an Idempotency-Key are carried out once, however often they are sent. */
import { hash } from 'node:crypto';
import type { Instant } from '#engine/facts/facts.ts';
import { type Caller, nameOfCaller } from '#features/people/policy.ts';
import type { Database } from '#platform/db/database.ts';
import { inEveryWorkspace } from '#platform/db/every-workspace.ts';
import { HttpProblem } from '#platform/http/problem.ts';

export type Errand = {
  caller: Caller;
  /** What the caller calls this request. */
  key: string;
  /** What it asks, as one text. */
  request: string;
  /** The answer holds what is shown once, and is not kept. */
  shownOnce: boolean;
  now: Instant;
};

type Kept =
  | { reply: unknown }
  | { problem: { status: number; code: string; detail: string; errors: HttpProblem['errors'] } }
  | { shownOnce: true };

const LONGEST_KEY = 255;
/** Refusals after which the same request may well be let through. */
const passing = new Set([408, 409, 412, 425, 429]);

/**
 * Carries out what `work` does, or answers as it was answered before.
 * @throws HttpProblem 422 when the key was used for another request, 409 while the first is under way, or when its
 * process ended before it could keep the answer: it may have been carried out, and is not carried out again.
 */
export async function once(
  database: Database,
  errand: Errand,
  work: () => Promise<unknown>,
): Promise<unknown> {
  const { key } = errand;
  if (key === '' || key.length > LONGEST_KEY || !/^[\x20-\x7e]+$/.test(key)) {
    throw new HttpProblem(
      400,
      'bad_idempotency_key',
      `An Idempotency-Key has 1 to ${LONGEST_KEY} printable characters.`,
    );
  }
  const before = await begin(database, errand);
  if (before) return repeat(before);
  try {
    const reply = await work();
    await keep(database, errand, errand.shownOnce ? { shownOnce: true } : { reply });
    return reply;
  } catch (error) {
    if (error instanceof HttpProblem && error.status < 500 && !passing.has(error.status)) {
      const { status, code, message, errors } = error;
      await keep(database, errand, { problem: { status, code, detail: message, errors } });
    } else if (error instanceof HttpProblem) {
      await forget(database, errand);
    }
    throw error;
  }
}

function repeat(kept: Kept): unknown {
  if ('reply' in kept) return kept.reply;
  if ('problem' in kept) {
    const { status, code, detail, errors } = kept.problem;
    throw new HttpProblem(status, code, detail, { errors });
  }
  throw new HttpProblem(409, 'answered_already', 'This was carried out, and its answer is shown only once.');
}

const row = ({ caller, key }: Errand) => ({
  workspace_id: caller.workspace,
  actor: nameOfCaller(caller),
  key,
});

/** @returns what was answered before, or null when this is the first time. */
function begin(database: Database, errand: Errand): Promise<Kept | null> {
  const digest = hash('sha256', errand.request);
  return database.inWorkspace(errand.caller.workspace, async (tx) => {
    const begun = await tx
      .insertInto('idempotency_keys')
      .values({ ...row(errand), request_digest: digest, created_at: new Date(errand.now) })
      .onConflict((conflict) => conflict.doNothing())
      .returning('key')
      .executeTakeFirst();
    if (begun) return null;
    const before = await tx
      .selectFrom('idempotency_keys')
      .select(['request_digest', 'status', 'response'])
      .where((e) => e.and(row(errand)))
      .executeTakeFirst();
    if (before && before.request_digest !== digest) {
      throw new HttpProblem(
        422,
        'idempotency_key_reused',
        'This Idempotency-Key was used for another request. Use a new key for a new request.',
      );
    }
    if (before?.status) return before.response as Kept;
    throw new HttpProblem(
      409,
      'under_way',
      'The first request with this Idempotency-Key is under way, or its end is not known. Look whether it was carried out, or ask again.',
      { retryAfter: 1 },
    );
  });
}

const keep = (database: Database, errand: Errand, kept: Kept): Promise<unknown> =>
  database.inWorkspace(errand.caller.workspace, (tx) =>
    tx
      .updateTable('idempotency_keys')
      .set({ status: 'problem' in kept ? kept.problem.status : 200, response: JSON.stringify(kept) })
      .where((e) => e.and(row(errand)))
      .execute(),
  );

const forget = (database: Database, errand: Errand): Promise<unknown> =>
  database.inWorkspace(errand.caller.workspace, (tx) =>
    tx
      .deleteFrom('idempotency_keys')
      .where((e) => e.and(row(errand)))
      .execute(),
  );

const KEPT = 24 * 3_600_000;

/** Forgets, in every workspace, requests of more than a day ago. To be called once a day. */
export const forgetAnswered = (database: Database, now: Instant): Promise<void> =>
  inEveryWorkspace(database, (workspace) => async (_, query) => {
    await query('DELETE FROM idempotency_keys WHERE workspace_id = $1 AND created_at < $2', [
      workspace,
      new Date(now - KEPT),
    ]);
    return 'done';
  });
