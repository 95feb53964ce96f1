/** Who gets a handoff: rules in order, queues of people, and where the rest goes. */
import type { Routing, RoutingTarget } from '../pact.ts';
import { byKey } from '../shape/by-key.ts';
import { byKind, list, map } from '../shape/collections.ts';
import { defaulted, optional, required } from '../shape/field.ts';
import { object } from '../shape/object.ts';
import { number, word } from '../shape/scalars.ts';
import { converted, type Shape } from '../shape/shape.ts';
import { textOf, wordsFromId } from './clauses.ts';
import { condition } from './condition.ts';
import { givenId, givenKey, knownId, shortText } from './words.ts';

const queueName = knownId({ spaces: ['queue'], what: 'queues' });

const target: Shape<RoutingTarget> = byKey<RoutingTarget>('a queue or a person', {
  queue: object<{ queue: string }>(
    { queue: required(queueName, { title: 'Queue', description: 'A queue of `routing.queues`.' }) },
    { title: 'a queue' },
  ),
  person: object<{ person: string }>(
    { person: required(shortText, { title: 'Person', description: 'The e-mail address of a member.' }) },
    { title: 'a person' },
  ),
});

type Queue = Routing['queues'][string];
type Member = Queue['members'][number];

const memberInFull: Shape<Member> = object<Member>(
  {
    person: required(shortText, { title: 'Person', description: 'The e-mail address of a member.' }),
    weight: defaulted(number({ least: 1, most: 100, whole: true }), 1, {
      title: 'Weight',
      description: 'A member of weight 2 gets twice as many as one of weight 1.',
    }),
    cap: optional(number({ least: 1, most: 100_000, whole: true }), {
      title: 'Cap',
      description: 'Handoffs open at a time; above it others get them.',
    }),
  },
  { title: 'a member of a queue' },
);
const member: Shape<Member> = byKind<Member>(
  'a person, or { person, weight, cap }',
  {
    scalar: converted(
      shortText,
      (person) => ({ person, weight: 1 }),
      ({ person }) => person,
    ),
    map: memberInFull,
  },
  (value) => (value.weight === 1 && value.cap === undefined ? value.person : memberInFull.brief(value)),
);

const queue: Shape<Queue> = object<Queue>(
  {
    members: required(list(member, { wanted: 'a list of at least one person', least: 1, most: 1_000 }), {
      title: 'Members',
      description: 'Who takes turns: addresses, or { person, weight, cap }.',
      examples: [['ann@acme.example', { person: 'bo@acme.example', weight: 2, cap: 30 }]],
    }),
    by: defaulted(word('round_robin', 'least_load'), 'round_robin', {
      title: 'By',
      description: 'In turn by weight, or to whoever has the fewest open handoffs for their weight.',
    }),
  },
  { title: 'a queue' },
);

const rule: Shape<Routing['rules'][number]> = object<Routing['rules'][number]>(
  {
    id: required(givenId('routing rule'), { title: 'Id', examples: ['enterprise'] }),
    text: textOf(wordsFromId),
    when: required(condition, {
      title: 'When',
      examples: [{ attribute: 'account.employees', gte: 1000 }],
    }),
    to: required(target, {
      title: 'To',
      examples: [{ queue: 'enterprise' }, { person: 'ann@acme.example' }],
    }),
  },
  { title: 'a routing rule' },
);

const agreedRouting: Shape<Routing> = object<Routing>(
  {
    rules: defaulted(list(rule, { most: 1_000 }), [], {
      title: 'Rules',
      description: 'In order; the first that holds says where a handoff goes.',
    }),
    queues: defaulted(
      map(givenKey('queue'), queue, { wanted: 'queues by name' }),
      {},
      {
        title: 'Queues',
        description: 'Groups of people who share the handoffs sent to them.',
      },
    ),
    otherwise: optional(target, {
      title: 'Otherwise',
      description:
        'Where a handoff goes that no rule takes; without it, such a handoff waits for a lead of sales.',
      examples: [{ queue: 'inbound' }],
    }),
  },
  { title: 'routing' },
);

/** `routing: …` says that it is not agreed yet: the same as leaving it out. */
export const routing: Shape<Routing> = byKind<Routing>(
  'routing: rules, queues, otherwise',
  {
    map: agreedRouting,
    scalar: converted(
      word('…', '...'),
      () => ({ rules: [], queues: {} }),
      () => '…',
    ),
  },
  (value) => agreedRouting.brief(value),
);
