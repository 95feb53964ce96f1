import { describe, expect, test } from 'vitest';
import { digestPact } from '#engine/pact/digest.ts';
import type { Pact } from '#engine/pact/pact.ts';
import { judge } from '#engine/verdict/judge.ts';
import {
  attribute,
  bad,
  buildPact,
  clause,
  DAY,
  did,
  interest,
  lane,
  profile,
  stage,
} from '#tests/support/build.ts';
import { advance, advanceAll } from './advance.ts';
import type { Effect } from './effect.ts';
import { factsOf, type LeadState, newLead } from './lead.ts';
import type { Occurrence } from './occurrence.ts';
import { skippedRungs } from './rungs.ts';

/** MQL from 20 points, 8 a page, half gone after ten days; a demo goes straight to sales. */
const pact = buildPact({
  lead: clause(attribute('email', { exists: true })),
  bad_leads: [bad('rival', attribute('company', { is: 'Rival' }))],
  profile: [
    profile('size', 40, attribute('size', { gte: 50 })),
    profile('big', 40, attribute('size', { gte: 500 })),
  ],
  interest: [interest('page', 8, { half_life: '10d' })],
  stages: [
    stage('prospect', { interest: { gte: 5 } }, { hot: { interest: { gte: 15 } } }),
    stage('investigator', did('compare', { within: '30d' })),
  ],
  mql: clause({ all: [{ interest: { gte: 20 } }, { fit: { gte: 40 } }] }),
  fast_lanes: [lane('demo', did('demo', { within: '7d' }), 'hot')],
  reasons: [
    { id: 'not_fit', text: 'Not for us.', next: 'disqualify' },
    { id: 'timing', text: 'Later.', next: 'recycle', ask: 'date' },
    { id: 'no_need', text: 'No need.', next: 'recycle' },
  ],
});

const day = (n: number) => n * DAY;
const known = (n: number, values: Record<string, unknown>): Occurrence => ({
  kind: 'attributes',
  at: day(n),
  values,
});
const did1 = (n: number, type: string, more = {}): Occurrence => ({
  kind: 'activity',
  at: day(n),
  type,
  properties: {},
  ...more,
});
const page = (n: number) => did1(n, 'page');
const ADA = { email: 'ada@acme.example', size: 60 };

/** `kind from→to …`, without the wake-ups. */
const words = (effects: Effect[]): string =>
  effects
    .filter((effect) => effect.kind !== 'wake')
    .map((effect) => {
      const late = 'late' in effect && effect.late ? ' late' : '';
      if (effect.kind === 'moved') return `${effect.from ?? ''}→${effect.to}${late}`;
      if (effect.kind === 'offered') return `offered ${effect.tier}${late}`;
      if (effect.kind === 'woken') return `woken by ${effect.by}${late}`;
      return `${effect.kind}${late}`;
    })
    .join(', ');

type Line = [occurrence: Occurrence, stage: string, effects: string];

function walk(lines: Line[], under: Pact = pact): LeadState {
  let lead = newLead('ada');
  const told: string[] = [];
  const wanted: string[] = [];
  for (const [occurrence, at, effects] of lines) {
    let said: Effect[];
    [lead, said] = advance(lead, occurrence, under);
    told.push(`${occurrence.kind} ${(occurrence.at ?? 0) / DAY}: ${lead.standing!.stage} | ${words(said)}`);
    wanted.push(`${occurrence.kind} ${(occurrence.at ?? 0) / DAY}: ${at} | ${effects}`);
  }
  expect(told).toEqual(wanted);
  return lead;
}

