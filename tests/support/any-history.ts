/**
 * Random histories to go with the pacts of `any-pact.ts`: values that match and values that cannot be compared, missing
 * ones, nested ones, in any spelling; instants that coincide, come late and lie exactly a window apart.
 */
import fc from 'fast-check';
import type { Activity, AttributeChange, Facts, Instant, Raw } from '#engine/facts/facts.ts';
import { DAY, HOUR } from './build.ts';

export const START = Date.UTC(2026, 0, 1);
export const END = START + 60 * DAY;

/** Instants within sixty days, mostly on the day or the hour, so that they coincide and hit windows exactly. */
export const anyInstant: fc.Arbitrary<Instant> = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 60 }).map((day) => START + day * DAY) },
  fc.integer({ min: 0, max: 60 * 24 }).map((hour) => START + hour * HOUR),
  fc.integer({ min: 0, max: 60 * DAY }).map((ms) => START + ms),
);

const anyRaw: fc.Arbitrary<Raw> = fc.constantFrom<Raw>(
  'DE',
  ' de ',
  'US',
  'acme gmbh',
  'West',
  'n/a',
  '100',
  100,
  51,
  '0',
  -5,
  2.5,
  true,
  '2026-01-10',
  '2026-03-01',
  '2026-02-01T13:00:00+01:00',
  '',
  null,
  undefined,
  ['DE', 'AT'],
  { name: 'Acme GmbH' },
);

const values = fc.record(
  {
    country: anyRaw,
    'Country ': anyRaw,
    Employees: anyRaw,
    account: fc.oneof(anyRaw, fc.record({ Name: anyRaw })),
    since: anyRaw,
    region: anyRaw,
  },
  { requiredKeys: [] },
);

const anyChange: fc.Arbitrary<AttributeChange> = fc.record({
  at: fc.oneof({ weight: 2, arbitrary: anyInstant as fc.Arbitrary<Instant | null> }, fc.constant(null)),
  values,
});

const anyActivity: fc.Arbitrary<Activity> = fc.record({
  at: anyInstant,
  type: fc.constantFrom('page', 'Page ', 'Form Submitted', 'form submitted', 'mail', 'seen'),
  properties: fc.record(
    {
      path: anyRaw,
      Form: anyRaw,
      ' PATH': anyRaw,
      page: fc.record({ title: anyRaw }),
      price: anyRaw,
      other: fc.integer(),
    },
    { requiredKeys: [] },
  ),
});

/** A lead's facts as they came in: in any order. */
export const anyLedger: fc.Arbitrary<Facts> = fc.record({
  id: fc.uuid(),
  changes: fc.array(anyChange, { maxLength: 3 }),
  activities: fc.array(anyActivity, { maxLength: 20, size: 'max' }),
});

/** The same facts in order of time, as the engine wants them; what coincides keeps its order. */
export const inOrder = ({ id, changes, activities }: Facts): Facts => ({
  id,
  changes: changes.toSorted((a, b) => time(a.at) - time(b.at)),
  activities: activities.toSorted((a, b) => a.at - b.at),
});

const time = (at: Instant | null): number => at ?? Number.MIN_SAFE_INTEGER;
