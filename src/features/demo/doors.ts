import * as contract from '#contract/demo.ts';
import { type DoorHouse, type DoorRoute, serveDoor } from '#features/people/door.ts';
import { isUnclaimed } from '#features/people/joining.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { beginDemo, demoOf } from './demo.ts';
import { visit } from './visiting.ts';

export const demoDoors: readonly DoorRoute[] = [
  serveDoor(contract.showDemo, async (house) => ({ reply: await demoOf(house) })),

  serveDoor(contract.makeDemo, async (house, _, { token }) => {
    await mayBuild(house, token);
    const { state } = await demoOf(house);
    if (state === 'none' || state === 'failed') beginDemo(house);
    return { reply: await demoOf(house) };
  }),

  serveDoor(contract.visitDemo, async (house, _, { member }) => {
    const { workspace, cookies } = await visit(house, member);
    return { reply: { workspace, member }, cookies };
  }),
];

/** @throws HttpProblem 409 once somebody has set the installation up, unless the token of the first start is shown */
async function mayBuild(house: DoorHouse, token: string | undefined): Promise<void> {
  if (token !== undefined) house.letters.read('setup', token, house.clock());
  else if (!(await isUnclaimed(house))) {
    throw new HttpProblem(
      409,
      'set_up_already',
      'This installation was set up already: whoever runs it builds the demo with "leadpact demo".',
    );
  }
}
