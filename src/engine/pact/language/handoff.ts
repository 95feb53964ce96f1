/** The handoff: what travels with a lead, how fast sales answers, and who gets it. */
import type { Pact, Tier } from '../pact.ts';
import { list, map } from '../shape/collections.ts';
import { defaulted, type Field } from '../shape/field.ts';
import { object } from '../shape/object.ts';
import { number } from '../shape/scalars.ts';
import { converted, type Shape } from '../shape/shape.ts';
import { STANDARD_TIER } from './defaults.ts';
import { routing } from './routing.ts';
import { factName, givenKey, working } from './words.ts';

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
