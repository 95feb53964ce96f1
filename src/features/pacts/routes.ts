import * as contract from '#contract/pacts.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { allow, type Caller } from '#features/people/policy.ts';
import { type House, type Route, serve } from '#features/serve.ts';
import type { Tx } from '#platform/db/transaction.ts';
import { bringIntoForce, propose, sign } from './agreeing.ts';
import { beginPact, draft, revise, type VersionKey } from './drafting.ts';
import { pactPolicy } from './policy.ts';
import { listPacts, showVersion } from './queries.ts';

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
    const {
      text: _text,
      findings: _findings,
      ...summary
    } = await showVersion(tx, caller.workspace, key, now);
    return summary;
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

  serve(contract.reviseVersion, (house, caller, { params, body }) =>
    change(house, caller, 'draft', async (tx, now) => {
      await revise(tx, caller, params, body, now);
      return params;
    }),
  ),

  serve(contract.proposeVersion, (house, caller, { params }) =>
    change(house, caller, 'propose', async (tx, now) => {
      await propose(tx, caller, params, now);
      return params;
    }),
  ),

  serve(contract.signVersion, (house, caller, { params, body }) =>
    change(house, caller, 'sign', async (tx, now) => {
      await sign(tx, caller, params, body.digest, now);
      return params;
    }),
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
