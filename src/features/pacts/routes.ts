import * as contract from '#contract/pacts.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { requireMatch } from '#features/etag.ts';
import { allow, type Caller } from '#features/people/policy.ts';
import { type House, type Route, serve } from '#features/serve.ts';
import type { Tx } from '#platform/db/transaction.ts';
import { bringIntoForce, decline, propose, sign } from './agreeing.ts';
import { amend } from './amending.ts';
import { beginPact, draft, heldDraft, revise, type VersionKey } from './drafting.ts';
import { pactPolicy } from './policy.ts';
import { listPacts, showSignature, showVersion, summaryOf } from './queries.ts';
import { reopen, withdraw } from './taking-back.ts';

type Verb = keyof typeof pactPolicy;

/** A verb on a version, answered with what has become of it. */
const change = async (
  { database, clock }: House,
  caller: Caller,
  verb: Verb,
  work: (tx: Tx, now: Instant) => Promise<VersionKey>,
): Promise<contract.VersionSummary> => {
  allow(pactPolicy, verb, caller);
  const now = clock();
  return database.inWorkspace(caller.workspace, async (tx) => {
    const key = await work(tx, now);
    return summaryOf(tx, caller.workspace, key, now);
  });
};

export const pactRoutes: readonly Route[] = [
  serve(contract.listPacts, async ({ database, clock }, caller) => {
    allow(pactPolicy, 'read', caller);
    const items = await database.inWorkspace(
      caller.workspace,
      (tx) => listPacts(tx, caller.workspace, clock()),
      {
        readOnly: true,
      },
    );
    return { items };
  }),

  serve(contract.beginPact, async (house, caller, { body }) => {
    let id = '';
    const version = await change(house, caller, 'draft', async (tx, now) => {
      const key = await beginPact(tx, caller, body, now);
      id = key.pact;
      return key;
    });
    return { id, version };
  }),

  serve(contract.showVersion, async ({ database, clock }, caller, { params }) => {
    allow(pactPolicy, 'read', caller);
    return database.inWorkspace(
      caller.workspace,
      (tx) => showVersion(tx, caller.workspace, params, clock()),
      {
        readOnly: true,
      },
    );
  }),

  serve(contract.draftVersion, (house, caller, { params, body }) =>
    change(house, caller, 'draft', (tx, now) => draft(tx, caller, params.pact, body, now)),
  ),

  serve(contract.reviseVersion, (house, caller, { params, body, ifMatch }) =>
    change(house, caller, 'draft', async (tx, now) => {
      requireMatch(ifMatch, await heldDraft(tx, caller, params));
      await revise(tx, caller, params, body, now);
      return params;
    }),
  ),

  serve(contract.proposeVersion, (house, caller, { params, body: { from } }) =>
    change(house, caller, 'propose', async (tx, now) => {
      await propose(tx, caller, params, now, from === undefined ? null : Date.parse(from));
      return params;
    }),
  ),

  serve(contract.signVersion, (house, caller, { params, body }) =>
    change(house, caller, 'sign', async (tx, now) => {
      await sign(tx, caller, params, body.digest, now);
      return params;
    }),
  ),

  serve(contract.declineVersion, (house, caller, { params, body }) =>
    change(house, caller, 'decline', async (tx, now) => {
      await decline(tx, caller, params, body, now);
      return params;
    }),
  ),

  serve(contract.withdrawVersion, (house, caller, { params, body: { reason = null } }) =>
    change(house, caller, 'withdraw', async (tx, now) => {
      await withdraw(tx, caller, params, reason, now);
      return params;
    }),
  ),

  serve(contract.reopenVersion, async ({ database, clock }, caller, { params, body }) => {
    allow(pactPolicy, 'reopen', caller);
    const now = clock();
    return database.inWorkspace(caller.workspace, async (tx) => {
      const { key, voided, said } = await reopen(tx, caller, params, body, now);
      const version = await summaryOf(tx, caller.workspace, key, now);
      return { version, voided: voided.map((one) => showSignature(one, true)), said };
    });
  }),

  serve(contract.amendPact, (house, caller, { params, body: { text, reason, until } }) =>
    change(house, caller, 'amend', (tx, now) =>
      amend(tx, caller, params.pact, { text, reason, until: Date.parse(until) }, now),
    ),
  ),

  serve(contract.bringVersionIntoForce, (house, caller, { params, body }) =>
    change(house, caller, 'bring_into_force', async (tx, now) => {
      const from = body.from === undefined ? now : Date.parse(body.from);
      const until = body.until === undefined ? null : Date.parse(body.until);
      await bringIntoForce(tx, caller, params, { from, until }, now);
      return params;
    }),
  ),
];