describe('the way up', () => {
  test('from first visit to won', () => {
    const lead = walk([
      [page(0), 'visitor', '→visitor'],
      [known(1, ADA), 'prospect', 'visitor→prospect'],
      [page(1), 'prospect/hot', 'prospect→prospect/hot'],
      [page(2), 'mql', 'prospect/hot→mql, offered standard'],
      [page(3), 'mql', ''],
      [{ kind: 'accepted', at: day(4) }, 'sal', 'mql→sal'],
      [page(5), 'sal', ''],
      [{ kind: 'qualified', at: day(6) }, 'sql', 'sal→sql'],
      [{ kind: 'opened', at: day(7) }, 'opportunity', 'sql→opportunity'],
      [{ kind: 'time', at: day(60) }, 'opportunity', ''],
      [{ kind: 'won', at: day(90) }, 'won', 'opportunity→won'],
      [page(91), 'won', ''],
    ]);
    expect(lead.standing).toMatchObject({ pass: 1, phase: 'ended', since: day(90) });
    expect(lead.next).toBe(null);
    expect(skippedRungs(lead.standing!, pact)).toEqual(['investigator']);
  });

  test('by the fast lane: its tier, and the rungs it went past', () => {
    const [lead, effects] = advanceAll(newLead('ada'), [known(0, ADA), did1(2, 'demo')], pact);
    expect(effects.filter((effect) => effect.kind === 'moved')).toMatchObject([
      { from: null, to: 'conversion', at: 0, stood: null, skipped: [] },
      { from: 'conversion', to: 'mql', at: day(2), stood: day(2), skipped: ['prospect', 'investigator'] },
    ]);
    expect(effects.find((effect) => effect.kind === 'offered')).toEqual({
      kind: 'offered',
      at: day(2),
      pass: 1,
      cause: { kind: 'activity', at: day(2), type: 'demo' },
      pact: digestPact(pact),
      late: false,
      tier: 'hot',
      fast_lane: 'demo',
      exception: null,
      grade: 'B4',
      fit: 40,
      interest: 0,
    });
    expect(lead.standing!.handoff).toMatchObject({ at: day(2), tier: 'hot', fast_lane: 'demo' });
  });

  test('an offer stands until it is answered, though interest decays meanwhile', () => {
    walk([
      [known(0, ADA), 'conversion', '→conversion'],
      [did1(1, 'demo'), 'mql', 'conversion→mql, offered hot'],
      [{ kind: 'time', at: day(40) }, 'mql', ''],
      [{ kind: 'accepted', at: day(41) }, 'sal', 'mql→sal'],
    ]);
  });

  test('sales never goes back down its part of the ladder', () => {
    walk([
      [known(0, ADA), 'conversion', '→conversion'],
      [{ kind: 'qualified', at: day(1) }, 'sql', 'conversion→sql'],
      [{ kind: 'accepted', at: day(2) }, 'sql', ''],
      [{ kind: 'opened', at: day(3) }, 'opportunity', 'sql→opportunity'],
      [{ kind: 'qualified', at: day(4) }, 'opportunity', ''],
      [{ kind: 'lost', at: day(5) }, 'lost', 'opportunity→lost'],
      [{ kind: 'accepted', at: day(6) }, 'lost', ''],
      [{ kind: 'won', at: day(7) }, 'won', 'lost→won'],
      [{ kind: 'lost', at: day(8) }, 'won', ''],
      [{ kind: 'opened', at: day(9) }, 'opportunity', 'won→opportunity'],
    ]);
  });
});

describe('what is never handed over', () => {
  test('a bad lead, and one that turns out to be bad is taken back', () => {
    walk([
      [known(0, { ...ADA, company: 'Rival' }), 'bad_lead', '→bad_lead'],
      [did1(1, 'demo'), 'bad_lead', ''],
      [known(2, { company: 'Acme' }), 'mql', 'bad_lead→mql, offered hot'],
      [known(3, { company: 'rival' }), 'bad_lead', 'withdrawn, mql→bad_lead'],
      [known(4, { company: 'acme' }), 'mql', 'bad_lead→mql, offered hot'],
      [{ kind: 'accepted', at: day(5) }, 'sal', 'mql→sal'],
      [known(6, { company: 'rival' }), 'sal', ''],
    ]);
  });

  test('one that is held', () => {
    walk([
      [known(0, ADA), 'conversion', '→conversion'],
      [{ kind: 'held', at: day(1), by: 'marketing' }, 'conversion', ''],
      [did1(2, 'demo'), 'mql', 'conversion→mql'],
      [{ kind: 'released', at: day(3) }, 'mql', 'offered hot'],
    ]);
  });

  test('but an exception is, in the open', () => {
    const lead = walk([
      [known(0, { ...ADA, company: 'Rival' }), 'bad_lead', '→bad_lead'],
      [{ kind: 'exception', at: day(1), by: 'sales', tier: 'hot' }, 'mql', 'bad_lead→mql, offered hot'],
      [page(2), 'mql', ''],
      [{ kind: 'exception', at: day(2), by: 'marketing' }, 'mql', ''],
    ]);
    expect(lead.standing!.handoff).toMatchObject({ exception: 'sales', tier: 'hot', at: day(1) });
  });
});

