/** The pact language, whole: every key of a pact file, in the order of its normal form. */
import type { GoldenLead, Pact, Scalar } from '../pact.ts';
import { byKind, list, map } from '../shape/collections.ts';
import { defaulted, object, openObject, optional, required } from '../shape/object.ts';
import { exactly, number, text, word } from '../shape/scalars.ts';
import type { Shape } from '../shape/shape.ts';
import { calendar } from './calendar.ts';
import { badLeads, fastLanes, grades, interest, lead, mql, profile, stages } from './clauses.ts';
import { DEFAULT_REASONS } from './defaults.ts';
import { handoff, reasons, sql } from './handoff.ts';
import { amount, date, elapsed, factName, instant, prose, scalar, share, shortText } from './words.ts';

const party = (title: string): Shape<{ owner?: string }> =>
  object<{ owner?: string }>(
    {
      owner: optional(shortText, {
        title: 'Owner',
        description: 'Who speaks, and signs, for this party.',
        examples: [`Head of ${title}`],
      }),
    },
    { title: `the party ${title}` },
  );

const MISSING = null;
const fact: Shape<Scalar | null> = {
  ...scalar,
  wanted: 'text, a number, true, false or null',
  read(node, path, reading) {
    const isMissing = node.kind === 'scalar' && (node.value === null || node.text.trim() === '');
    return isMissing ? MISSING : scalar.read(node, path, reading);
  },
  schema: () => ({ type: ['string', 'number', 'boolean', 'null'] }),
  brief: (value) => value,
};
const facts = byKind<Record<string, Scalar | null>>(
  'attributes and their values',
  { map: map(factName('the name of an attribute'), fact) },
  (value) => value,
);

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

const golden: Shape<GoldenLead> = object<GoldenLead>(
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

const terms: Shape<Pact['terms']> = object<Pact['terms']>(
  {
    marketing: defaulted(
      object<Pact['terms']['marketing']>(
        {
          mqls_per_month: optional(number({ least: 0, most: 1e9 }), { title: 'MQLs a month' }),
          value_per_month: optional(amount, {
            title: 'Value a month',
            description: 'The commitment in money instead of, or beside, a number of leads.',
          }),
          acceptance: optional(share, { title: 'Acceptance', description: 'Share of handoffs accepted.' }),
          compliance: optional(share, {
            title: 'Compliance',
            description: 'Share of handoffs that met every clause.',
          }),
        },
        { title: "marketing's terms" },
      ),
      {},
      { title: "Marketing's promise" },
    ),
    sales: defaulted(
      object<Pact['terms']['sales']>(
        {
          attainment: optional(share, { title: 'Attainment', description: 'Share of deadlines met.' }),
          feedback: optional(share, {
            title: 'Feedback',
            description: 'Share of decisions with a reason, in time.',
          }),
        },
        { title: "sales' terms" },
      ),
      {},
      { title: "Sales' promise" },
    ),
  },
  { title: 'terms', spelledOut: true },
);

const economics: Shape<Pact['economics']> = object<Pact['economics']>(
  {
    currency: defaulted(
      text({ wanted: 'a currency code, such as USD', pattern: '^[A-Z]{3}$', hint: 'three capital letters' }),
      'USD',
      { title: 'Currency' },
    ),
    average_deal: optional(amount, { title: 'Average deal' }),
    cost_per_lead: optional(amount, { title: 'Cost of a lead' }),
    cost_per_worked_lead: optional(amount, { title: 'Cost of working a lead' }),
    margin: optional(amount, {
      title: 'Margin of a deal',
      description: 'In money; break-even is worked out from it.',
    }),
    capacity_per_month: optional(number({ least: 0, most: 1e9 }), {
      title: 'Capacity a month',
      description: 'New leads that sales can work.',
    }),
    expected: defaulted(
      object<Pact['economics']['expected']>(
        {
          mql_to_sal: optional(share, { title: 'MQL to SAL' }),
          sal_to_sql: optional(share, { title: 'SAL to SQL' }),
          sql_to_won: optional(share, { title: 'SQL to won' }),
        },
        { title: 'expected rates' },
      ),
      {},
      { title: 'Expected rates', description: 'What both teams expect of each step.' },
    ),
  },
  { title: 'economics', spelledOut: true },
);

/** A pact file. */
export const language: Shape<Pact> = object<Pact>(
  {
    pact: required(shortText, {
      title: 'Name',
      description: 'Whose pact this is.',
      examples: ['Acme Industrial'],
    }),
    language: required(exactly(1, 'this program reads language 1'), {
      title: 'Language',
      description: 'Version of this format.',
      examples: [1],
    }),
    calendar: defaulted(
      calendar,
      {},
      { title: 'Calendar', description: 'Working time, for every term below.' },
    ),
    parties: defaulted(
      object<Pact['parties']>(
        {
          marketing: defaulted(party('Marketing'), {}, { title: 'Marketing' }),
          sales: defaulted(party('Sales'), {}, { title: 'Sales' }),
        },
        { title: 'the parties', spelledOut: true },
      ),
      {},
      { title: 'Parties', description: 'Who signs.' },
    ),
    lead: defaulted(lead, {}, { title: 'Lead', description: 'The moment somebody becomes a lead.' }),
    bad_leads: defaulted(badLeads, [], { title: 'Bad leads', description: 'Never handed over.' }),
    profile: defaulted(profile, [], { title: 'Profile', description: 'The perfect customer: fit points.' }),
    interest: defaulted(interest, [], { title: 'Interest', description: 'Behaviour: interest points.' }),
    grades: defaulted(grades, {}, { title: 'Grades', description: 'Lower bounds of the cells A1 … D4.' }),
    stages: defaulted(stages, [], {
      title: 'Stages',
      description: "Marketing's ladder below MQL, lowest first; a lead stands on the highest that holds.",
    }),
    mql: required(mql, {
      title: 'MQL',
      description: 'Resembles the perfect customer: handed over to sales.',
      examples: [{ when: { fit: { gte: 40 } } }],
    }),
    fast_lanes: defaulted(fastLanes, [], {
      title: 'Fast lanes',
      description: 'Signed shortcuts straight to sales.',
    }),
    sql: defaulted(sql, {}, { title: 'SQL', description: 'Sales alone decides.' }),
    handoff: defaulted(
      handoff,
      {},
      {
        title: 'Handoff',
        description: 'What travels with a lead, how fast sales answers, and who gets it.',
      },
    ),
    reasons: defaulted(reasons, DEFAULT_REASONS, {
      title: 'Reasons',
      description: 'Why sales may give a lead back.',
    }),
    terms: defaulted(terms, {}, { title: 'Terms', description: 'The promises.' }),
    economics: defaulted(
      economics,
      {},
      { title: 'Economics', description: 'What a lead costs and a deal brings.' },
    ),
    golden: defaulted(list(golden, { most: 1_000 }), [], {
      title: 'Golden leads',
      description: 'Known leads and the verdict expected for each.',
    }),
    review: defaulted(
      object<Pact['review']>(
        {
          every: defaulted(elapsed, '90d', { title: 'Every' }),
          next: optional(date, { title: 'Next', description: 'The day of the next review.' }),
          expires: optional(date, { title: 'Expires', description: 'The day on which the pact ends.' }),
        },
        { title: 'a review', spelledOut: true },
      ),
      {},
      { title: 'Review', description: 'How often both teams come back to this text.' },
    ),
  },
  { title: 'a pact', spelledOut: true },
);
