/** Pacts for tests: the one of the interface's documentation, and any number of made-up ones. */
import fc from 'fast-check';

/** The pact of the public interface's documentation, with a routing; commas in its sentences stand as they are. */
export const ACME = `pact: Acme Industrial
language: 1                        # version of this format
calendar:                          # working time, for every term below
  zone: America/New_York           # IANA name
  hours: { mon-fri: 09:00-17:00 }  # days: mon…sun, ranges and lists
  holidays: [US, 2026-12-24]       # region codes and/or ISO dates
parties:
  marketing: { owner: Head of Marketing }
  sales: { owner: Head of Sales }
lead:                              # the moment somebody becomes a lead
  text: A person at a business who has told us who they are.
  when: { attribute: email, exists: true }
bad_leads:                         # never handed over
  - { id: competitor, text: Works for a competitor., when: { attribute: account.domain, in: [rival.example] }, reason: competitor }
profile:                           # the perfect customer: fit points
  - { id: size, text: 51 to 1000 employees., when: { attribute: account.employees, between: [51, 1000] }, points: 20 }
interest:                          # behaviour: interest points
  - { id: pricing, text: Read the pricing page., when: { did: page, where: { path: { starts_with: /pricing } } }, points: 8, half_life: 14d, cap: 24 }
grades:
  fit: { A: 60, B: 40, C: 20 }         # lower bounds; below C is D
  interest: { 1: 50, 2: 30, 3: 10 }    # below 3 is 4
stages:                            # marketing's ladder below MQL, lowest first; a lead stands on the highest that holds
  - { id: prospect, text: Shows interest, not ready to buy., when: { interest: { gte: 5 } }, levels: { warm: { interest: { gte: 10 } }, hot: { interest: { gte: 20 } } } }
  - { id: researcher, text: Reads, does not buy; kept until new behaviour., when: { all: [ { did: Content Downloaded, times: { gte: 3 } }, { fit: { lt: 20 } } ] } }
  - { id: investigator, text: Looks for a solution, not ready for sales., when: { interest: { gte: 20 } } }
  - { id: influencer, text: Does the research for an executive., when: { attribute: buying_role, is: influencer } }
mql:
  text: Shows the characteristics of a perfect customer.
  when: { all: [ { fit: { gte: 40 } }, { interest: { gte: 30 } } ] }
fast_lanes:                        # signed shortcuts straight to sales
  - { id: demo, text: Asked for a demo., when: { did: Form Submitted, where: { form: demo } }, tier: hot }
sql:                               # sales alone decides
  text: Shows the characteristics of a perfect customer and has a potential need.
  questions:
    - { id: need, ask: What do they need to solve?, required: true }
    - { id: timeline, ask: When?, kind: choice, options: [now, this quarter, this year, 1-3 years, none] }
handoff:
  packet: [email, account.name]    # must be known before a handoff is made
  tiers:
    hot:      { first_touch: 15m, accept: 2h, decide: 3d }
    standard: { first_touch: 4h,  accept: 1d, decide: 5d }   # working time; 1d = one working day
  attempts: { count: 6, within: 10d, channels: 2 }
  routing:                         # rules → people or queues
    rules:
      - { id: enterprise, text: Large companies go to Ann., when: { attribute: account.employees, gte: 1000 }, to: { person: ann@acme.example } }
    queues:
      inbound: { members: [bo@acme.example, { person: cy@acme.example, weight: 2, cap: 30 }], by: round_robin }
    otherwise: { queue: inbound }
reasons:                           # why sales may give a lead back
  - { id: not_fit, text: Not our kind of company or person., clause: profile, next: disqualify }
  - { id: timing, text: Real, but later., clause: sql, next: recycle, ask: date }
terms:                             # the promises
  marketing: { mqls_per_month: 120, acceptance: 0.75, compliance: 0.95 }
  sales: { attainment: 0.90, feedback: 0.95 }
economics: { currency: USD, average_deal: 10000, cost_per_lead: 120, cost_per_worked_lead: 45, expected: { mql_to_sal: 0.7, sal_to_sql: 0.6, sql_to_won: 0.25 } }
golden: []                         # { lead: {…attributes…}, activities: […], expect: mql | not_mql | bad_lead }
review: { every: 90d }
`;

