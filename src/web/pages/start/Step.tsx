import type { ReactNode } from 'react';
import { Mark } from '../../parts/Mark.tsx';
import classes from './Start.module.css';

type Props = { number: number; title: string; isDone: boolean; said: string; children: ReactNode };

export const Step = ({ number, title, isDone, said, children }: Props) => (
  <section className={classes.step}>
    <header className={classes.head}>
      <span className={classes.number} data-done={isDone} aria-hidden>
        {number}
      </span>
      <h2 className={classes.title}>{title}</h2>
      <Mark tone={isDone ? 'good' : 'neutral'}>{said}</Mark>
    </header>
    <div className={classes.body}>{children}</div>
  </section>
);
