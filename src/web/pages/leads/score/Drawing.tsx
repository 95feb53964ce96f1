import { type ScoreAt, showScoreHistory } from '#contract/lead-page.ts';
import type { Lead } from '#contract/leads.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { dateOf } from '../../../app/format/dates.ts';
import { points } from '../../../app/format/numbers.ts';
import classes from './Score.module.css';

const WIDTH = 600;
const HEIGHT = 110;
/** How far ahead it is shown how interest fades. */
const AHEAD = 30 * 24 * 60 * 60 * 1_000;

type Props = { lead: Lead; version: number | undefined; at: number };

/** Interest over time, and how it fades when nothing more happens. */
export function Drawing({ lead, version, at }: Props) {
  const from = new Date(lead.created_at).getTime();
  // On the hour, so that a screen that is looked at for a while does not ask again and again.
  const now = Math.ceil(Date.now() / 3_600_000) * 3_600_000;
  const until = now + Math.min(AHEAD, Math.max(now - from, AHEAD / 6));
  const { data } = useAsk(
    showScoreHistory,
    {
      params: { id: lead.id },
      query: {
        from: new Date(from).toISOString(),
        until: new Date(until).toISOString(),
        points: 120,
        version,
      },
    },
    { keep: true },
  );
  if (data === undefined) return <div className={classes.drawing} aria-busy="true" />;
  const most = Math.max(1, ...data.items.map(({ interest }) => interest));
  const x = (instant: number): number => ((instant - from) / (until - from)) * WIDTH;
  const y = (interest: number): number => HEIGHT - (interest / most) * (HEIGHT - 12);
  const place = (one: ScoreAt): [number, number] => [x(new Date(one.at).getTime()), y(one.interest)];
  const isPast = (one: ScoreAt): boolean => new Date(one.at).getTime() <= now;
  const past = data.items.filter(isPast).map(place);
  const future = [...past.slice(-1), ...data.items.filter((one) => !isPast(one)).map(place)];
  const path = (places: [number, number][]): string =>
    places.map(([a, b]) => `${a.toFixed(1)},${b.toFixed(1)}`).join(' L ');
  const best = data.items.reduce((a, b) => (b.interest > a.interest ? b : a), data.items[0]!);
  return (
    <figure style={{ margin: 0 }}>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        className={classes.drawing}
        role="img"
        aria-label={`Interest from ${dateOf(from)} to ${dateOf(until)}: at most ${points(most)}, on ${dateOf(best.at)}; ${points(lead.interest)} now, and fading from here on when nothing more happens.`}
      >
        <line x1={0} x2={WIDTH} y1={HEIGHT} y2={HEIGHT} className={classes.axis} />
        {past.length > 1 && (
          <>
            <path
              className={classes.area}
              d={`M ${past[0]![0]},${HEIGHT} L ${path(past)} L ${past.at(-1)![0]},${HEIGHT} Z`}
            />
            <path className={classes.line} d={`M ${path(past)}`} />
          </>
        )}
        {future.length > 1 && <path className={classes.future} d={`M ${path(future)}`} />}
        <line x1={x(at)} x2={x(at)} y1={0} y2={HEIGHT} className={classes.now} />
      </svg>
      <figcaption className={classes.scale}>
        <span>{dateOf(from)}</span>
        <span>
          Interest, at most {points(most)} on {dateOf(best.at)}
        </span>
        <span>{dateOf(until)}</span>
      </figcaption>
    </figure>
  );
}
