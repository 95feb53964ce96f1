/** The joint review: due by itself, an agenda from the numbers, decisions that become drafts, minutes. */
import { beforeAll, describe, expect, it } from 'vitest';
import { dueOn, keepReviews } from '#features/reviews/due.ts';
import { withApi } from '#tests/support/api.ts';
import { withDatabase } from '#tests/support/db.ts';
import { DAY, Table, type Version } from './agreement-support.ts';
import { Acme } from './handoffs-support.ts';

const db = withDatabase();
const api = withApi(db);
let table: Table;

type Agenda = {
  kind: string;
  said: string;
  clause: string | null;
  part: number | null;
  of: number | null;
  rows: string | null;
}[];
type Shown = {
  id: string;
  due_on: string;
  standing: string;
  agenda: Agenda;
  made: object[];
  open: { text: string }[];
};

/** By the calendar of the pact. */
const day = (at: number) =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO('America/New_York').toPlainDate().toString();
const keep = () => keepReviews(db.database, api.now);
const sent = async (topic: string) => {
  const { rows } = await db.owner.query('SELECT id FROM outbox WHERE workspace_id = $1 AND topic = $2', [
    table.workspace,
    topic,
  ]);
  return rows.length;
};

describe('when it is due', () => {
  it.each<[string, Parameters<typeof dueOn>[0], string, string]>([
    ['by its cadence', { every: '90d' }, '2026-03-03', '2026-06-01'],
    ['on the day the pact names', { every: '90d', next: '2026-04-15' }, '2026-03-03', '2026-04-15'],
    [
      'by its cadence once that day is past',
      { every: '90d', next: '2026-02-15' },
      '2026-03-03',
      '2026-06-01',
    ],
  ])('%s', (_name, rules, last, wanted) => {
    expect(dueOn(rules, Date.parse(`${last}T12:00Z`), 'UTC')).toBe(wanted);
  });
});

describe('a review', () => {
  let review = '';

  beforeAll(async () => {
    table = await Table.open(api, db);
    await table.begin();
    await table.agree(1);
  });

  it('comes onto the calendar in time, and is reminded of once at each step', async () => {
    await keep();
    expect((await table.does<{ items: object[] }>('mia', 'GET /api/reviews')).items).toEqual([]);
    api.now += 77 * DAY;
    await Promise.all([keep(), keep()]);
    await keep();
    const { items } = await table.does<{ items: Shown[] }>('mia', 'GET /api/reviews');
    expect(items).toHaveLength(1);
    review = `/api/reviews/${items[0]!.id}`;
    expect(items[0]).toMatchObject({ standing: 'due', due_on: day(api.now + 13 * DAY), decisions: 0 });
    // To leads, managers and the facilitator.
    expect([await sent('mail.review'), await sent('pact.review_due')]).toEqual([4, 1]);
    api.now += 14 * DAY;
    await keep();
    await keep();
    expect([await sent('mail.review'), await sent('pact.review_due')]).toEqual([8, 2]);
    expect(await table.refused('anna', 'POST /api/pacts/:pact/reviews', { due_on: day(api.now) })).toBe(
      '409 due_already',
    );
  });

  it('holds the discussion, and decisions with whoever sees to them', async () => {
    const id = review.split('/').at(-1);
    await table.does('mia', `POST /api/threads/review/${id}/messages`, {
      kind: 'message',
      body: 'Size *matters*.\nDoes it?',
    });
    const given = {
      text: 'Count size for 25.',
      clause: 'profile.size',
      owner: table.ids.anna,
      due_on: day(api.now + 7 * DAY),
    };
    const decision = await table.does<{ id: string }>('sam', `POST ${review}/decisions`, given);
    expect(await table.refused('mia', `POST ${review}/decisions`, given)).toBe('403 forbidden');
    expect(await table.refused('sam', `POST ${review}/decisions`, { ...given, owner: table.pact })).toBe(
      '422 unknown_member',
    );
    const drafted = await table.does<{ version: Version }>(
      'anna',
      `POST /api/review-decisions/${decision.id}/draft`,
      {},
    );
    expect(drafted).toMatchObject({
      version: { number: 2, base: 1, note: 'Count size for 25.', standing: 'draft' },
    });
    expect(await table.refused('anna', `POST /api/review-decisions/${decision.id}/draft`, {})).toBe(
      '409 drafted',
    );
    expect(await table.refused('mia', `POST /api/review-decisions/${decision.id}/done`, {})).toBe(
      '403 not_yours',
    );
  });

  it('is closed with minutes that stay, and what is open comes up in the next', async () => {
    await table.does('fay', `POST ${review}/closing`, {});
    const { markdown } = await table.does<{ markdown: string }>('mia', `GET ${review}/minutes`);
    expect(markdown).toContain('# Review of Acme Industrial');
    expect(markdown).toContain('Size \\*matters\\*. Does it?');
    expect(markdown).toMatch(
      /- \[ \] Count size for 25\. \(The profile criterion size\) — \*\*anna.*\*\*, by \d.*; draft: version 2/,
    );
    expect(await table.refused('fay', `POST ${review}/closing`, {})).toBe('409 held');
    const next = await table.does<Shown>('sam', 'POST /api/pacts/:pact/reviews', {
      due_on: day(api.now + 30 * DAY),
    });
    expect(next.agenda.map(({ kind }) => kind)).toEqual(['open_decision']);
    expect(next.open.map(({ text }) => text)).toEqual(['Count size for 25.']);
    const { items } = await table.does<{ items: { id: string }[]; next: string }>(
      'mia',
      'GET /api/reviews?limit=1',
    );
    expect(items[0]!.id).toBe(next.id);
    expect((await table.does<{ markdown: string }>('mia', `GET ${review}/minutes`)).markdown).toBe(markdown);
  });
});

