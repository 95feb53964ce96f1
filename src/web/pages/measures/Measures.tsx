import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import classes from './Measures.module.css';
import { reports } from './places.ts';
import { Rows } from './rows/Rows.tsx';
import { scopeOf } from './search.ts';
import { useMeasures } from './useMeasures.ts';

/** The reports beside their list. What they are narrowed by goes along from one to the next. */
export function Measures() {
  const { search } = useMeasures();
  const { pathname } = useLocation();
  const list = useRef<HTMLElement>(null);
  // On a small screen the list is a row that is moved along.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another report is another one to be seen
  useEffect(() => {
    const here = list.current?.querySelector<HTMLElement>('[data-status="active"]');
    if (here && list.current) list.current.scrollLeft = here.offsetLeft - 60;
  }, [pathname]);
  return (
    <div className={classes.frame}>
      <nav ref={list} className={`${classes.list} no-print`} aria-label="Reports">
        {reports.map(({ to, name }) => (
          <Link
            key={to}
            to={to}
            search={scopeOf(search)}
            activeOptions={{ exact: true, includeSearch: false }}
            className={classes.place}
          >
            {name}
          </Link>
        ))}
      </nav>
      <div className={classes.report}>
        <Outlet />
      </div>
      <Rows />
    </div>
  );
}
