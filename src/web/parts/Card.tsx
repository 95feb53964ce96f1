import type { ReactNode } from 'react';
import classes from './Card.module.css';

type Props = {
  title?: ReactNode;
  /** At the right of the title. */
  aside?: ReactNode;
  /** Without a margin inside: for lists and tables that reach its edges. */
  flush?: boolean;
  children: ReactNode;
};

/** One thing of a screen, set apart from the others. */
export const Card = ({ title, aside, flush = false, children }: Props) => (
  <section className={classes.card}>
    {(title !== undefined || aside !== undefined) && (
      <header className={classes.head}>
        <h2 className={classes.title}>{title}</h2>
        {aside !== undefined && <div className={classes.aside}>{aside}</div>}
      </header>
    )}
    <div className={flush ? classes.flush : classes.body}>{children}</div>
  </section>
);
