/** The measures of the example company, asked over the API: what was planted shows, and every number opens into its rows. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Figure } from '#contract/measures.ts';
import { END, type Lived, liveThrough } from '#tests/support/acme-history.ts';
import { type Ask, withApi } from '#tests/support/api.ts';
import { withDatabase } from '#tests/support/db.ts';
import { walk } from '#tests/support/openings.ts';

const db = withDatabase();
const api = withApi(db);
let lived: Lived;
let ask: Ask;

const YEAR = 'from=2025-01-01&to=2026-01-01';

beforeAll(async () => {
  lived = await liveThrough(db);
  api.now = END;
  ask = api.as(await api.key(lived.workspace, ['measures:read', 'measures:write']));
});

async function get<T>(path: string): Promise<T> {
  const { status, body } = await ask('GET', path);
  expect(status, `${path}: ${JSON.stringify(body)}`).toBe(200);
  return body as T;
}

const named = (figures: readonly Figure[], measure: string): Figure => {
  const found = figures.find((figure) => figure.measure === measure);
  expect(found, measure).toBeDefined();
  return found!;
};

type Scorecard = { marketing: Figure[]; sales: Figure[]; together: Figure[]; notes: string[] };

describe('the paired scorecard', () => {
  it('counts both teams on the same handoffs, and each number opens into its rows', async () => {
    const card = await get<Scorecard>(`/api/measures/scorecard?${YEAR}`);
    const volume = named(card.marketing, 'volume');
    expect(volume).toMatchObject({ promised: 12 * 45, unit: 'count' });
    const acceptance = named(card.marketing, 'acceptance');
    expect(acceptance.value).toBeGreaterThan(0.5);
    expect(acceptance).toMatchObject({ enough: true, promised: 0.75, kept: false });
    expect(named(card.together, 'won_value')).toMatchObject({ currency: 'EUR' });
    expect(await walk(ask, card)).toBeGreaterThan(10);
  });
});