/** A pact file as plain values, as somebody might have written it. */
export type WrittenPact = Record<string, unknown>;

const name = fc.constantFrom('email', 'country', 'account.employees', 'Job Title', 'plan', 'Größe');
const sentence = fc.constantFrom(
  'A person.',
  'Big, and growing.',
  'Says "yes": 3 of 4',
  '# not a comment',
  'née',
);
const atom = fc.oneof(
  fc.constantFrom(
    'DE',
    'true',
    'null',
    '0049',
    '2026-01-31',
    'a, b',
    'yes',
    '~',
    '- x',
    '123456789012345680000',
    '1e21',
  ),
  fc.constantFrom(1e21, 2 ** 53, 0.1, -0),
  fc.integer({ min: -5_000, max: 5_000 }),
  fc.boolean(),
);
const points = fc.oneof(fc.integer({ min: -99, max: 99 }), fc.constantFrom(0.1, -2.5, 1e-7));
const duration = fc.constantFrom('15m', '60m', '336h', '14d', '2w', '90d');

const numberTest = fc.oneof(
  fc.record({ gte: fc.integer({ min: 0, max: 90 }) }),
  fc.record({ between: fc.constantFrom([1, 5], [0, 0], [2, 1_000]) }),
  fc.record({ gt: fc.nat(9), lt: fc.integer({ min: 10, max: 99 }) }),
  fc.record({ not_in: fc.array(fc.nat(9), { minLength: 1, maxLength: 3 }) }),
);
const valueTest = fc.oneof(
  fc.record({ is: atom }),
  fc.record({ in: fc.array(atom, { minLength: 1, maxLength: 3 }) }),
  fc.record({ exists: fc.boolean() }),
  fc.record({ matches: fc.constantFrom('^vp', 'chief .* officer', '\\bit\\b'), is_not: atom }),
  fc.record({ starts_with: fc.constantFrom('/pricing', '+49', 49) }),
  fc.record({ gte: fc.constantFrom(5, '2026-01-01', -0.5), lt: fc.constantFrom(9, '2026-12-31T09:00Z') }),
  fc.record({ between: fc.constantFrom([51, 1000], ['2026-01-01', '2026-03-31']) }),
  fc.record({ before: fc.constantFrom('2026-01-01', '2026-01-01T00:00:00Z') }),
);
const did = fc.record(
  {
    did: fc.constantFrom('page', 'Form Submitted', 'Content Downloaded'),
    where: fc.dictionary(fc.constantFrom('path', 'form', 'page.title'), fc.oneof(atom, valueTest), {
      maxKeys: 2,
    }),
    times: numberTest,
    within: duration,
  },
  { requiredKeys: ['did'] },
);
const attribute = fc.tuple(name, valueTest).map(([attribute, test]) => ({ attribute, ...test }));
/** Tests that may stand anywhere: nothing derived in them. */
const plain = fc.letrec<{ condition: object }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    attribute,
    did,
    fc.record({ not: tie('condition') }),
    fc.record({ all: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
  ),
})).condition;
const derived = fc.oneof(
  plain,
  fc.record({ fit: numberTest }),
  fc.record({ interest: numberTest }),
  fc.record({ grade: fc.record({ in: fc.constantFrom(['A1'], ['A1', 'B2', 'd4']) }) }),
);
const anywhere = fc.oneof(
  derived,
  fc.record({ stage: fc.record({ gte: fc.constantFrom('conversion', 'first', 'first/hot') }) }),
);

/** Members of a list with ids of their own. */
const withIds = <T extends object>(prefix: string, member: fc.Arbitrary<T>): fc.Arbitrary<object[]> =>
  fc
    .array(member, { maxLength: 3 })
    .map((members) => members.map((one, i) => ({ id: `${prefix}_${i}`, ...one })));

const worded = { text: sentence, owner: fc.constantFrom('marketing', 'sales', 'both') };
const tier = fc.record({ first_touch: duration, accept: duration, decide: duration }, { requiredKeys: [] });

