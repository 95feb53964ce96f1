import type { Figure } from '#contract/measures.ts';
import { count, percent } from '../../app/format/numbers.ts';
import { Mark } from '../../parts/Mark.tsx';
import classes from './FigureRow.module.css';
import { Opens } from './rows/Opens.tsx';
import { Whisker } from './Whisker.tsx';
import { trendWords, valueWords } from './words.ts';

type Props = {
  of: Figure;
  /** Whether its period is: until then, a sum that is not reached yet is not missed. */
  isOver?: boolean;
};

/** A measure in a row: its value, how sure that is, out of how many, against its promise and the period before. */
export function FigureRow({ of, isOver = true }: Props) {
  const { name, unit, value, interval, enough, promised, kept, currency, says } = of;
  const trend = trendWords(of);
  const isNone = unit === 'count' && value === 0;
  const isSaid = value !== null && !isNone && (enough || unit !== 'share');
  return (
    <div className={classes.figure} data-measure={of.measure}>
      <div className={classes.head}>
        <span className={classes.name}>{name}</span>
        {kept === true && <Mark tone="good">Kept</Mark>}
        {kept === false &&
          (isOver || unit === 'share' ? (
            <Mark tone="warn">Below the promise</Mark>
          ) : (
            <Mark>Not there yet</Mark>
          ))}
        <span className={classes.value} data-said={isSaid}>
          {isSaid ? <Value of={of} /> : value === null || isNone ? 'nothing yet' : 'too few to say'}
        </span>
      </div>
      {value === null || isNone ? (
        <p className={classes.about}>{says}</p>
      ) : (
        <>
          {unit === 'share' && enough && interval !== null && (
            <Whisker value={value} interval={interval} promised={promised} />
          )}
          <p className={classes.about}>
            <Base of={of} />
            {interval !== null && enough && (
              <span title="95 % interval">
                {percent(interval[0])} to {percent(interval[1])}
              </span>
            )}
            {promised !== null && <span>promised {valueWords(unit, promised, currency)}</span>}
            {trend !== null && <span>{trend}</span>}
          </p>
        </>
      )}
    </div>
  );
}

/** A count or a sum opens into what was counted; a share opens by its two numbers. */
function Value({ of: { name, unit, value, currency, rows } }: { of: Figure }) {
  const words = valueWords(unit, value!, currency);
  if (unit === 'share') return words;
  return (
    <Opens of={rows.numerator ?? rows.denominator} what={name}>
      {words}
    </Opens>
  );
}

function Base({ of: { name, unit, numerator, denominator, rows } }: { of: Figure }) {
  if (unit !== 'share') {
    if (rows.denominator === null || rows.numerator === null) return null;
    return (
      <span>
        from <Opens of={rows.denominator} what={`${name}, out of`} />
      </span>
    );
  }
  return (
    <span>
      <Opens of={rows.numerator} what={name}>
        {count(numerator ?? 0)}
      </Opens>{' '}
      of{' '}
      <Opens of={rows.denominator} what={`${name}, out of`}>
        {count(denominator ?? 0)}
      </Opens>
    </span>
  );
}
