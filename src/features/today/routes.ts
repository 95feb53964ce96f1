import { showToday } from '#contract/today.ts';
import { handoffPolicy } from '#features/handoffs/policy.ts';
import { allow } from '#features/people/policy.ts';
import { type Route, serve } from '#features/serve.ts';
import { todayOf } from './today.ts';

export const todayRoutes: readonly Route[] = [
  serve(showToday, async ({ database, clock }, caller) => {
    allow(handoffPolicy, 'read', caller);
    return database.inWorkspace(caller.workspace, (_, query) => todayOf(query, caller, clock()), {
      readOnly: true,
    });
  }),
];
