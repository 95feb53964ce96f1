/** Going into the demo as one of its members. */
import { hash } from 'node:crypto';
import type { DoorHouse } from '#features/people/door.ts';
import type { Letters } from '#features/people/letters.ts';
import { openDemo } from '#features/workspaces/demo.ts';
import { HttpProblem } from '#platform/http/problem.ts';

/** What a member of the demo signs in with: worked out from the installation's secret, and told to nobody. */
export const passwordOf = (letters: Letters, email: string): string =>
  hash('sha256', letters.write('demo', { ids: [email], moment: 0 }, 0));

export type Visit = { workspace: string; cookies: string[] };

/** @throws HttpProblem 404 for somebody who is no member of the demo, 409 when it cannot be visited */
export async function visit({ database, auth, letters }: DoorHouse, member: string): Promise<Visit> {
  const workspace = await openDemo(database);
  const [found] = await database.inWorkspace(workspace, (_, query) =>
    query<{ email: string }>('SELECT email FROM members WHERE workspace_id = $1 AND id = $2', [
      workspace,
      member,
    ]),
  );
  if (found === undefined)
    throw new HttpProblem(404, 'not_found', 'The demo company has no member of that id.');
  const { email } = found;
  const { api } = await auth();
  const { headers } = await api.signInEmail({
    body: { email, password: passwordOf(letters, email) },
    headers: new Headers(),
    returnHeaders: true,
  });
  return { workspace, cookies: headers.getSetCookie() };
}
