import * as contract from '#contract/workspaces.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { actorOf, allow, type Caller } from '#features/people/policy.ts';
import { type House, type Route, serve } from '#features/serve.ts';
import type { Tx } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { readJournal, verifyPart } from './journal.ts';
import {
  type Hand,
  listApiKeys,
  listWriteKeys,
  makeApiKey,
  makeWriteKey,
  revokeApiKey,
  revokeWriteKey,
} from './keys.ts';
import { workspacePolicy } from './policy.ts';
import { changeWorkspace, showWorkspace } from './workspaces.ts';

type Verb = keyof typeof workspacePolicy;

const look = <T>(
  { database }: House,
  caller: Caller,
  verb: Verb,
  read: (tx: Tx) => Promise<T>,
): Promise<T> => {
  allow(workspacePolicy, verb, caller);
  return database.inWorkspace(caller.workspace, read, { readOnly: true });
};

const change = <T>(
  { database, clock }: House,
  caller: Caller,
  verb: Verb,
  work: (tx: Tx, hand: Hand, now: Instant) => Promise<T>,
): Promise<T> => {
  allow(workspacePolicy, verb, caller);
  const hand = { workspace: caller.workspace, actor: actorOf(caller) };
  const now = clock();
  return database.inWorkspace(caller.workspace, (tx) => work(tx, hand, now));
};

/** Whoever could make a key for somebody else could sign for both parties. */
function forSomebodyElse(caller: Caller): HttpProblem {
  allow(workspacePolicy, 'make_own_key', caller);
  return new HttpProblem(
    403,
    'not_yourself',
    'A key that acts for a member is made by that member, or with leadpact key by whoever runs the house.',
  );
}

export const workspaceRoutes: readonly Route[] = [
  serve(contract.showWorkspace, (house, caller) =>
    look(house, caller, 'read', (tx) => showWorkspace(tx, caller.workspace)),
  ),
  serve(contract.changeWorkspace, (house, caller, { body, ifMatch }) =>
    change(house, caller, 'change', (tx, hand, now) => changeWorkspace(tx, hand, body, ifMatch, now)),
  ),
  serve(contract.showMail, async ({ letters }, caller) => {
    allow(workspacePolicy, 'read', caller);
    return { sent: letters.mailed };
  }),
  serve(contract.listApiKeys, async (house, caller) => ({
    items: await look(house, caller, 'read_keys', (tx) => listApiKeys(tx, caller.workspace)),
  })),
  serve(contract.makeApiKey, (house, caller, { body: { expires_at, ...key } }) => {
    const expiresAt = expires_at === null ? null : Date.parse(expires_at);
    const verb = key.member !== null && key.member === caller.id ? 'make_own_key' : 'make_keys';
    if (key.member !== null && key.member !== caller.id) throw forSomebodyElse(caller);
    return change(house, caller, verb, (tx, hand, now) => makeApiKey(tx, hand, { ...key, expiresAt }, now));
  }),
  serve(contract.revokeApiKey, (house, caller, { params }) =>
    change(house, caller, 'make_keys', (tx, hand, now) => revokeApiKey(tx, hand, params.key, now)),
  ),
  serve(contract.listWriteKeys, async (house, caller) => ({
    items: await look(house, caller, 'read_keys', (tx) => listWriteKeys(tx, caller.workspace)),
  })),
  serve(contract.makeWriteKey, (house, caller, { body }) =>
    change(house, caller, 'make_keys', (tx, hand, now) => makeWriteKey(tx, hand, body, now)),
  ),
  serve(contract.revokeWriteKey, (house, caller, { params }) =>
    change(house, caller, 'make_keys', (tx, hand, now) => revokeWriteKey(tx, hand, params.key, now)),
  ),
  serve(contract.verifyJournal, ({ database }, caller, { query: { from, limit } }) => {
    allow(workspacePolicy, 'read_journal', caller);
    return database.inWorkspace(
      caller.workspace,
      (_, query) => verifyPart(query, caller.workspace, from, limit),
      {
        readOnly: true,
      },
    );
  }),
  serve(contract.readJournal, (house, caller, { query }) =>
    look(house, caller, 'read_journal', (tx) => readJournal(tx, caller.workspace, query)),
  ),
];
