import classes from './FigureRow.module.css';

type Props = { value: number; interval: readonly [number, number]; promised: number | null };

const at = (share: number): string => `${Math.min(100, Math.max(0, share * 100))}%`;

/** From none to all: the share, how far it may be off, and what was promised. The numbers stand beside it in words. */
export const Whisker = ({ value, interval: [low, high], promised }: Props) => (
  <div className={classes.scale} aria-hidden>
    <div className={classes.interval} style={{ left: at(low), width: at(high - low) }} />
    {promised !== null && <div className={classes.promise} style={{ left: at(promised) }} />}
    <div className={classes.point} style={{ left: at(value) }} />
  </div>
);
