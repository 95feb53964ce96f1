import * as contract from '#contract/preferences.ts';
import { type Route, serve } from '#features/serve.ts';
import { allow, aMember, type Policy } from './policy.ts';
import { setPreferences, showPreferences } from './preferences.ts';

/** Everybody's own, and nobody else's. */
const policy: Policy<'read' | 'write'> = { read: aMember(), write: aMember() };

export const preferenceRoutes: readonly Route[] = [
  serve(contract.showPreferences, async ({ database }, caller) => {
    allow(policy, 'read', caller);
    return database.inWorkspace(caller.workspace, (tx) => showPreferences(tx, caller), { readOnly: true });
  }),
  serve(contract.changePreferences, async ({ database }, caller, { body }) => {
    allow(policy, 'write', caller);
    return database.inWorkspace(caller.workspace, (tx) => setPreferences(tx, caller, body));
  }),
];
