import { describe, expect, test } from 'vitest';
import { parsePact } from '#engine/pact/parse.ts';
import { lintPact } from './lint.ts';

/** A pact that lint has nothing to say about; each test changes a part of it. */
const SOUND = {
  pact: 'Sound',
  language: 1,
  calendar: { zone: 'UTC', hours: { 'mon-thu': '08:00-17:00', fri: '08:00-12:00' } },
  parties: { marketing: { owner: 'Head of Marketing' }, sales: { owner: 'Head of Sales' } },
  lead: { when: { attribute: 'email', exists: true } },
  bad_leads: [{ id: 'rival', when: { attribute: 'domain', is: 'rival.example' }, reason: 'rival' }],
  profile: [
    { id: 'size', when: { attribute: 'employees', between: [51, 1000] }, points: 30 },
    { id: 'role', when: { attribute: 'title', contains: 'head' }, points: 30 },
  ],
  interest: [
    {
      id: 'pricing',
      when: { did: 'page', where: { path: '/pricing' } },
      points: 10,
      half_life: '14d',
      cap: 40,
    },
    { id: 'demo', when: { did: 'demo' }, points: 20, half_life: '14d', cap: 40 },
  ],
  stages: [
    { id: 'prospect', when: { interest: { gte: 5 } }, levels: { warm: { interest: { gte: 10 } } } },
    { id: 'investigator', when: { interest: { gte: 20 } } },
  ],
  mql: { when: { all: [{ fit: { gte: 40 } }, { interest: { gte: 30 } }] } },
  reasons: [
    { id: 'not_fit', clause: 'profile', next: 'disqualify' },
    { id: 'timing', clause: 'sql', next: 'recycle', ask: 'date' },
  ],
  terms: { marketing: { mqls_per_month: 10 }, sales: { attainment: 0.9 } },
  golden: [
    {
      lead: { email: 'a@b.example', employees: 90, title: 'Head' },
      activities: [{ type: 'demo' }, { type: 'demo' }],
      expect: 'mql',
    },
    { lead: { email: 'a@b.example' }, expect: 'not_mql' },
  ],
};

const lint = (part: object) => lintPact(parsePact(JSON.stringify({ ...SOUND, ...part })).pact);
const found = (part: object): string[] =>
  lint(part).map(({ level, code, path }) => `${level} ${code} ${path}`);
const stage = (id: string, when: object, levels = {}) => ({ id, when, levels });
const size = (id: string, test: object, points = 10) => ({
  id,
  when: { attribute: 'employees', ...test },
  points,
});

test('a sound pact gives nothing to find', () => expect(lint({})).toEqual([]));

