/** The example company itself: its workspace, its people, and what the two sides agreed on. */
import type { Instant } from '#engine/facts/facts.ts';
import { bringIntoForce, propose, sign } from '#features/pacts/agreeing.ts';
import { amend } from '#features/pacts/amending.ts';
import { beginPact, draft, type VersionKey } from '#features/pacts/drafting.ts';
import { takeTurn } from '#features/pacts/turning.ts';
import type { Caller } from '#features/people/policy.ts';
import { tellNextLeads } from '#features/verdicts/rejudging.ts';
import type { Query, Tx } from '#platform/db/transaction.ts';
import { newId } from '#platform/ids.ts';
import { record } from '#platform/journal/journal.ts';
import { type CastName, cast, emailOf } from './cast.ts';
import { currentPact, fairPact, formerPact, nextPact } from './pacts.ts';

export type Place = { tx: Tx; query: Query; workspace: string };

const DAY = 86_400_000;
const HOUR = 3_600_000;
/** How long after the first version the present one came. */
const FIRST_HELD = 200 * DAY;

/** @param people the persons behind the members, by their names */
export async function foundCompany(
  { tx, workspace }: Place,
  at: Instant,
  people: ReadonlyMap<string, string>,
): Promise<Record<CastName, Caller>> {
  const day = new Date(at);
  await tx
    .insertInto('workspaces')
    .values({
      workspace_id: workspace,
      name: 'Acme Industrial (demo)',
      zone: 'Europe/Berlin',
      demo: true,
      created_at: day,
      settings: JSON.stringify({ demo_open: true }),
    })
    .execute();
  const members = cast.map(({ name, party, rank }) => ({
    workspace_id: workspace,
    id: newId(at),
    person_id: people.get(name)!,
    name,
    email: emailOf(name),
    party,
    rank,
    invited_at: day,
    joined_at: day,
  }));
  await tx.insertInto('members').values(members).execute();
  const system = { kind: 'system' } as const;
  await record(tx, workspace, [
    { at, actor: system, what: 'workspace.founded', subject: { kind: 'workspace', id: workspace } },
    ...members.map(({ id }) => ({
      at,
      actor: { kind: 'member', id } as const,
      what: 'member.joined',
      subject: { kind: 'member', id },
    })),
  ]);
  return Object.fromEntries(
    members.map(({ name, id, party, rank }) => [name, { kind: 'member', workspace, id, party, rank }]),
  ) as Record<CastName, Caller>;
}

type Sides = Readonly<Record<'Miriam Albrecht' | 'Henrik Vogel', Caller>>;

/**
 * A first version, the present one some months later, an amendment that sales made alone and that has lapsed, and a
 * draft that waits for sales.
 * @returns the pact
 */
export async function agree(place: Place, sides: Sides, from: Instant, now: Instant): Promise<string> {
  const { tx, query, workspace } = place;
  const author = sides['Miriam Albrecht'];
  const first = await beginPact(tx, author, { text: formerPact(now) }, from);
  await bringAbout(place, sides, first, from + HOUR);
  const { pact } = first;
  const amended = from + FIRST_HELD;
  const note = 'More interest before a hand-over; sales gets an hour for hot ones, and keeps it.';
  const second = await draft(tx, author, pact, { text: currentPact(now), base: 1, note }, amended);
  await bringAbout(place, sides, second, amended + 2 * DAY);
  const fair = now - 80 * DAY;
  const reason = 'Half of us stand at the fair for ten days: two hours for hot ones, and then one again.';
  const alone = { text: fairPact(now), reason, until: fair + 10 * DAY };
  const third = await amend(tx, sides['Henrik Vogel'], pact, alone, fair);
  await turn(place, third, 'in_force', fair);
  await turn(place, third, 'lapsed', alone.until);
  for (const _ of ['in force', 'lapsed']) await tellNextLeads(query, workspace, 1);
  const proposed = now - 3 * DAY;
  const why = 'The bought list has been offered for a year and has never won: it counts as bad from now on.';
  const last = await draft(tx, author, pact, { text: nextPact(now), base: 2, note: why }, proposed);
  await propose(tx, author, last, proposed + HOUR);
  await sign(tx, author, last, await digestOf(place, last), proposed + 2 * HOUR);
  return pact;
}

async function bringAbout(place: Place, sides: Sides, key: VersionKey, at: Instant): Promise<void> {
  const { tx, query, workspace } = place;
  await propose(tx, sides['Miriam Albrecht'], key, at);
  const digest = await digestOf(place, key);
  await sign(tx, sides['Miriam Albrecht'], key, digest, at + HOUR);
  await sign(tx, sides['Henrik Vogel'], key, digest, at + 2 * HOUR);
  const signed = at + 3 * HOUR;
  await bringIntoForce(tx, sides['Henrik Vogel'], key, { from: signed, until: null }, signed);
  await turn(place, key, 'in_force', signed);
  await tellNextLeads(query, workspace, 1); // there are no leads yet: nobody is to be judged again
}

/** Tells on the day that a version holds from now on, or does no longer. */
const turn = (
  { tx, workspace }: Place,
  { pact, number }: VersionKey,
  turn: 'in_force' | 'lapsed',
  at: Instant,
): Promise<boolean> =>
  takeTurn(tx, { workspace_id: workspace, pact_id: pact, version: number, turn, due_at: new Date(at) }, at);

async function digestOf({ tx, workspace }: Place, { pact, number }: VersionKey): Promise<string> {
  const { digest } = await tx
    .selectFrom('versions')
    .select('digest')
    .where('workspace_id', '=', workspace)
    .where('pact_id', '=', pact)
    .where('number', '=', number)
    .executeTakeFirstOrThrow();
  return digest;
}
