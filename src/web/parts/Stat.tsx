import type { ReactNode } from 'react';
import classes from './Stat.module.css';

/** A number with its name, and with what it rests on. */
export const Stat = ({
  name,
  value,
  about,
  tone,
}: {
  name: string;
  value: ReactNode;
  about?: ReactNode;
  tone?: 'good' | 'warn' | 'bad';
}) => (
  <div className={classes.stat}>
    <div className={classes.name}>{name}</div>
    <div className={classes.value} data-tone={tone}>
      {value}
    </div>
    {about !== undefined && <div className={classes.about}>{about}</div>}
  </div>
);

export const Stats = ({ children }: { children: ReactNode }) => <div className={classes.row}>{children}</div>;
