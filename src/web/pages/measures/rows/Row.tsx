import type { MeasureRow } from '#contract/measures.ts';
import { dateAndTime, lasting } from '../../../app/format/dates.ts';
import { money } from '../../../app/format/numbers.ts';
import { GoTo } from '../../../parts/GoTo.tsx';
import classes from './Rows.module.css';

/** Where a row is looked at closer. A clock's id is its handoff's; everything else is seen at its lead. */
function addressOf({ kind, id, lead }: MeasureRow): string | null {
  if (kind === 'handoff' || kind === 'clock') return `/handoffs/${id}`;
  return lead === null ? null : `/leads/${lead}`;
}

export function Row({ row }: { row: MeasureRow }) {
  const { name, at, source, what, clause, version, pass, amount, currency, elapsed } = row;
  const address = addressOf(row);
  const about = [
    what?.replaceAll('_', ' '),
    amount === null || currency === null ? null : money(amount, currency),
    elapsed === null ? null : `after ${lasting(elapsed)}`,
    source,
    pass === null || pass === 1 ? null : `pass ${pass}`,
    version === null ? null : `version ${version}`,
  ].filter((one) => one !== null && one !== undefined && one !== '');
  const words = name ?? 'A lead without a name';
  return (
    <li className={classes.row}>
      <span className={classes.name}>{address === null ? words : <GoTo href={address}>{words}</GoTo>}</span>
      <time dateTime={at} className={classes.at}>
        {dateAndTime(at)}
      </time>
      <span className={classes.about}>
        {about.join(' · ')}
        {clause !== null && (
          <>
            {about.length > 0 && ' · '}
            <GoTo href={`/pact${version === null ? '' : `?version=${version}`}#${clause}`}>
              clause {clause}
            </GoTo>
          </>
        )}
      </span>
    </li>
  );
}
