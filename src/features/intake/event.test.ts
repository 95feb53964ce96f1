import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Circumstances, judgeEvent, type Refusal, refusals } from './event.ts';

const receivedAt = Date.parse('2026-03-01T12:00:00Z');
const server: Circumstances = { receivedAt, sentAt: null, trust: 'server' };
const track = { type: 'track', event: 'Form Submitted', userId: 'u1', messageId: 'm1' };

const nested = (depth: number): unknown => JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`);

const refused: [what: string, raw: unknown, refusal: Refusal, detail: string][] = [
  ['a list', [track], 'not_an_object', 'JSON object'],
  ['text', 'track', 'not_an_object', 'JSON object'],
  ['null', null, 'not_an_object', 'JSON object'],
  ['no type', { userId: 'u1' }, 'unknown_type', 'identify, track'],
  ['a type that does not exist', { ...track, type: 'purchase' }, 'unknown_type', 'found "purchase"'],
  ['nobody', { type: 'track', event: 'x' }, 'no_identity', 'anonymousId'],
  [
    'ids that mean nobody',
    { ...track, userId: 'null', anonymousId: ' Guest ' },
    'no_identity',
    'anonymousId',
  ],
  ['a track without a name', { ...track, event: ' ' }, 'no_event_name', '"event"'],
  ['a group without an id', { type: 'group', userId: 'u1' }, 'no_group', 'groupId'],
  ['an alias to nobody', { type: 'alias', userId: 'u1' }, 'no_previous_id', 'previousId'],
  ['a time in words', { ...track, timestamp: 'yesterday' }, 'bad_time', 'found "yesterday"'],
  ['a time as a number', { ...track, timestamp: 1_772_366_400 }, 'bad_time', 'ISO 8601'],
  ['1970', { ...track, timestamp: '1970-01-01T00:00:00Z' }, 'time_out_of_range', '1970'],
  ['an id without end', { ...track, userId: 'u'.repeat(600) }, 'too_long', 'userId: uuuu'],
  ['a name without end', { ...track, event: 'e'.repeat(300) }, 'too_long', 'event: eeee'],
  ['33 KB', { ...track, properties: { note: 'x'.repeat(33_000) } }, 'too_large', '32 KB'],
  ['depth without end', { ...track, properties: nested(20_000) }, 'too_deep', '64 levels'],
  ['breadth without end', { ...track, properties: { list: Array(2_000).fill(1) } }, 'too_many_keys', '1,000'],
];

describe('an event is refused by name', () => {
  test.each(refused)('%s', (_, raw, refusal, detail) => {
    const judged = judgeEvent(raw, server);
    expect(judged).toMatchObject({ refused: refusal });
    expect('refused' in judged && judged.detail).toContain(detail);
  });
});

const HOUR = 3_600_000;
const times: [what: string, fields: object, circumstances: Partial<Circumstances>, at: number][] = [
  ['none: when it came in', {}, {}, receivedAt],
  [
    'a server is taken at its word',
    { timestamp: '2026-02-27T10:00:00Z' },
    { sentAt: receivedAt - HOUR },
    Date.parse('2026-02-27T10:00:00Z'),
  ],
  [
    'a browser two years slow is set right',
    { timestamp: '2024-03-01T10:00:00Z' },
    { trust: 'browser', sentAt: Date.parse('2024-03-01T10:00:05Z') },
    receivedAt - 5_000,
  ],
  [
    'the original time goes before',
    { timestamp: '2026-02-28T10:00:00Z', originalTimestamp: '2026-02-27T10:00:00Z' },
    {},
    Date.parse('2026-02-27T10:00:00Z'),
  ],
  ['the year 275760 happened by now', { timestamp: '9999-12-31T00:00:00Z' }, {}, receivedAt],
  ['within a day ahead stays', { timestamp: '2026-03-02T11:00:00Z' }, {}, Date.parse('2026-03-02T11:00:00Z')],
];

test.each(times)('time: %s', (_, fields, circumstances, at) => {
  expect(judgeEvent({ ...track, ...fields }, { ...server, ...circumstances })).toMatchObject({
    event: { at },
  });
});

test('what PostgreSQL cannot hold and what reaches for prototypes is taken out', () => {
  const raw = JSON.parse(
    '{"type":"identify","userId":"u1","traits":{"name":"A\\u0000B","half":"x\\ud800y","__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}}',
  );
  const judged = judgeEvent(raw, server);
  expect(judged).toMatchObject({ event: { traits: { name: 'AB', half: 'x\ufffdy' } } });
  const { traits } = (judged as { event: { traits: object } }).event;
  expect(Object.keys(traits)).toEqual(['name', 'half']);
  expect(({} as Record<string, unknown>).admin).toBeUndefined();
});

test('numbers are ids as well', () => {
  expect(judgeEvent({ ...track, userId: 42 }, server)).toMatchObject({ event: { userId: '42' } });
});

test('whatever comes in, an event or a named refusal comes out', () => {
  const anything = fc.oneof(
    fc.anything(),
    fc.record({
      type: fc.anything(),
      userId: fc.anything(),
      event: fc.anything(),
      timestamp: fc.anything(),
      traits: fc.object(),
    }),
  );
  fc.assert(
    fc.property(anything, (raw) => {
      const judged = judgeEvent(raw, server);
      expect('event' in judged || judged.refused in refusals).toBe(true);
    }),
    { numRuns: 500 },
  );
});
