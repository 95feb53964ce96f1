import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Raw } from '#engine/facts/facts.ts';
import { attribute, buildPact, clause, did, interest, profile } from '#tests/support/build.ts';
import { ColumnsBuilder, factsOf, footprint } from './columns.ts';

const pact = buildPact({
  lead: clause({ attribute: 'Email', exists: true }),
  profile: [profile('size', 20, attribute('account.employees', { gte: 50 }))],
  interest: [
    interest('pricing', 8, { when: did('page', { where: { path: { starts_with: '/pricing' } } }) }),
    interest('mail', 1, { when: did('Mail Opened') }),
  ],
});

test('a footprint names what a pact reads, folded, and no more', () => {
  expect(footprint([pact])).toStrictEqual({
    attributes: new Set(['email', 'account.employees']),
    values: new Set(['account.employees']),
    properties: new Map([
      ['page', new Set(['path'])],
      ['mail opened', new Set()],
    ]),
  });
});

test('leads lie in the order they were named, their activities and states in order of time', () => {
  const builder = new ColumnsBuilder();
  const [ada, bob] = [builder.lead('ada'), builder.lead('bob')];
  builder.activity(bob, 30, 'page', { path: '/' });
  builder.activity(ada, 20, 'page', { path: '/pricing' });
  builder.activity(ada, 10, 'Mail Opened', {});
  builder.change(ada, 15, { city: 'Bonn' });
  builder.change(ada, null, { city: 'Ulm', size: 5 });
  builder.change(ada, 15, { size: '' });
  expect(builder.taken).toBe(3);
  const columns = builder.finish();
  expect(columns.ids).toStrictEqual(['ada', 'bob']);
  expect(factsOf(columns, ada)).toStrictEqual({
    id: 'ada',
    changes: [
      { at: null, values: { city: 'Ulm', size: '5' } },
      { at: 15, values: { city: 'Bonn', size: null } },
    ],
    activities: [
      { at: 10, type: 'mail opened', properties: {} },
      { at: 20, type: 'page', properties: { path: '/pricing' } },
    ],
  });
  expect(factsOf(columns, bob)).toStrictEqual({
    id: 'bob',
    changes: [],
    activities: [{ at: 30, type: 'page', properties: { path: '/' } }],
  });
});

test('a signature is written once, and only with what the pact reads of it', () => {
  const builder = new ColumnsBuilder({ footprint: footprint([pact]) });
  const lead = builder.lead('ada');
  builder.activity(lead, 1, 'page', { path: '/pricing', visit: 1 });
  builder.activity(lead, 2, 'Page ', { ' Path': '/pricing ', visit: 2 });
  builder.activity(lead, 3, 'webinar', { topic: 'x' });
  builder.activity(lead, 4, 'webinar', { topic: 'y' });
  const { activities } = builder.finish();
  expect(activities.signatures).toStrictEqual([
    { type: 'page', properties: [['path', '/pricing']] },
    { type: 'webinar', properties: [] },
  ]);
  expect([...activities.codes]).toStrictEqual([0, 0, 1, 1]);
});

test('signatures are kept apart whatever their texts hold', () => {
  const builder = new ColumnsBuilder();
  const lead = builder.lead('ada');
  const tricky = [
    { a: '1:b2:x', b: 'y' },
    { a: '1', b: 'b2:xy' },
    { a: 'x1:by' },
    { a: 'x', b: 'y' },
    { ab: 'xy' },
  ];
  for (const properties of tricky) builder.activity(lead, 1, 'page', properties);
  expect(builder.finish().activities.signatures).toHaveLength(tricky.length);
});

test('rows under a header say the same as objects', () => {
  const header = ['Email', 'City', ' email ', 'Account.Employees'];
  const cell = fc.constantFrom<Raw>('a', ' a', 'B', '', ' ', null, undefined, 5, '5', true);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(cell, cell, cell, cell), { minLength: 1, maxLength: 5 }),
      fc.boolean(),
      (rows, projected) => {
        const options = projected ? { footprint: footprint([pact]) } : {};
        const [byRow, byObject] = [new ColumnsBuilder(options), new ColumnsBuilder(options)];
        const change = byRow.changeRows(header);
        const activity = byRow.activityRows(['Path', 'x', 'path ']);
        rows.forEach((cells, i) => {
          change(byRow.lead('ada'), i, cells);
          byObject.change(
            byObject.lead('ada'),
            i,
            Object.fromEntries(header.map((name, at) => [name, cells[at]])),
          );
          activity(byRow.lead('ada'), i, 'page', cells);
          byObject.activity(byObject.lead('ada'), i, 'page', {
            Path: cells[0],
            x: cells[1],
            'path ': cells[2],
          });
        });
        expect(byRow.finish()).toStrictEqual(byObject.finish());
      },
    ),
  );
});

test('columns can lie in shared memory', () => {
  const builder = new ColumnsBuilder({ shared: true });
  builder.activity(builder.lead('ada'), 1, 'page', {});
  builder.change(builder.lead('ada'), null, { city: 'Ulm' });
  const { activities, states } = builder.finish();
  const arrays = [activities.starts, activities.instants, activities.codes, states.starts, states.since];
  for (const { buffer } of [...arrays, ...states.attributes.map(({ codes }) => codes)]) {
    expect(buffer).toBeInstanceOf(SharedArrayBuffer);
  }
});

test('no name of an attribute or property is special', () => {
  const builder = new ColumnsBuilder();
  const lead = builder.lead('__proto__');
  builder.change(lead, null, JSON.parse('{ "__proto__": "x", "constructor": "y" }'));
  builder.activity(lead, 1, '__proto__', JSON.parse('{ "__proto__": "z" }'));
  const facts = factsOf(builder.finish(), lead);
  expect(Object.entries(facts.changes[0]!.values)).toStrictEqual([
    ['__proto__', 'x'],
    ['constructor', 'y'],
  ]);
  expect(Object.entries(facts.activities[0]!.properties)).toStrictEqual([['__proto__', 'z']]);
});