describe('given back', () => {
  const offered: Line[] = [
    [known(0, ADA), 'conversion', '→conversion'],
    [page(0), 'prospect', 'conversion→prospect'],
    [page(1), 'prospect/hot', 'prospect→prospect/hot'],
    [page(2), 'mql', 'prospect/hot→mql, offered standard'],
  ];

  test('not again by what sales has already seen: only by what it does since', () => {
    const lead = walk([
      ...offered,
      [{ kind: 'returned', at: day(3), reason: 'no_need' }, 'recycled', 'mql→recycled, recycled'],
      [{ kind: 'time', at: day(3.5) }, 'recycled', ''],
      // by all it ever did it is an MQL: 8 + what is left of 24; but only the new page counts
      [page(4), 'recycled', ''],
      [page(4.5), 'recycled', ''],
      [page(5), 'mql', 'woken by signal, recycled→mql, offered standard'],
    ]);
    expect(lead.standing).toMatchObject({ pass: 2, woken: 'signal', waiting: null });
    expect(judge(pact, factsOf(lead), day(5)).interest).toBeGreaterThan(40);
  });

  test('a fast lane is a signal at once', () => {
    walk([
      ...offered,
      [
        { kind: 'returned', at: day(3), reason: 'timing', until: day(100) },
        'recycled',
        'mql→recycled, recycled',
      ],
      [did1(4, 'demo'), 'mql', 'woken by signal, recycled→mql, offered hot'],
    ]);
  });

  test('on the date agreed it is back on the ladder, and offered when it is an MQL then', () => {
    const until = day(3.5); // 20.2 points are left
    const back: Line = [
      { kind: 'returned', at: day(3), reason: 'timing', until },
      'recycled',
      'mql→recycled, recycled',
    ];
    const lead = walk([...offered, back]);
    expect(lead.next).toBe(until);
    walk([...offered, back, [{ kind: 'time', at: until - 1 }, 'recycled', '']]);
    walk([
      ...offered,
      back,
      [{ kind: 'time', at: until }, 'mql', 'woken by date, recycled→mql, offered standard'],
    ]);
  });

  test('on a later date, when interest is gone, it is back in nurture', () => {
    const lead = walk([
      ...offered,
      [
        { kind: 'returned', at: day(3), reason: 'timing', until: day(90) },
        'recycled',
        'mql→recycled, recycled',
      ],
      [{ kind: 'time', at: day(30) }, 'recycled', ''],
      [{ kind: 'time', at: day(90) }, 'conversion', 'woken by date, recycled→conversion'],
      [did1(91, 'demo'), 'mql', 'conversion→mql, offered hot'],
    ]);
    expect(lead.standing).toMatchObject({ pass: 2, woken: 'date' });
  });

  test('a better fit brings it back, a worse one does not', () => {
    walk([
      ...offered,
      [{ kind: 'returned', at: day(3), reason: 'no_need' }, 'recycled', 'mql→recycled, recycled'],
      [known(3.2, { size: 10 }), 'recycled', ''],
      [known(3.4, { size: 60 }), 'recycled', ''],
      [known(3.6, { size: 600 }), 'mql', 'woken by fit, recycled→mql, offered standard'],
    ]);
  });

  test('fit alone is no signal: where the definition asks for nothing done, an activity does not bring it back', () => {
    const byFit = { ...pact, mql: clause({ fit: { gte: 40 } }) };
    walk(
      [
        [known(0, ADA), 'mql', '→mql, offered standard'],
        [{ kind: 'returned', at: day(1), reason: 'no_need' }, 'recycled', 'mql→recycled, recycled'],
        [page(2), 'recycled', ''],
        [page(3), 'recycled', ''],
        [did1(4, 'demo'), 'mql', 'woken by signal, recycled→mql, offered hot'],
      ],
      byFit,
    );
  });

  test('after acceptance as well, even as an SQL', () => {
    walk([
      ...offered,
      [{ kind: 'accepted', at: day(3) }, 'sal', 'mql→sal'],
      [{ kind: 'qualified', at: day(4) }, 'sql', 'sal→sql'],
      [{ kind: 'returned', at: day(5), reason: 'no_need' }, 'recycled', 'sql→recycled, recycled'],
    ]);
  });

  test('unanswered past its clock it goes back to nurture as well', () => {
    const lead = walk([
      ...offered,
      [{ kind: 'lapsed', at: day(4) }, 'recycled', 'mql→recycled, recycled'],
      [{ kind: 'lapsed', at: day(5) }, 'recycled', ''],
    ]);
    expect(lead.standing).toMatchObject({ pass: 1, phase: 'waiting', reason: null });
  });

  test('a bad lead does not wake', () => {
    walk([
      ...offered,
      [
        { kind: 'returned', at: day(3), reason: 'timing', until: day(5) },
        'recycled',
        'mql→recycled, recycled',
      ],
      [known(4, { company: 'Rival' }), 'bad_lead', 'recycled→bad_lead'],
      [did1(6, 'demo'), 'bad_lead', ''],
      [known(7, { company: 'Acme' }), 'mql', 'woken by date, bad_lead→mql, offered hot'],
    ]);
  });

  test('for good, unless somebody makes an exception', () => {
    const lead = walk([
      ...offered,
      [{ kind: 'returned', at: day(3), reason: 'not_fit' }, 'disqualified', 'mql→disqualified, disqualified'],
      [did1(4, 'demo'), 'disqualified', ''],
      [{ kind: 'returned', at: day(5), reason: 'no_need' }, 'disqualified', ''],
      [{ kind: 'exception', at: day(6), by: 'marketing' }, 'mql', 'disqualified→mql, offered standard'],
    ]);
    expect(lead.standing).toMatchObject({ pass: 2, reason: null });
  });

  test('a lost deal may go back to nurture', () => {
    walk([
      ...offered,
      [{ kind: 'opened', at: day(3) }, 'opportunity', 'mql→opportunity'],
      [{ kind: 'lost', at: day(4) }, 'lost', 'opportunity→lost'],
      [
        { kind: 'returned', at: day(5), reason: 'timing', until: day(9) },
        'recycled',
        'lost→recycled, recycled',
      ],
    ]);
  });

  test('for a reason nobody agreed on is an error that names those agreed', () => {
    const [lead] = advanceAll(newLead('ada'), [known(0, ADA), did1(1, 'demo')], pact);
    expect(() => advance(lead, { kind: 'returned', at: day(2), reason: 'mood' }, pact)).toThrow(
      'found the reason "mood" for giving a lead back, wanted one of the pact\'s: not_fit, timing, no_need',
    );
    // and nothing came of it
    expect(advance(lead, { kind: 'accepted', at: day(3) }, pact)[0].standing!.stage).toBe('sal');
  });
});

