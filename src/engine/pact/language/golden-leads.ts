/** Golden leads: known leads and the verdict that every version of the pact must give them. */
import type { GoldenLead, Scalar } from '../pact.ts';
import { list, map } from '../shape/collections.ts';
import { defaulted, optional, required } from '../shape/field.ts';
import { object, openObject } from '../shape/object.ts';
import { word } from '../shape/scalars.ts';
import type { Shape } from '../shape/shape.ts';
import { elapsed, factName, instant, prose, scalar } from './words.ts';

/** What is known of a golden lead; null and blank text say that something is not. */
const fact: Shape<Scalar | null> = {
  ...scalar,
  wanted: 'text, a number, true, false or null',
  read(node, path, reading) {
    const isMissing = node.kind === 'scalar' && (node.value === null || node.text.trim() === '');
    return isMissing ? null : scalar.read(node, path, reading);
  },
  schema: () => ({ type: ['string', 'number', 'boolean', 'null'] }),
  brief: (value) => value,
};
const facts = map(factName('the name of an attribute'), fact, { wanted: 'attributes and their values' });

type GoldenActivity = GoldenLead['activities'][number];

const goldenActivity = openObject<{ type: string; at?: string; ago?: string }, Scalar | null>(
  {
    type: required(factName('the name of an activity'), { title: 'Activity', examples: ['page'] }),
    at: optional(instant, { title: 'At', description: 'When it was done.' }),
    ago: optional(elapsed, {
      title: 'Ago',
      description: 'How long ago it was done; now without `at` and `ago`.',
    }),
  },
  { key: factName('the name of a property'), value: fact, doc: 'A property of the activity.' },
  { title: 'an activity', atMostOne: ['at', 'ago'] },
) as unknown as Shape<GoldenActivity>;

const goldenLead: Shape<GoldenLead> = object<GoldenLead>(
  {
    lead: defaulted(
      facts,
      {},
      {
        title: 'Attributes',
        examples: [{ email: 'ann@acme.example', 'account.employees': 200 }],
      },
    ),
    activities: defaulted(list(goldenActivity), [], {
      title: 'Activities',
      examples: [[{ type: 'page', path: '/pricing', ago: '2d' }]],
    }),
    expect: required(word('mql', 'not_mql', 'bad_lead', 'visitor'), {
      title: 'Expected verdict',
      description: 'A version of the pact that says otherwise does not pass.',
    }),
    text: optional(prose, { title: 'In words', description: 'Why this lead is known.' }),
  },
  { title: 'a golden lead' },
);

export const goldenLeads: Shape<GoldenLead[]> = list(goldenLead, { most: 1_000 });
