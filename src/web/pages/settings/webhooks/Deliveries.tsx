import { type Delivery, listDeliveries } from '#contract/webhooks.ts';
import { useList } from '../../../app/api/queries.ts';
import { Failed } from '../../../app/Failed.tsx';
import { many } from '../../../app/format/numbers.ts';
import { Opening } from '../../../app/Opening.tsx';
import { Mark, type Tone } from '../../../parts/Mark.tsx';
import { More } from '../../../parts/More.tsx';
import { When } from '../../../parts/When.tsx';
import classes from '../Settings.module.css';

const standings: Record<Delivery['standing'], { name: string; tone: Tone }> = {
  waiting: { name: 'On its way', tone: 'warn' },
  delivered: { name: 'Delivered', tone: 'good' },
  failed: { name: 'Failed', tone: 'bad' },
};

/** What was made so lately, or is due so soon, in milliseconds, may be anywhere by now. */
const LATELY = 60_000;
const SOON = 5_000;

/** In how many milliseconds to look what has become of what is on its way. */
function nextLook(deliveries: readonly Delivery[]): number | false {
  const now = Date.now();
  const waiting = deliveries.filter(({ standing }) => standing === 'waiting');
  const isMoving = ({ due_at, created_at }: Delivery): boolean =>
    due_at === null || Date.parse(due_at) < now + SOON || Date.parse(created_at) > now - LATELY;
  if (waiting.length === 0) return false;
  return waiting.some(isMoving) ? 2_000 : 20_000;
}

/** What was sent to one address in the last 30 days. */
export function Deliveries({ endpoint }: { endpoint: string }) {
  const list = useList(listDeliveries, { params: { endpoint } }, { every: nextLook });
  if (list.error !== null && list.data === undefined)
    return <Failed error={list.error} reset={() => void list.refetch()} />;
  if (list.isPending) return <Opening />;
  if (list.items.length === 0) return <p className={classes.nobody}>Nothing was sent there in 30 days.</p>;
  return (
    <>
      <ul className={classes.rows} aria-label="Deliveries">
        {list.items.map((delivery) => (
          <Line key={delivery.id} of={delivery} />
        ))}
      </ul>
      <More of={list} />
    </>
  );
}

const Line = ({
  of: { topic, standing, attempts, status, last_error, due_at, created_at },
}: {
  of: Delivery;
}) => (
  <li className={classes.row}>
    <div className={classes.what}>
      <div className={classes.name}>
        <Mark tone={standings[standing].tone}>{standings[standing].name}</Mark> {topic}
      </div>
      <div className={classes.quiet}>
        {many(attempts, 'attempt')}
        {status !== null && last_error === null && `, answered ${status}`}
        {last_error !== null && standing !== 'delivered' && `: ${last_error}`}
        {standing === 'waiting' && due_at !== null && (
          <>
            , tried next <When at={due_at} />
          </>
        )}
      </div>
    </div>
    <span className={classes.quiet}>
      <When at={created_at} />
    </span>
  </li>
);
