/** Builds the demo workspace: the example company, whole, in one transaction. Nobody sees half of it. */
import type { Instant } from '#engine/facts/facts.ts';
import { beginImport, finishImport, keepProgress } from '#features/imports/ledger.ts';
import type { DoorHouse } from '#features/people/door.ts';
import { findPerson, makePerson } from '#features/people/persons.ts';
import { makeWriteKey } from '#features/workspaces/keys.ts';
import { newId } from '#platform/ids.ts';
import { cast, emailOf } from './cast.ts';
import { agree, foundCompany, type Place } from './company.ts';
import { convene, labelBlind } from './deliberating.ts';
import { History, type Stage } from './history.ts';
import { type DemoLead, portions, writeLeads } from './leads.ts';
import { leaveOpen } from './leaving.ts';
import { beginningOf, type Mover, moverTo } from './present.ts';
import { type Size, simulate, type Told } from './simulation/simulate.ts';
import { talkAbout } from './talking.ts';
import { passwordOf } from './visiting.ts';

/** Another seed tells another story with the same truths. */
const STORY = { seed: 15, leads: 1_000, activities: 9 };
/** Any number, the same in every Leadpact: of several who begin at once one builds, the others find it built. */
const DEMO_LOCK = 4_611_740;
const STATEMENT_TIMEOUT = 60_000;
const DAY = 86_400_000;
const FOLDED_AT_ONCE = 200;
/** For how long it has been running, and how many times as many come as before. */
const CAMPAIGN = { days: 16, times: 5 };

/** How far it is, 0 … 1. */
export type Tell = (share: number) => void;

/** @returns the workspace; null when there is a demo already */
export async function buildDemo(house: DoorHouse, tell: Tell, leads = STORY.leads): Promise<string | null> {
  const { database, clock } = house;
  const now = clock();
  const people = await gatherPeople(house);
  const workspace = newId(now);
  return database.inWorkspace(
    workspace,
    async (tx, query) => {
      await query('SELECT pg_advisory_xact_lock($1)', [DEMO_LOCK]);
      await query("SET LOCAL app.scan = 'on'");
      const there = await query('SELECT FROM workspaces WHERE demo LIMIT 1');
      if (there.length > 0) return null;
      await query("SET LOCAL app.scan = 'off'");
      // Of what one transaction has just filled the planner knows nothing yet, and takes it for empty.
      await query('SET LOCAL enable_seqscan = off');
      await query('SET LOCAL jit = off');
      await stageAll({ tx, query, workspace }, { now, people, leads, tell });
      return workspace;
    },
    { statementTimeout: STATEMENT_TIMEOUT, line: true },
  );
}

type Wish = { now: Instant; people: ReadonlyMap<string, string>; leads: number; tell: Tell };

async function stageAll(place: Place, { now, people, leads: count, tell }: Wish): Promise<void> {
  const { tx, query, workspace } = place;
  const move = moverTo(now);
  const from = beginningOf(move) - 5 * DAY;
  const members = await foundCompany(place, from, people);
  const pact = await agree(place, members, from, now);
  const keys = { workspace, actor: { kind: 'member', id: members['Ingrid Falk'].id } } as const;
  await makeWriteKey(tx, keys, { name: 'Website', trust: 'browser' }, from);
  const story = { ...STORY, leads: count };
  const leads = await writeLeads({ ...place, now }, talesOf(story, move, now), move);
  await keepImport(place, members['Paul Neumann'].id, leads, now);
  tell(0.1);
  await query('SELECT system.learn_sizes()');
  const stage: Stage = { ...place, now, members, move, seed: story.seed };
  const history = await History.begin(stage, leads);
  convene(history, stage, pact);
  tell(0.2);
  await history.unfold((at) => tell(0.2 + (0.6 * (at - from)) / (now - from)));
  await talkAbout(history, stage);
  let done = 0;
  for (const some of portions(leads, FOLDED_AT_ONCE)) {
    await history.fold(
      some.map(({ number }) => number),
      now,
    );
    done += some.length;
    tell(0.8 + (0.2 * done) / leads.length);
  }
  await labelBlind(history, stage);
  await leaveOpen(history, stage);
  await history.settle();
}

/** The example's leads, and those of a campaign that has just begun: so that there is something to do today. */
function* talesOf(story: Size, move: Mover, now: Instant): Generator<Told> {
  yield* simulate(story);
  const campaign = { ...story, seed: story.seed + 1, leads: story.leads * CAMPAIGN.times };
  for (const told of simulate(campaign)) {
    if (move(told.person.createdAt) > now - CAMPAIGN.days * DAY) yield { ...told, id: `C${told.id}` };
  }
}

/** Where the leads came from, as the imports show it. */
async function keepImport(
  place: Place,
  member: string,
  leads: readonly DemoLead[],
  now: Instant,
): Promise<void> {
  const at = now - 6 * DAY;
  const scope = { ...place, now: at };
  const begun = await beginImport(scope, {
    kind: 'leads',
    name: 'contacts-crm.csv',
    digest: 'demo:contacts',
    how: { system: 'crm' },
    member,
  });
  const accepted = leads.filter(({ createdAt }) => createdAt < at).length;
  const reject = (line: number, found: string) => ({
    file: 'contacts-crm.csv',
    line,
    column: 'email',
    found,
    wanted: 'an id or an e-mail address',
    row: `,${found},,`,
  });
  const rejects = [reject(118, 'nothing'), reject(903, 'n/a'), reject(1_410, 'nothing')];
  await keepProgress(scope, begun.id, { read: accepted + rejects.length, accepted }, rejects);
  await finishImport(scope, begun.id);
}

/** Persons are kept apart from workspaces, and are made once. They sign in with nothing that anybody knows. */
async function gatherPeople(house: DoorHouse): Promise<Map<string, string>> {
  const found = await Promise.all(
    cast.map(async ({ name }): Promise<[string, string]> => {
      const email = emailOf(name);
      const made = await makePerson(house, { name, email, password: passwordOf(house.letters, email) });
      const person = made ?? (await findPerson(house, email));
      return [name, person!.id];
    }),
  );
  return new Map(found);
}
