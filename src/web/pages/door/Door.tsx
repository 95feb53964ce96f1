import type { ReactNode } from 'react';
import classes from './Door.module.css';

/** A screen for who is not in yet. */
export const Door = ({ title, children }: { title: string; children: ReactNode }) => (
  <main className={classes.door}>
    <div className={classes.card}>
      <img src="/icon.svg" width={36} height={36} alt="Leadpact" />
      <h1 className={classes.title}>{title}</h1>
      {children}
    </div>
  </main>
);
