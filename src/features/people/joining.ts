/** How one gets in: as the first of an installation, or by invitation. */
import type { Instant } from '#engine/facts/facts.ts';
import { closeDemo, DEMO_MAIL } from '#features/workspaces/demo.ts';
import { changeWorkspace, foundWorkspace, listWorkspaces } from '#features/workspaces/workspaces.ts';
import type { Tx } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { newId } from '#platform/ids.ts';
import { record } from '#platform/journal/journal.ts';
import type { DoorHouse } from './door.ts';
import { type Letters, voidToken } from './letters.ts';
import { type Doorkeeper, makePerson, type Person, proveSelf } from './persons.ts';

/** What `start` prints while nobody can sign in yet: whoever sees it runs this machine. */
export const setupLink = (letters: Letters): string =>
  letters.link('setup', letters.write('setup', { ids: [], moment: 0 }, Number.MAX_SAFE_INTEGER));

/** Whether nobody can sign in yet, but for visitors of the demo. */
export async function isUnclaimed({ database }: Pick<Doorkeeper, 'database'>): Promise<boolean> {
  const anybody = await database.atTheDoor((_, query) =>
    query('SELECT FROM people.persons WHERE right(email, length($1)) <> $1 LIMIT 1', [DEMO_MAIL]),
  );
  return anybody.length === 0;
}

export type FirstSteps = {
  token: string;
  workspace: { name: string; zone: string };
  person: { name: string; email: string; password: string };
};
export type Place = { workspace: string; member: string };

/** The first workspace, called as they want it, and its first member: a facilitator who manages it. */
export async function setUp(house: DoorHouse, { token, workspace, person }: FirstSteps): Promise<Place> {
  const { database, clock, letters } = house;
  const now = clock();
  letters.read('setup', token, now);
  if (!(await isUnclaimed(house))) throw claimed();
  const there = (await listWorkspaces(database)).find(({ demo }) => !demo);
  if (there) await nameWorkspace(database, there.id, workspace, now);
  const founded = there?.id ?? (await foundWorkspace(database, workspace, now));
  const first = await makePerson(house, person);
  if (!first) throw claimed();
  await closeDemo(database);
  return { workspace: founded, member: await letIn(house, founded, first) };
}

const nameWorkspace = (
  database: Doorkeeper['database'],
  id: string,
  wanted: FirstSteps['workspace'],
  now: Instant,
): Promise<unknown> =>
  database.inWorkspace(id, (tx) =>
    changeWorkspace(tx, { workspace: id, actor: { kind: 'system' } }, wanted, null, now),
  );

const claimed = (): HttpProblem =>
  new HttpProblem(
    409,
    'set_up_already',
    'This installation was set up already: sign in, or ask to be invited.',
  );

/** Makes a person a manager of a workspace, without a party: the facilitator who founds it. */
function letIn({ database, clock }: Doorkeeper, workspace: string, person: Person): Promise<string> {
  const now = clock();
  return database.inWorkspace(workspace, async (tx) => {
    const id = newId(now);
    const at = new Date(now);
    await tx
      .insertInto('members')
      .values({
        workspace_id: workspace,
        id,
        person_id: person.id,
        name: person.name,
        email: person.email,
        rank: 'manager',
        invited_at: at,
        joined_at: at,
      })
      .execute();
    await tellJoined(tx, workspace, id, now);
    return id;
  });
}

export type Joining = { token: string; name?: string; password: string };

/** Accepts an invitation. Interrupted and done again it comes to the same end. */
export async function join(house: DoorHouse, address: string, joining: Joining): Promise<Place> {
  const { database, clock, letters } = house;
  const now = clock();
  const { ids, moment } = letters.read('invitation', joining.token, now);
  const [workspace = '', member = ''] = ids;
  const invited = await database.inWorkspace(workspace, (tx) => findInvited(tx, workspace, member, moment));
  const { email, password } = { email: invited.email, password: joining.password };
  const made = await makePerson(house, { name: joining.name ?? invited.name, email, password });
  const person = made ?? (await proveSelf(house, { email, password, address }));
  await database.inWorkspace(workspace, async (tx) => {
    await findInvited(tx, workspace, member, moment);
    await tx
      .updateTable('members')
      .set({ person_id: person.id, joined_at: new Date(now), ...(joining.name && { name: joining.name }) })
      .where('workspace_id', '=', workspace)
      .where('id', '=', member)
      .execute();
    await tellJoined(tx, workspace, member, now);
  });
  return { workspace, member };
}

async function findInvited(
  tx: Tx,
  workspace: string,
  id: string,
  moment: Instant,
): Promise<{ name: string; email: string }> {
  const member = await tx
    .selectFrom('members')
    .select(['name', 'email'])
    .where('workspace_id', '=', workspace)
    .where('id', '=', id)
    .where('invited_at', '=', new Date(moment))
    .where('joined_at', 'is', null)
    .where('left_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (!member) throw voidToken();
  return member;
}

const tellJoined = (tx: Tx, workspace: string, id: string, at: Instant): Promise<void> =>
  record(tx, workspace, [
    { at, actor: { kind: 'member', id }, what: 'member.joined', subject: { kind: 'member', id } },
  ]);