describe('late news', () => {
  test('an activity that is learned of late: what follows is told once, and marked', () => {
    const lead = walk([
      [known(0, ADA), 'conversion', '→conversion'],
      [page(1), 'prospect', 'conversion→prospect'],
      [page(5), 'prospect', ''],
      [page(4), 'mql', 'prospect→mql late, offered standard late'],
      [page(3), 'mql', ''],
    ]);
    // in order of time it was one when the third of them was done
    expect(lead.standing).toMatchObject({ stage: 'mql', since: day(4) });
  });

  test('that undoes an offer takes it back, and a later one opens the same handoff again', () => {
    const lead = walk([
      [known(0, ADA), 'conversion', '→conversion'],
      [did1(3, 'demo'), 'mql', 'conversion→mql, offered hot'],
      [known(2, { company: 'Rival' }), 'bad_lead', 'withdrawn late, mql→bad_lead late'],
      [known(4, { company: 'Acme' }), 'mql', 'bad_lead→mql, offered hot'],
    ]);
    expect(lead.standing!.pass).toBe(1);
  });

  test("sales' word stands, whatever is learned of the time before it", () => {
    const lead = walk([
      [known(0, ADA), 'conversion', '→conversion'],
      [did1(3, 'demo'), 'mql', 'conversion→mql, offered hot'],
      [{ kind: 'accepted', at: day(4) }, 'sal', 'mql→sal'],
      [known(2, { company: 'Rival' }), 'sal', ''],
      [page(1), 'sal', ''],
    ]);
    expect(lead.standing).toMatchObject({ pass: 1, since: day(4) });
  });

  test('at the very instant that was last told is not late, and told as one step further', () => {
    walk([
      [known(0, ADA), 'conversion', '→conversion'],
      [did1(1, 'compare'), 'investigator', 'conversion→investigator'],
      [did1(1, 'demo'), 'mql', 'investigator→mql, offered hot'],
      [known(1, { size: 70 }), 'mql', ''],
    ]);
  });

  test('told twice counts once, when it has a name; nameless ones are as many as they are', () => {
    const [lead] = advanceAll(
      newLead('ada'),
      [known(0, ADA), did1(1, 'page', { id: 'a' }), did1(1, 'page', { id: 'a' }), page(1), page(1)],
      pact,
    );
    expect(lead.standing!.verdict.interest).toBe(24);
    expect(advance(lead, did1(1, 'page', { id: 'a' }), pact)).toEqual([lead, []]);
  });
});

