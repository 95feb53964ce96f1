/** The demo workspace from outside: whether there is one, building it, opening and closing it. */
import type { Demo } from '#contract/demo.ts';
import type { DoorHouse } from '#features/people/door.ts';
import { isUnclaimed } from '#features/people/joining.ts';
import { findDemo, setDemoOpen } from '#features/workspaces/demo.ts';
import type { Database } from '#platform/db/database.ts';
import { messageOf } from '#platform/errors.ts';
import { cast } from './cast.ts';

/** What this process is building, by database. */
type Building = { progress: number; error: string | null; done: Promise<void> };
const buildings = new WeakMap<Database, Building>();

/** How it stands, for whoever stands at the door. */
export async function demoOf(house: DoorHouse): Promise<Demo> {
  const { database } = house;
  const open = await isUnclaimed(house);
  const found = await findDemo(database);
  const common = { open, error: null, workspace: found?.id ?? null, members: [] };
  if (found !== null && !found.isOpen) return { ...common, state: 'closed', progress: 1 };
  if (found !== null)
    return {
      ...common,
      open: true,
      state: 'ready',
      progress: 1,
      members: await visitable(database, found.id),
    };
  const building = buildings.get(database);
  if (building === undefined) return { ...common, state: 'none', progress: 0 };
  const { progress, error } = building;
  return { ...common, state: error === null ? 'building' : 'failed', progress, error };
}

const visitable = (database: Database, workspace: string): Promise<Demo['members']> =>
  database.inWorkspace(workspace, async (tx) => {
    const members = await tx
      .selectFrom('members')
      .select(['id', 'name', 'party', 'rank'])
      .where('workspace_id', '=', workspace)
      .where('left_at', 'is', null)
      .execute();
    return cast.flatMap(({ name, about }) => {
      const member = members.find((one) => one.name === name);
      return member === undefined ? [] : [{ ...member, about }];
    });
  });

/** Begins to build the demo, unless it is there or under way. What goes wrong is told by `demoOf`. */
export function beginDemo(house: DoorHouse): void {
  const { database } = house;
  const before = buildings.get(database);
  if (before !== undefined && before.error === null) return;
  const building: Building = { progress: 0, error: null, done: Promise.resolve() };
  buildings.set(database, building);
  building.done = makeDemo(house, (share) => {
    building.progress = Math.max(building.progress, share);
  }).then(
    () => {
      buildings.delete(database);
    },
    (error: unknown) => {
      building.error = messageOf(error);
    },
  );
}

/** Builds the demo and waits for it; one that is there is opened again. */
export async function makeDemo(house: DoorHouse, tell: (share: number) => void): Promise<string> {
  const { buildDemo } = await import('./build.ts'); // a company and its history: not for every start
  const built = await buildDemo(house, tell);
  if (built !== null) return built;
  const found = await findDemo(house.database);
  await setDemoOpen(house.database, found!.id, true);
  return found!.id;
}
