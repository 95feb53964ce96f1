import { dateAndTime, lasting, working } from '../app/format/dates.ts';
import { useNow } from '../app/format/useNow.ts';
import { Mark } from './Mark.tsx';

/** A quarter of the time left, or less, is soon. */
const SOON = 0.25;

type Props = {
  dueAt: string;
  /** When the clock began; without it nothing is called soon. */
  startedAt?: string;
  /** The clock in words, with the zone it runs in. */
  words?: string;
  /** Working time that is left, or has gone by since: said where it is not what the clock on the wall says. */
  workingLeft?: number | null;
};

/** Who reads "due in 3 d" on a Friday wants to know that it is six hours of work. */
const TELLING = 10 * 60_000;

/** How long until something is due, or since when it is late. */
export function Due({ dueAt, startedAt, words, workingLeft = null }: Props) {
  const now = useNow(15_000);
  const due = new Date(dueAt).getTime();
  const left = due - now;
  const whole = startedAt === undefined ? 0 : due - new Date(startedAt).getTime();
  const title = words ?? dateAndTime(dueAt);
  const ofWork =
    workingLeft === null || Math.abs(Math.abs(left) - Math.abs(workingLeft)) < TELLING
      ? ''
      : `, ${working(workingLeft)} of working time`;
  if (left < 0) {
    return (
      <Mark tone="bad" title={title}>
        {lasting(left)} late{ofWork}
      </Mark>
    );
  }
  return (
    <Mark tone={left < whole * SOON ? 'warn' : 'neutral'} title={title}>
      due in {lasting(left)}
      {ofWork}
    </Mark>
  );
}
