/** The pact language, whole: every key of a pact file, in the order of its normal form. */
import type { Pact } from '../pact.ts';
import { defaulted, optional, required } from '../shape/field.ts';
import { object } from '../shape/object.ts';
import { exactly } from '../shape/scalars.ts';
import type { Shape } from '../shape/shape.ts';
import { calendar } from './calendar.ts';
import { badLeads, fastLanes, grades, interest, lead, mql, profile, stages } from './clauses.ts';
import { DEFAULT_REASONS } from './defaults.ts';
import { goldenLeads } from './golden-leads.ts';
import { handoff } from './handoff.ts';
import { reasons } from './reasons.ts';
import { sql } from './sql.ts';
import { economics, terms } from './terms.ts';
import { date, elapsed, shortText } from './words.ts';

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
    golden: defaulted(goldenLeads, [], {
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
