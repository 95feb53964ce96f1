/** A draft held to a real lead: this one must be an MQL, or must not. */
import type { Instant } from '#engine/facts/facts.ts';
import { goldenOf } from '#engine/pact/examine.ts';
import { goldenFrom } from '#engine/pact/golden-lead.ts';
import type { GoldenLead } from '#engine/pact/pact.ts';
import { numberOf } from '#features/leads/show.ts';
import type { Caller } from '#features/people/policy.ts';
import { factsOf, readLedgers } from '#features/verdicts/ledger.ts';
import type { Query, Tx } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { headAmong, standingsOf } from './base.ts';
import { draft, heldDraft, lockPact, readText, revise, type VersionKey } from './drafting.ts';
import { edited } from './editing.ts';

export type Held = {
  lead: string;
  expect: GoldenLead['expect'];
  text?: string | undefined;
  /** The draft it goes into; a new one on what was last agreed upon when left out. */
  version?: number | undefined;
};

/** Adds a lead as it stands now to a draft's golden leads. @returns the draft, and what it says of the lead */
export async function holdTo(
  tx: Tx,
  query: Query,
  caller: Caller,
  pact: string,
  { lead, expect, text, version }: Held,
  at: Instant,
): Promise<{ key: VersionKey; golden: ReturnType<typeof goldenOf>[number] }> {
  await lockPact(tx, caller, pact);
  const number = await numberOf(query, caller.workspace, lead);
  const ledger = (await readLedgers(query, caller.workspace, [number])).get(number)!;
  const from = version === undefined ? null : await heldDraft(tx, caller, { pact, number: version });
  const before = from?.text ?? (await agreedText(tx, caller, pact));
  const { pact: read } = await readText(before);
  const golden = goldenFrom(read, factsOf(ledger), at, { expect, ...(text !== undefined && { text }) });
  const { text: after } = await edited(before, [{ do: 'add', at: ['golden'], value: golden }]);
  const last = goldenOf((await readText(after)).pact).at(-1)!;
  if (from === null) return { key: await draft(tx, caller, pact, { text: after }, at), golden: last };
  const key = { pact, number: version! };
  await revise(tx, caller, key, { text: after, revision: from.revision }, at);
  return { key, golden: last };
}

/** The text both last agreed upon. */
async function agreedText(tx: Tx, { workspace }: Caller, pact: string): Promise<string> {
  const head = headAmong(await standingsOf(tx, workspace, pact));
  if (head === undefined) {
    throw new HttpProblem(
      409,
      'nothing_in_force',
      'No version is agreed upon yet: say which draft it goes into.',
    );
  }
  const { text } = await tx
    .selectFrom('versions')
    .select('text')
    .where('workspace_id', '=', workspace)
    .where('pact_id', '=', pact)
    .where('number', '=', head.number)
    .executeTakeFirstOrThrow();
  return text;
}
