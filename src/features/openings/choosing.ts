/** One draft out of two definitions, choice by choice. */
import { nameClause } from '#engine/pact/clauses/clauses.ts';
import type { Deed } from '#features/handoffs/deed.ts';
import { beginPact, draft, type VersionKey } from '#features/pacts/drafting.ts';
import { type Caller, memberOf } from '#features/people/policy.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { choiceRows, differencesOf, type Grown, grow } from './differences.ts';
import { tell } from './opening.ts';
import { openingOf, sidesOf } from './sides.ts';

export type Choosing = { clause: string; take: 'marketing' | 'sales' | 'new'; value?: unknown };

/** Takes a difference from a side, or writes it anew. A clause of one party is that party's to choose. */
export async function choose(
  deed: Deed,
  caller: Caller,
  id: string,
  { clause, take, value }: Choosing,
): Promise<Omit<Grown, 'isPact'>> {
  const { tx, workspace, now } = deed;
  const row = await openingOf(tx, workspace, id, true);
  if (row.settled_at !== null)
    throw new HttpProblem(409, 'settled', 'There is a draft of both already: go on with that.');
  const sides = await sidesOf(tx, workspace, row);
  const found = differencesOf(sides.pacts).find((one) => one.clause === clause);
  if (found === undefined) {
    throw new HttpProblem(422, 'no_difference', `On ${clause} the two definitions do not differ.`);
  }
  if (found.owner !== 'both' && found.owner !== caller.party) {
    throw new HttpProblem(
      403,
      'not_your_clause',
      `${nameClause(clause)} (${clause}) belongs to ${found.owner}, which alone chooses it.`,
    );
  }
  const said = {
    take,
    value: take === 'new' ? JSON.stringify(value ?? null) : null,
    member_id: memberOf(caller),
    at: new Date(now),
  };
  await tx
    .insertInto('opening_choices')
    .values({ workspace_id: workspace, opening_id: id, clause, ...said })
    .onConflict((taken) => taken.columns(['workspace_id', 'opening_id', 'clause']).doUpdateSet(said))
    .execute();
  const { isPact, ...grown } = await grow(sides, await choiceRows(tx, workspace, id));
  if (!isPact && take === 'new') {
    throw new HttpProblem(422, 'not_a_pact', 'With this clause it would be no pact: see "errors".', {
      errors: grown.findings.map(({ path, message }) => ({ path, message })),
    });
  }
  tell(deed, id, 'chosen', { clause, take });
  return grown;
}

/** Makes the draft. @throws HttpProblem 409 while a difference is open, 422 when the choices make no pact */
export async function settle(deed: Deed, caller: Caller, id: string): Promise<VersionKey> {
  const { tx, workspace, now } = deed;
  const row = await openingOf(tx, workspace, id, true);
  if (row.settled_at !== null)
    throw new HttpProblem(409, 'settled', 'There is a draft of both already: go on with that.');
  const sides = await sidesOf(tx, workspace, row);
  const choices = await choiceRows(tx, workspace, id);
  const open = differencesOf(sides.pacts).filter(
    ({ clause }) => !choices.some((one) => one.clause === clause),
  );
  if (open.length > 0) {
    throw new HttpProblem(
      409,
      'open_differences',
      `${open.length} differences are not chosen yet: see "errors".`,
      {
        errors: open.map(({ clause }) => ({ path: clause, message: `${nameClause(clause)} is open` })),
      },
    );
  }
  const { text, findings, isPact } = await grow(sides, choices);
  if (!isPact) {
    throw new HttpProblem(422, 'not_a_pact', 'What was chosen makes no pact together: see "errors".', {
      errors: findings.map(({ path, message }) => ({ path, message })),
    });
  }
  const sources = [text]; // each clause was chosen by who owns it
  const key =
    row.pact_id === null
      ? await beginPact(tx, caller, { text }, now)
      : await draft(tx, caller, row.pact_id, { text, sources, note: row.name }, now);
  await tx
    .updateTable('openings')
    .set({ settled_at: new Date(now), draft_pact: key.pact, draft_version: key.number })
    .where('workspace_id', '=', workspace)
    .where('id', '=', id)
    .execute();
  tell(deed, id, 'settled', { pact: key.pact, version: key.number });
  return key;
}
