import * as contract from '#contract/personal-data.ts';
import { deedOf } from '#features/handoffs/deed.ts';
import { allow, memberOf } from '#features/people/policy.ts';
import { type Route, serve } from '#features/serve.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { erase } from './erasing.ts';
import { exportOf } from './exporting.ts';
import { personalDataPolicy } from './policy.ts';
import { setRetention, showRetention } from './retention.ts';

export const personalDataRoutes: readonly Route[] = [
  serve(contract.eraseLead, async (house, caller, { params: { id }, body: { reason, confirm } }) => {
    allow(personalDataPolicy, 'erase', caller);
    if (confirm !== id)
      throw new HttpProblem(
        422,
        'not_confirmed',
        'Erasing is not undone: say the id of the lead once more, as "confirm".',
        { errors: [{ path: 'confirm', message: `found ${confirm}, wanted ${id}` }] },
      );
    return deedOf(house, caller, (deed) => erase(deed, memberOf(caller), id, reason));
  }),
  serve(contract.exportPerson, async ({ database, clock }, caller, { params: { id } }) => {
    allow(personalDataPolicy, 'export', caller);
    const { workspace } = caller;
    return database.inWorkspace(workspace, (_, query) => exportOf(query, workspace, id, clock()), {
      readOnly: true,
    });
  }),
  serve(contract.showRetention, async ({ database }, caller) => {
    allow(personalDataPolicy, 'read_retention', caller);
    const { workspace } = caller;
    return database.inWorkspace(workspace, (_, query) => showRetention(query, workspace), { readOnly: true });
  }),
  serve(contract.changeRetention, async (house, caller, { body }) => {
    allow(personalDataPolicy, 'set_retention', caller);
    return deedOf(house, caller, async (deed) => {
      await setRetention(deed.query, deed.workspace, body);
      const subject = { kind: 'workspace', id: deed.workspace };
      deed.journal({ at: deed.now, what: 'workspace.retention', subject, data: body });
      return body;
    });
  }),
];
