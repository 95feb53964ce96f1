/** What an SQL is, and what sales answers to call a lead one. */
import type { Pact, Question } from '../pact.ts';
import { list } from '../shape/collections.ts';
import { defaulted, type Fallback, optional, required } from '../shape/field.ts';
import { object } from '../shape/object.ts';
import { word, yesNo } from '../shape/scalars.ts';
import type { Shape } from '../shape/shape.ts';
import { DEFAULT_QUESTIONS } from './defaults.ts';
import { givenId, letters, owner, prose } from './words.ts';

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
