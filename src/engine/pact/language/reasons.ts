/** Why sales may give a lead back. */
import type { Reason } from '../pact.ts';
import { list } from '../shape/collections.ts';
import { optional, required } from '../shape/field.ts';
import { object } from '../shape/object.ts';
import { word } from '../shape/scalars.ts';
import type { Shape } from '../shape/shape.ts';
import { CLAUSES, textOf, wordsFromId } from './clauses.ts';
import { givenId, knownId } from './words.ts';

export const reasons: Shape<Reason[]> = list(
  object<Reason>(
    {
      id: required(givenId('reason'), { title: 'Id', examples: ['not_fit'] }),
      text: textOf(wordsFromId),
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
