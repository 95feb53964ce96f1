/** Figures and openings as cells of a table: a number for a file, and on screen one that opens. */
import type { Figure, Opening } from '#contract/measures.ts';
import { count, countedPercent, percent } from '../../app/format/numbers.ts';
import type { Cell } from '../../parts/chart/table.ts';
import { Opens } from './rows/Opens.tsx';
import { valueWords } from './words.ts';

export const opened = (of: Opening, what: string): Cell => ({
  raw: of.count,
  shown: <Opens of={of} what={what} />,
});

/** A share with its two numbers, which open. Of too few only what was counted is said. */
export function cellOf(figure: Figure): Cell {
  const { name, unit, value, enough, numerator, denominator, currency, rows } = figure;
  if (value === null) return { raw: null, shown: <span title={figure.says}>nothing yet</span> };
  if (unit !== 'share') {
    const words = valueWords(unit, value, currency);
    return {
      raw: value,
      shown: (
        <Opens of={rows.numerator ?? rows.denominator} what={name}>
          {words}
        </Opens>
      ),
    };
  }
  return {
    raw: value,
    shown: (
      <span title={figure.says}>
        {enough && `${percent(value)}, `}
        <Opens of={rows.numerator} what={name}>
          {count(numerator ?? 0)}
        </Opens>
        {' of '}
        <Opens of={rows.denominator} what={`${name}, out of`}>
          {count(denominator ?? 0)}
        </Opens>
      </span>
    ),
  };
}

/** What was counted of everybody, with its share to three decimals: nothing is estimated by it. */
export function countedCell({ name, value, numerator, denominator, rows, says }: Figure): Cell {
  if (value === null) return { raw: null, shown: <span title={says}>nothing yet</span> };
  return {
    raw: value,
    shown: (
      <span title={says}>
        {countedPercent(value)},{' '}
        <Opens of={rows.numerator} what={name}>
          {count(numerator ?? 0)}
        </Opens>
        {' of '}
        <Opens of={rows.denominator} what={`${name}, out of`}>
          {count(denominator ?? 0)}
        </Opens>
      </span>
    ),
  };
}
