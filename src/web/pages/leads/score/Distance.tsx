import { showDistance } from '#contract/lead-page.ts';
import { useAsk } from '../../../app/api/queries.ts';
import classes from './Score.module.css';

/** What is missing to an MQL, the shortest way first. */
export function Distance({
  lead,
  query,
}: {
  lead: string;
  query: { at?: string | undefined; version?: number };
}) {
  const { data } = useAsk(showDistance, { params: { id: lead }, query }, { keep: true });
  if (data === undefined) return null;
  const [shortest] = data.ways;
  return (
    <div className={classes.distance}>
      <b>{data.words}</b>
      {shortest !== undefined && shortest.missing.length > 0 && (
        <ul>
          {shortest.missing.map(({ words }) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