describe('time', () => {
  test('wakes are asked for, and found to the millisecond', () => {
    const [lead, effects] = advanceAll(newLead('ada'), [known(0, ADA), page(0)], pact);
    // 8 points are 5 after 10 d × log2(8/5)
    const wake = Math.floor(day(10 * Math.log2(8 / 5))) + 1;
    expect(effects.at(-1)).toEqual({ kind: 'wake', at: wake });
    expect(lead.next).toBe(wake);
    const [later, moves] = advance(lead, { kind: 'time', at: wake }, pact);
    expect(words(moves)).toBe('prospect→conversion');
    expect(later.next).toBe(null);
    expect(moves.at(-1)).toEqual({ kind: 'wake', at: null });
  });

  test('a wake that comes too early changes nothing', () => {
    const [lead] = advanceAll(newLead('ada'), [known(0, ADA), page(0)], pact);
    const [same, effects] = advance(lead, { kind: 'time', at: day(1) }, pact);
    expect(effects).toEqual([]);
    expect([same.standing!.stage, same.next]).toEqual(['prospect', lead.next]);
  });

  test('a lead of which nothing dated is known is nowhere until it is asked for', () => {
    const [lead, effects] = advance(newLead('ada'), { kind: 'attributes', at: null, values: ADA }, pact);
    expect([lead.standing, lead.next, effects]).toEqual([null, null, []]);
    expect(words(advance(lead, { kind: 'time', at: day(1) }, pact)[1])).toBe('→conversion');
  });
});

describe('versions of the pact', () => {
  const stricter = { ...pact, mql: clause({ interest: { gte: 100 } }) };
  const versions = [
    { from: day(0), pact },
    { from: day(10), pact: stricter },
  ];

  test('each instant is judged by the version then in force, late news too', () => {
    const start = [known(0, ADA), page(7), page(8), page(10)];
    const [lead] = advanceAll(newLead('ada'), start, versions);
    expect(lead.standing!.stage).toBe('prospect/hot');
    const [late, effects] = advance(lead, page(9), versions);
    expect(words(effects)).toBe('prospect/hot→mql late, offered standard late');
    expect(late.standing!.handoff).toMatchObject({ at: day(9), pact: digestPact(pact) });
  });

  test('a version that comes into force is an instant to look again', () => {
    const [lead] = advanceAll(
      newLead('ada'),
      [known(0, ADA), page(8), page(9)],
      [versions[0]!, { from: day(9.4), pact: { ...pact, mql: clause({ interest: { gte: 12 } }) } }],
    );
    expect(lead.next).toBe(day(9.4));
  });

  test('none at all is an error', () => {
    expect(() => advance(newLead('ada'), page(0), [])).toThrow(
      'found no version of the pact, wanted at least one',
    );
  });
});