/** Any pact that is right, as plain values in a file's own words. */
export const writtenPacts: fc.Arbitrary<WrittenPact> = fc.record(
  {
    pact: sentence,
    language: fc.constant(1),
    mql: fc.record({ ...worded, when: anywhere }, { requiredKeys: ['when'] }),
    calendar: fc.record(
      {
        zone: fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kathmandu'),
        hours: fc.constantFrom(
          { 'mon-fri': '09:00-17:00' },
          { 'mon,wed': ['13:00-17:00', '09:00-12:00'], sat: '9:00-12:00', sun: [] },
        ),
        holidays: fc.constantFrom(
          [],
          ['DE-BY', '2026-12-24'],
          [{ date: '2026-12-31', hours: ['09:00-12:00'] }],
        ),
      },
      { requiredKeys: [] },
    ),
    lead: fc.record({ ...worded, when: plain }, { requiredKeys: [] }),
    bad_leads: withIds(
      'bad',
      fc.record({ ...worded, when: plain, reason: sentence }, { requiredKeys: ['when'] }),
    ),
    profile: withIds(
      'fit',
      fc.record({ ...worded, when: plain, points }, { requiredKeys: ['when', 'points'] }),
    ),
    interest: withIds(
      'did',
      fc.record(
        {
          ...worded,
          when: fc.oneof(did, fc.record({ any: fc.array(did, { minLength: 1, maxLength: 2 }) })),
          points: fc.integer({ min: 1, max: 50 }),
          half_life: duration,
          within: duration,
          cap: fc.integer({ min: 1, max: 99 }),
        },
        { requiredKeys: ['when', 'points'] },
      ),
    ),
    grades: fc.record({ fit: fc.constant({ A: 9, B: 5, C: 1 }) }, { requiredKeys: [] }),
    fast_lanes: withIds(
      'lane',
      fc.record({ ...worded, when: anywhere, tier: fc.constant('standard') }, { requiredKeys: ['when'] }),
    ),
    sql: fc.record({ questions: withIds('q', fc.record({ ask: sentence, required: fc.boolean() })) }),
    handoff: fc.record(
      {
        packet: fc.array(name, { maxLength: 3 }),
        tiers: fc.dictionary(fc.constantFrom('hot', 'warm', 'standard'), tier),
        attempts: fc.record(
          { count: fc.integer({ min: 1, max: 9 }), within: duration },
          { requiredKeys: [] },
        ),
        routing: fc.constantFrom(
          {},
          {
            rules: [{ id: 'big', when: { attribute: 'size', gte: 9 }, to: { queue: 'q' } }],
            queues: { q: { members: ['ann', { person: 'bo', weight: 2 }] } },
            otherwise: { person: 'cy' },
          },
        ),
      },
      { requiredKeys: [] },
    ),
    reasons: withIds(
      'why',
      fc.record({ text: sentence, clause: fc.constant('sql'), next: fc.constant('recycle') }),
    ),
    terms: fc.record({ marketing: fc.record({ acceptance: fc.constantFrom(0, 0.75, 1) }) }),
    economics: fc.record({ currency: fc.constant('EUR'), average_deal: fc.nat(9_999) }, { requiredKeys: [] }),
    golden: fc.array(
      fc.record({
        lead: fc.dictionary(name, fc.oneof(atom, fc.constant(null)), { maxKeys: 2 }),
        activities: fc.array(fc.record({ type: fc.constant('page'), ago: duration, path: atom }), {
          maxLength: 2,
        }),
        expect: fc.constantFrom('mql', 'not_mql'),
      }),
      { maxLength: 2 },
    ),
    review: fc.record({ every: duration, next: fc.constant('2027-01-31') }, { requiredKeys: [] }),
    stages: fc
      .tuple(derived, withIds('stage', fc.record({ ...worded, when: derived }, { requiredKeys: ['when'] })))
      .map(([when, more]) => [
        { id: 'first', when, levels: { warm: { fit: { gte: 1 } }, hot: { fit: { gte: 2 } } } },
        ...more,
      ]),
  },
  { requiredKeys: ['pact', 'language', 'mql', 'stages'] },
);