describe('the ladder', () => {
  test.each<[string, object, string[]]>([
    [
      'a stage whose bounds exclude each other',
      { stages: [stage('a', { all: [{ interest: { gte: 10 } }, { interest: { lt: 10 } }] })] },
      ['error stage_never stages[0]'],
    ],
    [
      'interest out of reach',
      { stages: [stage('a', { interest: { gt: 80 } })] },
      ['error stage_never stages[0]'],
    ],
    [
      'interest just in reach',
      { stages: [stage('a', { all: [{ interest: { gte: 80 } }, { fit: { lt: 40 } }] })] },
      [],
    ],
    ['fit out of reach', { stages: [stage('a', { fit: { gte: 61 } })] }, ['error stage_never stages[0]']],
    [
      'bands of one attribute do not add up',
      {
        profile: [
          size('s', { between: [1, 50] }, 20),
          size('m', { between: [51, 500] }, 30),
          size('l', { gt: 500 }, 10),
        ],
        stages: [stage('a', { fit: { gt: 30 } })],
        mql: { when: { interest: { gte: 30 } } },
        grades: { fit: { A: 30, B: 20, C: 10 }, interest: { 1: 50, 2: 30, 3: 10 } },
      },
      ['error stage_never stages[0]'],
    ],
    [
      'a stage that a higher one always covers',
      { stages: [stage('low', { interest: { gte: 20 } }), stage('high', { interest: { gte: 10 } })] },
      ['error stage_shadowed stages[0]'],
    ],
    [
      'a stage that two higher ones cover between them',
      {
        stages: [
          stage('low', { interest: { gte: 10 } }),
          stage('poor', { fit: { lt: 30 } }),
          stage('rich', { all: [{ fit: { gte: 30 } }, { interest: { gte: 5 } }] }),
        ],
      },
      ['error stage_shadowed stages[0]'],
    ],
    [
      'the same condition, with more asked of it',
      {
        stages: [
          stage('low', { all: [{ attribute: 'role', is: 'user' }, { interest: { gte: 10 } }] }),
          stage('high', { any: [{ attribute: 'role', is: 'USER' }, { did: 'demo' }] }),
        ],
      },
      ['error stage_shadowed stages[0]'],
    ],
    [
      'often within a short time is often within a long one',
      {
        stages: [
          stage('low', { did: 'page', times: { gte: 3 }, within: '7d' }),
          stage('high', { did: 'page', times: { gte: 2 }, within: '30d' }),
        ],
      },
      ['error stage_shadowed stages[0]'],
    ],
    [
      'once within a long time need not be within a short one',
      {
        stages: [stage('low', { did: 'page', within: '30d' }), stage('high', { did: 'page', within: '7d' })],
      },
      [],
    ],
    [
      'not holding is not the same as not being known',
      {
        stages: [
          stage('low', { interest: { gte: 5 } }),
          stage('user', { attribute: 'role', is: 'user' }),
          stage('other', { attribute: 'role', is_not: 'user' }),
        ],
      },
      [],
    ],
    [
      'a stage for those who are MQL already',
      { stages: [stage('late', { all: [{ fit: { gte: 50 } }, { interest: { gte: 40 } }] })] },
      ['error stage_always_mql stages[0]'],
    ],
    [
      'grades follow from fit and interest',
      { stages: [stage('a', { all: [{ grade: { is: 'A1' } }, { fit: { lt: 60 } }] })] },
      ['error stage_never stages[0]'],
    ],
    [
      'a level that a higher stage covers',
      {
        stages: [
          stage(
            'low',
            { interest: { gte: 5 } },
            { warm: { interest: { gte: 10 } }, hot: { interest: { gte: 25 } } },
          ),
          stage('high', { interest: { gte: 20 } }),
        ],
      },
      ['warning level_unreachable stages[0].levels.hot'],
    ],
    [
      'a level that a later one covers',
      {
        stages: [
          stage(
            'low',
            { interest: { gte: 5 } },
            { hot: { interest: { gte: 15 } }, warm: { interest: { gte: 10 } } },
          ),
        ],
      },
      ['warning level_unreachable stages[0].levels.hot'],
    ],
    [
      'a pattern and its opposite',
      {
        stages: [
          stage('a', {
            all: [{ attribute: 'x', contains: 'y' }, { not: { attribute: 'x', contains: 'y' } }],
          }),
        ],
      },
      ['error stage_never stages[0]'],
    ],
    [
      'two patterns',
      {
        stages: [
          stage('a', {
            all: [
              { attribute: 'x', contains: 'y' },
              { attribute: 'x', not_contains: 'z' },
            ],
          }),
        ],
      },
      [],
    ],
    [
      'a value that no pattern allows',
      {
        stages: [
          stage('a', {
            all: [
              { attribute: 'x', contains: 'y' },
              { attribute: 'x', in: ['a', 'b'] },
            ],
          }),
        ],
      },
      ['error stage_never stages[0]'],
    ],
    ['a value between two bounds', { stages: [stage('a', { attribute: 'x', gt: 10, lt: 11 })] }, []],
    [
      'unknown and compared',
      {
        stages: [
          stage('a', {
            all: [
              { attribute: 'x', exists: false },
              { attribute: 'x', gt: 5 },
            ],
          }),
        ],
      },
      ['error stage_never stages[0]'],
    ],
    [
      'an empty span of time',
      { stages: [stage('a', { attribute: 'x', after: '2026-02-01', before: '2026-01-01' })] },
      ['error stage_never stages[0]'],
    ],
  ])('%s', (_, part, codes) => expect(found(part)).toEqual(codes));
});

