import type { ReactNode } from 'react';
import { useEffect } from 'react';
import classes from './Page.module.css';

type Props = {
  title: string;
  /** A line under the title: where one is, or what this is for. */
  about?: ReactNode;
  /** Beside the title. */
  marks?: ReactNode;
  /** What can be done here; the most likely first. */
  actions?: ReactNode;
  /** As wide as the window, for tables. */
  wide?: boolean;
  children: ReactNode;
};

/** A screen: what it is, what can be done, and what there is. */
export function Page({ title, about, marks, actions, wide = false, children }: Props) {
  useEffect(() => {
    document.title = `${title} · Leadpact`;
  }, [title]);
  return (
    <div className={classes.page} data-wide={wide}>
      <header className={classes.head}>
        <div className={classes.name}>
          <h1 className={classes.title}>
            {title}
            {marks !== undefined && <span className={classes.marks}>{marks}</span>}
          </h1>
          {about !== undefined && <div className={classes.about}>{about}</div>}
        </div>
        {actions !== undefined && <div className={`${classes.actions} no-print`}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}
