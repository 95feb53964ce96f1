import { describe, expect, it } from 'vitest';
import type { Facts } from '#engine/facts/facts.ts';
import type { Question } from '#engine/pact/pact.ts';
import { parsePact } from '#engine/pact/parse.ts';
import { explain } from '#engine/verdict/explain.ts';
import { judge } from '#engine/verdict/judge.ts';
import { ACME } from '#tests/support/pacts.ts';
import { type Given, readReturn } from './giving-back.ts';
import { type Origin, packetOf } from './packet.ts';
import { readAnswers } from './questions.ts';

const { pact } = parsePact(ACME);
const at = Date.UTC(2026, 2, 6, 21, 30);
const MINUTE = 60_000;
const known = { email: 'ada@example.com', 'account.name': 'Example', 'account.employees': 200 };
const page = (path: string, ago: number) => ({
  at: at - ago * MINUTE,
  type: 'page',
  properties: { path, title: path === '/pricing' ? 'Prices' : 'Pumps' },
});
const factsWith = (values: Record<string, unknown>): Facts => ({
  id: '1',
  changes: [{ at: null, values }],
  activities: [
    page('/pumps', 90),
    page('/pricing', 60),
    page('/pricing', 30),
    { at: at - 2 * MINUTE, type: 'Form Submitted', properties: { form: 'demo' } },
    { at: at + MINUTE, type: 'page', properties: { path: '/later' } },
  ],
});
const make = (values: Record<string, unknown>, origin: Origin) => {
  const facts = factsWith(values);
  return packetOf({
    pact,
    facts,
    at,
    origin,
    verdict: judge(pact, facts, at),
    reasons: explain(pact, facts, at),
    by: { accept: at + 1, first_touch: at + 2, decide: at + 3 },
  });
};

it('holds all that sales wants to know', () => {
  const packet = make(known, { kind: 'fast_lane', lane: 'demo' });
  if ('refused' in packet) throw new Error(packet.because);
  expect(packet.lead).toEqual({ email: 'ada@example.com', 'account.name': 'Example' });
  expect(packet.why_now).toEqual([
    'Asked for a demo: Form Submitted (form is demo) once, last 2 minutes ago',
    'Read the pricing page twice, last 30 minutes ago: 16 of at most 24',
    'Last: Form Submitted (demo), 2 minutes ago',
  ]);
  expect(packet.timeline.map(({ type, about }) => `${type} ${about}`)).toEqual([
    'Form Submitted demo',
    'page Prices',
    'page Prices',
    'page Pumps',
  ]);
  expect(packet.topics.map(({ topic, times }) => `${topic} ${times}`)).toEqual(['Prices 2', 'Pumps 1']);
  expect(packet.met.map(({ criterion }) => criterion)).toEqual(['size', 'pricing', 'demo']);
  expect(packet.not_met.map(({ criterion }) => criterion)).toContain('mql');
  expect(packet.unknown.map(({ criterion }) => criterion)).toEqual(['competitor']);
  expect(packet.asked.questions.map(({ id }) => id)).toEqual(['need', 'timeline']);
  expect(packet.worth.chance).toBeCloseTo(0.105);
});

it('says who handed it over outside the definition, and why', () => {
  const packet = make(known, { kind: 'exception', by: 'marketing', reason: 'Met at the fair.' });
  expect('why_now' in packet && packet.why_now[0]).toBe(
    'Handed over outside the definition by marketing: Met at the fair.',
  );
});

it.each([
  [{ email: 'a@b.example' }, 'packet_incomplete: account.name'],
  [{ 'account.name': ' ' }, 'packet_incomplete: email, account.name'],
])('is refused for %j', (values, because) => {
  expect(make(values, { kind: 'mql' })).toMatchObject({ refused: 'packet_incomplete', because });
});

describe('giving back', () => {
  const attempts = { met: false, count: 1, channels: 1, because: 'found 1 attempt on 1 channel' };
  it.each<[Given, string | null]>([
    [{ reason: 'not_fit' }, null],
    [{ reason: 'timing', until: at + 1 }, null],
    [{ reason: 'unreachable' }, 'found "unreachable", wanted one of not_fit, timing'],
    [{ reason: 'timing' }, 'found no date'],
    [{ reason: 'timing', until: at }, 'found a date that has passed'],
  ])('%j', (given, fault) => {
    const read = readReturn(pact, given, { now: at, attempts });
    if (fault === null) expect('reason' in read && read.reason.id).toBe(given.reason);
    else expect('message' in read && read.message).toContain(fault);
  });

  it('keeps what was asked for', () => {
    const read = (ask: 'date' | 'text' | 'attempts', given: Partial<Given>, met = true) =>
      readReturn(
        { ...pact, reasons: [{ id: 'r', text: 'R', next: 'recycle', ask }] },
        { reason: 'r', ...given },
        { now: at, attempts: met ? { met, count: 6, channels: 2, because: null } : attempts },
      );
    expect(read('date', { until: Date.UTC(2027, 0, 1) })).toMatchObject({
      asked: { date: '2027-01-01T00:00:00Z' },
    });
    expect(read('text', { text: ' Moved. ' })).toMatchObject({ asked: { text: 'Moved.' } });
    expect(read('text', { text: ' ' })).toMatchObject({ path: 'text' });
    expect(read('attempts', {})).toMatchObject({ asked: { attempts: 6, channels: 2 } });
    expect(read('attempts', {}, false)).toMatchObject({ message: 'found 1 attempt on 1 channel' });
  });
});

describe('answers', () => {
  const kinds: Question[] = [
    { id: 'need', ask: 'What?', kind: 'text', required: true },
    { id: 'when', ask: 'When?', kind: 'choice', options: ['Now', 'This year'], required: false },
    { id: 'seats', ask: 'How many?', kind: 'number', required: false },
    { id: 'start', ask: 'From when?', kind: 'date', required: false },
    { id: 'budget', ask: 'Is there a budget?', kind: 'yes_no', required: false },
  ];
  it.each<[Record<string, unknown>, Record<string, unknown> | string]>([
    [
      { need: ' Pumps ', when: 'this YEAR', seats: '12', start: '2026-05-01', budget: 'no' },
      { need: 'Pumps', when: 'This year', seats: 12, start: '2026-05-01', budget: false },
    ],
    [{ need: 'x', when: '', seats: null }, { need: 'x' }],
    [{}, 'need: found no answer to "What?", which is required'],
    [{ need: 'x', when: 'never' }, 'when: found "never" for "When?", wanted one of Now, This year'],
    [{ need: 'x', seats: 'many' }, 'seats: found "many" for "How many?", wanted a number'],
    [{ need: 'x', start: '2026-02-30' }, 'start: found "2026-02-30"'],
    [{ need: 'x', budget: 'perhaps' }, 'budget: found "perhaps"'],
    [{ need: 'x', color: 'red' }, 'color: found an answer to "color", wanted ones to need, when'],
    [{ need: 7 }, 'need: found 7 for "What?", wanted some text'],
  ])('%j', (given, expected) => {
    const { answers, faults } = readAnswers(kinds, given);
    if (typeof expected === 'string') {
      expect(faults.map(({ path, message }) => `${path}: ${message}`).join('; ')).toContain(expected);
    } else expect([answers, faults]).toEqual([expected, []]);
  });
});