describe('who is a lead, a bad lead, an MQL', () => {
  const fast = [{ id: 'demo', when: { did: 'demo' }, tier: 'hot' }];
  test.each<[string, object, string[]]>([
    [
      'nobody can be a lead',
      { lead: { when: { attribute: 'email', exists: true, is: 'a', is_not: 'a' } } },
      ['error lead_never lead.when'],
    ],
    [
      'nobody can be bad',
      { bad_leads: [{ id: 'b', when: { attribute: 'x', gt: 5, lt: 4 } }] },
      ['warning bad_lead_never bad_leads[0].when'],
    ],
    [
      'everybody is bad',
      { bad_leads: [{ id: 'b', when: { attribute: 'email', exists: true } }] },
      ['error bad_lead_always bad_leads[0].when'],
    ],
    ['nobody can be an MQL yet', { mql: { when: { fit: { gte: 61 } } } }, ['warning mql_never mql.when']],
    [
      'nobody can ever be an MQL',
      { mql: { when: { all: [{ fit: { gte: 61 } }, { fit: { lt: 50 } }] } } },
      ['error mql_never mql.when'],
    ],
    [
      'only a fast lane makes one',
      { mql: { when: { fit: { gte: 61 } } }, fast_lanes: fast },
      ['warning mql_never mql.when'],
    ],
    [
      'everybody is an MQL',
      { mql: { when: { fit: { gte: 0 } } }, stages: [] },
      ['warning mql_always mql.when'],
    ],
    [
      'a lane that an earlier one covers',
      { fast_lanes: [...fast, { id: 'twice', when: { did: 'demo', times: { gte: 2 } } }] },
      ['warning lane_shadowed fast_lanes[1]'],
    ],
    [
      'a lane for nobody',
      { fast_lanes: [{ id: 'no', when: { all: [{ did: 'x' }, { not: { did: 'X' } }] } }] },
      ['warning lane_never fast_lanes[0]'],
    ],
  ])('%s', (_, part, codes) => expect(found(part)).toEqual(codes));
});

describe('points', () => {
  const interest = (criterion: object) => ({
    interest: [...SOUND.interest, { id: 'x', when: { did: 'x' }, points: 5, ...criterion }],
  });
  test.each<[string, object, string[]]>([
    [
      'overlapping bands',
      { profile: [size('s', { between: [1, 60] }, 30), size('m', { between: [51, 500] }, 30)] },
      ['warning bands_overlap profile[1].when'],
    ],
    ['bands that meet', { profile: [size('s', { lt: 51 }, 60), size('m', { gte: 51 }, 60)] }, []],
    [
      'the same criterion twice',
      {
        profile: [
          ...SOUND.profile,
          { id: 'again', when: { attribute: 'title', contains: 'head' }, points: 5 },
        ],
      },
      ['warning criterion_repeated profile[2].when'],
    ],
    [
      'a criterion that nobody meets',
      { profile: [...SOUND.profile, size('no', { gt: 9, lt: 3 })] },
      ['warning criterion_never profile[2].when'],
    ],
    [
      'no points',
      { profile: [...SOUND.profile, { id: 'zero', when: { attribute: 'x', is: 'y' }, points: 0 }] },
      ['warning no_points profile[2].points'],
    ],
    ['interest without an end', interest({}), ['warning interest_unbounded interest[2]']],
    ['a window is an end', interest({ within: '30d' }), []],
    ['a cap below one activity', interest({ cap: 3 }), ['warning cap_below_points interest[2].cap']],
    [
      'a cap on points taken away',
      interest({ points: -5, cap: -3 }),
      ['warning cap_below_points interest[2].cap'],
    ],
    [
      'a window shorter than the half-life',
      interest({ half_life: '30d', within: '1w' }),
      ['warning window_before_half_life interest[2].within'],
    ],
    [
      'the same behaviour twice',
      interest({ cap: 9, when: { any: [{ did: 'y' }, { did: 'Demo' }] } }),
      ['warning criterion_repeated interest[2].when'],
    ],
    [
      'grades out of reach',
      { grades: { fit: { A: 90, B: 40, C: 20 }, interest: { 1: 50, 2: 30, 3: 10 } } },
      ['warning grade_unreachable grades.fit'],
    ],
  ])('%s', (_, part, codes) => expect(found(part)).toEqual(codes));
});

