/** What won and lost deals say of the pact: studied in the background, on the agenda, and a draft for both to sign. */
import { beforeAll, expect, it } from 'vitest';
import type { Lessons } from '#contract/lessons.ts';
import { seededRandom } from '#engine/calibration/random.ts';
import { keepLessons } from '#features/reviews/learning/lessons.ts';
import { newId } from '#platform/ids.ts';
import { withApi } from '#tests/support/api.ts';
import { withDatabase } from '#tests/support/db.ts';
import { DAY, Table, TEXT, type Version } from './agreement-support.ts';
import { meet, takeIn } from './verdicts-support.ts';

const db = withDatabase();
const api = withApi(db);
const LEADS = 900;
let table: Table;
let review = '';

/** Size counts four times what Germany does, and won leads care for neither more than for a partner's word. */
const PACT = TEXT.replace(
  'interest:  ',
  '  - { id: germany, text: From Germany., when: { attribute: country, is: DE }, points: 20 }\ninterest:  ',
);

const lessons = async () =>
  (await table.does<{ lessons: Lessons | null }>('mia', `GET ${review}/lessons`)).lessons;
const study = async (): Promise<Lessons> => {
  await table.does('mia', `POST ${review}/lessons`, {});
  await expect.poll(async () => (await lessons())?.state, { timeout: 60_000 }).not.toBe('running');
  return (await lessons())!;
};
type Agenda = { agenda: { kind: string; said: string; clause: string | null }[] };
const agenda = async (kind: string) =>
  (await table.does<Agenda>('sam', `GET ${review}`)).agenda.filter((one) => one.kind === kind);

/** Leads of a hundred days, of which big ones and partners' are won more often; of late there are few big ones. */
async function arrive(
  first: number,
  count: number,
  born: (i: number) => number,
  isBig: (n: number) => boolean,
) {
  const random = seededRandom(first);
  const numbers = Array.from({ length: count }, (_, i) => first + i);
  const drawn = numbers.map((number, i) => {
    const big = isBig(random());
    const [german, partner] = [random() < 0.5, random() < 0.3];
    const won = random() < 0.1 + (big ? 0.45 : 0) + (partner ? 0.3 : 0);
    const values = {
      email: `l${number}@x.example`,
      account: { employees: big ? 200 : 10 },
      country: german ? 'DE' : 'FR',
      source: partner ? 'partner' : 'search',
    };
    return { lead: number, at: born(i), values, won };
  });
  for (const { lead, at } of drawn) await meet(db.database, table.workspace, 1, at, lead);
  await takeIn(
    db.database,
    table.workspace,
    drawn.map(({ won: _won, ...news }) => news),
  );
  await db.database.inWorkspace(table.workspace, (tx) =>
    tx
      .insertInto('deals')
      .values(
        drawn.map(({ lead, at, won }) => ({
          workspace_id: table.workspace,
          id: newId(at),
          lead,
          origin: 'import' as const,
          opened_at: new Date(at + DAY),
          outcome: won ? ('won' as const) : ('lost' as const),
          closed_at: new Date(at + 20 * DAY),
        })),
      )
      .execute(),
  );
}

beforeAll(async () => {
  table = await Table.open(api, db);
  api.now -= 30 * DAY;
  await table.begin(PACT);
  await table.agree(1);
  api.now += 30 * DAY;
  await db.database.inWorkspace(table.workspace, (tx) =>
    tx.insertInto('lead_counters').values({ workspace_id: table.workspace, last: LEADS }).execute(),
  );
  const { id } = await table.does<{ id: string }>('sam', 'POST /api/pacts/:pact/reviews', {
    due_on: new Date(api.now + 3 * DAY).toISOString().slice(0, 10),
  });
  review = `/api/reviews/${id}`;
});

it('too few of them are told, with how many more there must be', async () => {
  expect(await lessons()).toBeNull();
  const house = { database: db.database, clock: () => api.now };
  await keepLessons(house);
  const kept = await lessons();
  expect(kept).toMatchObject({ state: 'done', progress: 1 });
  await keepLessons(house); // once a day
  expect(await lessons()).toEqual(kept);
  const { state, learnt } = await study();
  expect([state, learnt!.suggestions]).toEqual(['done', []]);
  expect(learnt!.refusal).toMatch(
    /^Not enough evidence yet: 0 won leads and 0 lost\. A proposal needs 25 more won leads/,
  );
  expect(learnt!.drift[0]!.said).toContain('200 on each side are needed');
  expect([...(await agenda('drift')), ...(await agenda('suggestion'))]).toEqual([]);
});

it('are on the agenda with their evidence, and become a draft for both', async () => {
  const since = api.now - 30 * DAY;
  await arrive(
    1,
    600,
    (i) => since - 90 * DAY + (i * 90 * DAY) / 600,
    (n) => n < 0.5,
  );
  await arrive(
    601,
    300,
    (i) => since + (i * 29 * DAY) / 300,
    (n) => n < 0.2,
  );
  expect(await lessons()).toMatchObject({ stale: true });
  const found = await study();
  expect(found).toMatchObject({ state: 'done', stale: false, progress: 1, error: null, version: 1 });
  const { learnt } = found;
  expect(learnt).toMatchObject({
    leads: LEADS,
    decided: LEADS,
    refusal: null,
    trial: { older: 600, newer: 300 },
  });
  expect(await agenda('drift')).toContainEqual(
    expect.objectContaining({
      clause: 'profile.size',
      said: expect.stringContaining('Fewer leads meet size'),
    }),
  );
  const suggested = await agenda('suggestion');
  expect(suggested.length).toBe(learnt!.suggestions.length);
  const germany = learnt!.suggestions.find(({ clause }) => clause === 'profile.germany')!;
  expect(germany.said).toMatch(
    /From Germany\. counts 20 points; won and lost leads say -?\d+: \d+ of \d+ won/,
  );
  expect(JSON.stringify(learnt)).not.toContain('@x.example');

  // Nothing has changed: the same answer, without another study.
  const again = await table.does<{ lessons: Lessons }>('sam', `POST ${review}/lessons`, {});
  expect(again.lessons).toEqual(found);

  const draft = `POST ${review}/suggestions`;
  expect(await table.refused('anna', draft, { clause: 'profile.nobody' })).toBe('404 not_found');
  const { version } = await table.does<{ version: Version & { pact: string } }>('anna', draft, {
    clause: 'profile.germany',
  });
  expect(version).toMatchObject({
    number: 2,
    base: 1,
    standing: 'draft',
    pact: table.pact,
    note: germany.said,
  });
  const { text } = await table.version(2);
  expect(text).toBe(PACT.replace('is: DE }, points: 20', `is: DE }, points: ${germany.points.suggested}`));
  const lacking = learnt!.suggestions.find(({ points }) => points.now === 0)!;
  const added = await table.does<{ version: Version }>('sam', draft, { clause: lacking.clause });
  expect((await table.version(added.version.number)).text).toContain('source');
  await table.agree(2);
  expect(await table.refused('sam', draft, { clause: 'profile.germany' })).toBe('409 superseded');
});
