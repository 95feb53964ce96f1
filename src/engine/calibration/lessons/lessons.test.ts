import { describe, expect, test } from 'vitest';
import { parsePact } from '#engine/pact/parse.ts';
import { ACME } from '#tests/support/pacts.ts';
import { seededRandom } from '../random.ts';
import { learn, type StudiedLead } from './lessons.ts';

const DAY = 86_400_000;
const SINCE = 600 * DAY;
const { pact } = parsePact(
  ACME.replace(
    'interest:  ',
    '  - { id: germany, text: From Germany., when: { attribute: country, is: DE }, points: 20 }\ninterest:  ',
  ),
);

type World = { count?: number; ofSize?: number; ofPartner?: number; latelyBig?: number };

/** Leads of which big ones and partners' are won more often, as told. */
function world({ count = 900, ofSize = 0.1, ofPartner = 0.1, latelyBig = 0.5 }: World): StudiedLead[] {
  const random = seededRandom(11);
  return Array.from({ length: count }, (_, i) => {
    const createdAt = ((i * 1_000) / count) * DAY;
    const isBig = random() < (createdAt < SINCE ? 0.5 : latelyBig);
    const [isGerman, isPartner] = [random() < 0.5, random() < 0.3];
    const chance = 0.1 + (isBig ? ofSize : 0) + (isPartner ? ofPartner : 0);
    return {
      createdAt,
      holds: [isBig, isGerman],
      attributes: {
        source: isPartner ? 'partner' : 'search',
        'account.employees': isBig ? '200' : '10',
        country: isGerman ? 'DE' : 'FR',
      },
      outcome: random() < chance ? 'won' : 'lost',
      closedAt: createdAt + 20 * DAY,
    };
  });
}

describe('what won and lost leads say of a pact', () => {
  test('points that say too much or too little, and a criterion that is lacking', () => {
    const { refusal, trial, suggestions, won, decided } = learn(
      pact,
      world({ ofSize: 0.45, ofPartner: 0.3 }),
      SINCE,
    );
    expect([refusal, decided]).toEqual([null, 900]);
    expect(won).toBeGreaterThan(200);
    const of = (clause: string) => suggestions.find((one) => one.clause.startsWith(clause));
    // Germany says nothing; it counts as much as size.
    expect(of('profile.germany')!.points).toMatchObject({ now: 20 });
    expect(of('profile.germany')!.points.suggested).toBeLessThan(8);
    expect(of('profile.germany')!.edits).toEqual([
      { do: 'set', at: ['profile', 'germany', 'points'], value: of('profile.germany')!.points.suggested },
    ]);
    const lacking = suggestions.find(({ said }) => said.includes('The pact does not look at source'))!;
    expect(lacking.points.suggested).toBeGreaterThan(3);
    expect(lacking.edits).toMatchObject([
      { do: 'add', at: ['profile'], value: { when: { attribute: 'source' } } },
    ]);
    for (const { said, meets, others } of suggestions) {
      expect(said).toContain(`of ${meets.n.toLocaleString('en')} won`);
      expect(Math.min(meets.n, others.n)).toBeGreaterThanOrEqual(30);
    }
    expect(trial).toMatchObject({ older: 600, newer: 300 });
    expect(trial!.auc.suggested).toBeGreaterThan(trial!.auc.now);
    expect(trial!.gain).toBeGreaterThan(0);
  });

  test('too few of them, or nothing in them, is said', () => {
    expect(learn(pact, world({ count: 60 }), SINCE)).toMatchObject({
      refusal: expect.stringMatching(/Not enough evidence yet: .* A proposal needs/),
      suggestions: [],
    });
    expect(learn(pact, world({ ofSize: 0, ofPartner: 0 }), SINCE)).toMatchObject({
      refusal: expect.any(String),
      suggestions: [],
    });
    expect(learn(pact, [], SINCE)).toMatchObject({ leads: 0, suggestions: [], refusal: expect.any(String) });
  });

  test('what older leads suggest and newer ones do not bear out is not suggested', () => {
    const turned = world({ ofSize: 0.45, ofPartner: 0.3 }).map((lead, i): StudiedLead => {
      const outcome = lead.outcome === 'won' ? 'lost' : 'won';
      return i < 600 ? lead : { ...lead, outcome };
    });
    expect(learn(pact, turned, SINCE)).toMatchObject({
      refusal: expect.stringContaining('do not bear out'),
      suggestions: [],
    });
  });
});

describe('whether leads have changed', () => {
  test('criterion by criterion, the farthest first', () => {
    const { drift } = learn(pact, world({ latelyBig: 0.1 }), SINCE);
    expect(drift[0]).toMatchObject({ verdict: 'act' });
    const size = drift.find(({ clause }) => clause === 'profile.size')!;
    expect(size.said).toMatch(
      /^Fewer leads meet size: \d\d % before, [\d.]+ % since \(drift index \d\.\d\d: act\)\.$/,
    );
    expect(drift.some(({ clause }) => clause === 'profile.germany')).toBe(false);
    expect(learn(pact, world({}), SINCE).drift).toEqual([]);
  });

  test('below two hundred leads on a side it cannot be said', () => {
    expect(learn(pact, world({ count: 300 }), SINCE).drift).toMatchObject([
      { verdict: 'too few', said: expect.stringContaining('200 on each side are needed') },
    ]);
  });
});
