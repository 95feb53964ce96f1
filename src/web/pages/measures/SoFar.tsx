import type { Figure } from '#contract/measures.ts';
import { count } from '../../app/format/numbers.ts';
import { Opens } from './rows/Opens.tsx';

/** What was counted of everybody, young ones too: beside the rate, and never in its place. */
export function SoFar({ of: { name, numerator, denominator, rows, says } }: { of: Figure }) {
  if (denominator === 0) return null;
  return (
    <span data-measure="so_far">
      <Opens of={rows.numerator} what={name}>
        {count(numerator ?? 0)}
      </Opens>{' '}
      of{' '}
      <Opens of={rows.denominator} what={`${name}, out of`}>
        {count(denominator ?? 0)}
      </Opens>
      {says.replace(/^\S+ of \S+/, '')}
    </span>
  );
}
