/** The handoff: what sales decides, what travels, by when, to whom, and why a lead may be given back. */
import type { Pact, Question, Reason, Routing, RoutingTarget, Tier } from '../pact.ts';
import { byKey } from '../shape/by-key.ts';
import { byKind, list, map } from '../shape/collections.ts';
import { defaulted, type Fallback, type Field, object, optional, required } from '../shape/object.ts';
import { number, word, yesNo } from '../shape/scalars.ts';
import { converted, type Shape } from '../shape/shape.ts';
import { CLAUSES, wordsFromId } from './clauses.ts';
import { condition } from './condition.ts';
import { DEFAULT_QUESTIONS, STANDARD_TIER } from './defaults.ts';
import { factName, givenId, givenKey, knownId, letters, owner, prose, shortText, working } from './words.ts';

const textFromId: Field<string, 'defaulted'> = defaulted(prose, wordsFromId, {
  title: 'In words',
  kept: true,
});

const kindOfAnswer: Fallback<Question> = (_, has) => (has('options') ? 'choice' : 'text');

const question: Shape<Question> = object<Question>(
  {
    id: required(givenId('question'), { title: 'Id', examples: ['need'] }),
    ask: required(prose, { title: 'The question', examples: ['What do they need to solve?'] }),
    kind: defaulted(word('text', 'choice', 'number', 'date', 'yes_no'), kindOfAnswer, {
      title: 'Kind of answer',
    }),
    options: optional(list(letters, { wanted: 'a list of answers', least: 1, most: 200 }), {
      title: 'Options',
      description: 'The answers to choose from.',
      examples: [['now', 'this quarter', 'this year']],
    }),
    required: defaulted(yesNo, false, {
      title: 'Required',
      description: 'Whether it must be answered before a lead is an SQL.',
    }),
  },
  {
    title: 'a question',
    also: ({ kind, options }, node, path, reading) => {
      const hasOptions = node.entries.some(({ key }) => key === 'options');
      if (kind === 'choice' && !hasOptions) {
        reading.problem(
          node.at,
          path,
          'found a choice without options, wanted options',
          'options: [yes, no]',
        );
      } else if (kind !== undefined && kind !== 'choice' && options !== undefined) {
        reading.problem(node.at, path, `found options for a ${kind}, wanted kind: choice with them`);
      }
    },
  },
);

export const sql: Shape<Pact['sql']> = object<Pact['sql']>(
  {
    text: defaulted(prose, 'Shows the characteristics of a perfect customer and has a potential need.', {
      title: 'In words',
      kept: true,
    }),
    questions: defaulted(list(question, { most: 100 }), DEFAULT_QUESTIONS, {
      title: 'Questions',
      description: 'What sales answers to call a lead an SQL.',
    }),
    owner: defaulted(owner, 'sales', { title: 'Owner', description: 'Sales alone decides, unless agreed.' }),
  },
  { title: 'what an SQL is', spelledOut: true },
);

const promise = (fallback: string, title: string): Field<string, 'defaulted'> =>
  defaulted(working, fallback, { title, description: 'Working time, from the handoff.' });

const tier: Shape<Tier> = object<Tier>(
  {
    first_touch: promise(STANDARD_TIER.first_touch, 'First touch'),
    accept: promise(STANDARD_TIER.accept, 'Accepted or given back'),
    decide: promise(STANDARD_TIER.decide, 'SQL or not'),
  },
  { title: 'a tier', spelledOut: true },
);

const namedTiers = map(givenKey('tier'), tier, { wanted: 'tiers by name', most: 50 });

/** There is always a `standard` tier, last when the file does not say it. */
const tiers: Shape<Record<string, Tier>> = converted(
  namedTiers,
  (named) => (Object.hasOwn(named, 'standard') ? named : { ...named, standard: { ...STANDARD_TIER } }),
  (named) => named,
);

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
    text: textFromId,
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
const routing: Shape<Routing> = byKind<Routing>(
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

export const handoff: Shape<Pact['handoff']> = object<Pact['handoff']>(
  {
    packet: defaulted(list(factName('the name of an attribute'), { most: 200 }), ['email'], {
      title: 'Packet',
      description: 'Attributes that must be known before a handoff is made.',
      examples: [['email', 'account.name']],
    }),
    tiers: defaulted(
      tiers,
      { hot: { first_touch: '15m', accept: '2h', decide: '3d' }, standard: STANDARD_TIER },
      {
        title: 'Tiers',
        description:
          'How fast sales answers. `standard` is always there: a lead that no fast lane sends elsewhere.',
      },
    ),
    attempts: defaulted(
      object<Pact['handoff']['attempts']>(
        {
          count: defaulted(number({ least: 1, most: 100, whole: true }), 6, { title: 'Attempts' }),
          within: defaulted(working, '10d', { title: 'Within', description: 'Working time.' }),
          channels: defaulted(number({ least: 1, most: 10, whole: true }), 2, { title: 'Channels' }),
        },
        { title: 'attempts', spelledOut: true },
      ),
      {},
      {
        title: 'Attempts',
        description: 'How often, within what time and on how many channels sales tries before "unreachable".',
      },
    ),
    routing: defaulted(
      routing,
      {},
      {
        title: 'Routing',
        description: 'Who gets a handoff: rules in order, queues of people, and where the rest goes.',
        examples: [
          {
            rules: [
              {
                id: 'enterprise',
                text: 'Large companies go to Ann.',
                when: { attribute: 'account.employees', gte: 1000 },
                to: { person: 'ann@acme.example' },
              },
            ],
            queues: { inbound: { members: ['bo@acme.example', 'cy@acme.example'], by: 'round_robin' } },
            otherwise: { queue: 'inbound' },
          },
        ],
      },
    ),
  },
  { title: 'a handoff', spelledOut: true },
);

export const reasons: Shape<Reason[]> = list(
  object<Reason>(
    {
      id: required(givenId('reason'), { title: 'Id', examples: ['not_fit'] }),
      text: textFromId,
      clause: optional(
        knownId({ spaces: ['clause', 'criterion', 'fast_lane', 'ladder'], what: 'clauses and criteria' }),
        {
          title: 'Clause',
          description: `The clause that the reason accuses: ${CLAUSES.join(', ')}, or the id of a criterion.`,
          examples: ['profile'],
        },
      ),
      next: required(word('disqualify', 'recycle'), {
        title: 'What happens next',
        description: 'The lead is out, or goes back to nurture.',
      }),
      ask: optional(word('date', 'text', 'attempts'), {
        title: 'What to add',
        description: 'What the person who gives the reason must add.',
      }),
    },
    { title: 'a reason' },
  ),
  { most: 200 },
);