describe('handing over', () => {
  const tiers = (standard: object) => ({ handoff: { tiers: { standard } } });
  const routing = (rules: object[], rest: object = { otherwise: { queue: 'all' } }) => ({
    handoff: { routing: { rules, queues: { all: { members: ['ann@b.example'] } }, ...rest } },
  });
  const to = { queue: 'all' };
  test.each<[string, object, string[]]>([
    [
      'a packet field that nothing mentions',
      { handoff: { packet: ['email', 'acount.name'] } },
      ['warning packet_unread handoff.packet[1]'],
    ],
    [
      'packet fields that criteria, golden leads or imports know',
      { handoff: { packet: ['EMPLOYEES', 'title', 'account.name'] } },
      [],
    ],
    [
      'accept before the first touch',
      tiers({ first_touch: '1d', accept: '3h', decide: '5d' }),
      ['warning tier_order handoff.tiers.standard.accept'],
    ],
    [
      'a day may be shorter than five hours here',
      tiers({ first_touch: '1d', accept: '5h', decide: '5d' }),
      [],
    ],
    [
      'a rule behind a wider one',
      routing([
        { id: 'a', when: { attribute: 'x', gte: 5 }, to },
        { id: 'b', when: { attribute: 'x', gte: 9 }, to },
      ]),
      ['warning route_shadowed handoff.routing.rules[1]'],
    ],
    [
      'a rule for nobody',
      routing([{ id: 'a', when: { fit: { gt: 60 } }, to }]),
      ['warning route_never handoff.routing.rules[0]'],
    ],
    ['a rule within reach', routing([{ id: 'a', when: { fit: { between: [41, 42] } }, to }]), []],
    [
      'leads that no rule takes',
      routing([{ id: 'a', when: { attribute: 'x', gte: 5 }, to }], {}),
      ['warning route_open handoff.routing'],
    ],
    [
      'rules that take everybody',
      routing(
        [
          { id: 'a', when: { fit: { gte: 5 } }, to },
          { id: 'b', when: { fit: { lt: 5 } }, to },
        ],
        {},
      ),
      [],
    ],
  ])('%s', (_, part, codes) => expect(found(part)).toEqual(codes));
});

describe('promises', () => {
  test.each<[string, object, string[]]>([
    [
      'no parties',
      { parties: {} },
      ['warning owner_missing parties.marketing', 'warning owner_missing parties.sales'],
    ],
    [
      'one party without an owner',
      { parties: { sales: { owner: 'Head of Sales' } } },
      ['error owner_missing parties.marketing'],
    ],
    ['SQL by marketing', { sql: { owner: 'marketing' } }, ['error sql_owner sql.owner']],
    [
      'nothing to answer',
      { sql: { questions: [{ id: 'when', ask: 'When?' }] } },
      ['warning no_required_question sql.questions'],
    ],
    [
      'a reason that accuses nothing',
      { reasons: [...SOUND.reasons, { id: 'other', next: 'recycle' }] },
      ['error reason_without_clause reasons[2]'],
    ],
    ['a reason in words', { reasons: [...SOUND.reasons, { id: 'other', next: 'recycle', ask: 'text' }] }, []],
    ['nothing is recycled', { reasons: [SOUND.reasons[0]] }, ['warning no_recycle_reason reasons']],
    ['nothing is disqualified', { reasons: [SOUND.reasons[1]] }, ['warning no_disqualify_reason reasons']],
    ['no reasons', { reasons: [] }, ['warning no_reasons reasons']],
    [
      'a value without prices',
      { terms: { ...SOUND.terms, marketing: { value_per_month: 9000 } } },
      ['warning economics_missing terms.marketing.value_per_month'],
    ],
    [
      'more than sales can work',
      { economics: { capacity_per_month: 5 } },
      ['warning over_capacity terms.marketing.mqls_per_month'],
    ],
    ['one-sided', { terms: { marketing: { mqls_per_month: 10 } } }, ['warning no_promise terms.sales']],
    ['no golden leads', { golden: [] }, ['warning golden_missing golden']],
    ['golden leads of one kind', { golden: [SOUND.golden[0]] }, ['warning golden_one_sided golden']],
    [
      'ends before its review',
      { review: { every: '90d', next: '2026-09-01', expires: '2026-08-01' } },
      ['warning expires_before_review review.next'],
    ],
  ])('%s', (_, part, codes) => expect(found(part)).toEqual(codes));
});

test('errors come first, and say what was found and what to do', () => {
  const findings = lint({ golden: [], stages: [stage('hot', { interest: { gte: 99 } })] });
  expect(findings).toEqual([
    {
      level: 'error',
      code: 'stage_never',
      path: 'stages[0]',
      message: 'no lead can stand on "hot": "interest is at least 99" never holds (interest at most 80)',
      hint: 'look for two parts of the condition that exclude each other, or for a bound out of reach',
    },
    {
      level: 'warning',
      code: 'golden_missing',
      path: 'golden',
      message: 'no golden lead guards the meaning of this pact',
      hint: 'add leads that both teams know, with what the pact must say of them',
    },
  ]);
});

test('a pact of ten thousand alternatives is looked at without end in sight, but with an end', () => {
  const choice = (n: number) => ({
    any: [
      { attribute: `a${n}`, is: 'x' },
      { attribute: `b${n}`, is: 'x' },
    ],
  });
  const stages = Array.from({ length: 100 }, (_, n) =>
    stage(`s${n}`, { all: Array.from({ length: 20 }, (_, m) => choice(n * 20 + m)) }),
  );
  expect(lint({ stages }).map(({ code }) => code)).toEqual([]);
});