it('draws its agenda from the numbers: what came late, what was accused, disputed, and let through', async () => {
  const acme = await Acme.open(db.database, await db.newWorkspace());
  const hours = (n: number) => {
    acme.now += n * 3_600_000;
  };
  const [one, two] = [await acme.offered(), await acme.offered()];
  hours(1);
  for (const { handoff } of [one, two])
    await acme.call('sam', `POST /api/handoffs/${handoff}/return`, { reason: 'not_fit', note: 'Too small.' });
  await acme.call('anna', `POST /api/handoffs/${one.handoff}/dispute`, { text: 'They have 200 people.' });
  await acme.offered();
  hours(30);
  const [version] = await acme.rows<{ pact_id: string }>(
    'SELECT pact_id FROM versions WHERE workspace_id = $1',
  );
  const { agendaOf } = await import('#features/reviews/agenda.ts');
  const agenda: Agenda = await db.database.inWorkspace(acme.workspace, (_, query) =>
    agendaOf({
      query,
      workspace: acme.workspace,
      review: version!.pact_id,
      pact: version!.pact_id,
      from: acme.now - 7 * DAY,
      until: acme.now,
    }),
  );
  const found = (kind: string) => agenda.filter((one) => one.kind === kind);
  expect(found('clause_accused')).toMatchObject([
    { said: '2 of 2 returns accuse profile.', clause: 'profile', part: 2, of: 2 },
  ]);
  expect(found('dispute')).toMatchObject([
    { said: '1 return was appealed: 0 upheld, 0 overturned, 1 still to be ruled on.', of: 1 },
  ]);
  const late = found('term_missed');
  expect(late.length).toBeGreaterThan(0);
  expect(late[0]!.part).toBeLessThanOrEqual(late[0]!.of!);
  // The number opens its rows.
  const rows = new URL(`http://x${found('clause_accused')[0]!.rows}`);
  const listed = await acme.call('fay', `GET /api/handoffs${rows.search}`);
  expect((listed.items as object[]).length).toBe(2);
});
